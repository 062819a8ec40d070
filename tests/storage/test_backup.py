"""A backup taken while turns go on opens as the store was; what is not one is refused."""

import asyncio
import io
import tarfile
from pathlib import Path

import pytest

from storage.backup import backup_to, restore
from storage.delivery import DeliveryState
from storage.port import Damaged
from storage.tiny import TinyStore, open_tiny
from tests.storage.faults import HeldDisk
from tests.storage.samples import AT, INCIDENTS, KINDS, NOTES, Incident, Note, delivery, entry


async def note(store: TinyStore, n: int) -> None:
    async with store.turn(f"update-{n}", at=AT) as turn:
        turn.put(NOTES, Note(author="a", n=n))


async def test_a_backup_restores_everything(tmp_path: Path) -> None:
    packed = tmp_path / "backup.tar.gz"
    async with open_tiny(tmp_path / "data", KINDS) as store:
        photo = await store.keep_file(b"photo")
        async with store.turn("update-1", at=AT) as turn:
            await turn.next_number("incident")
            turn.put(INCIDENTS, Incident(number=1))
            turn.put(INCIDENTS, Incident(number=2))
            turn.remember(entry(1, 1))
            turn.deliver(delivery("d", 1, DeliveryState.SENT))
        await store.archive(1, at=AT)
        await backup_to(store, packed)
        await note(store, 9)
    restore(packed, tmp_path / "again")
    async with open_tiny(tmp_path / "again", KINDS) as store:
        async with store.turn("update-1", at=AT) as turn:
            assert turn.already_taken
            assert [incident.number for incident in await turn.find(INCIDENTS)] == [2]
            assert await turn.next_number("incident") == 2
            assert await turn.find(NOTES) == [], "committed after the backup"
        archived = await store.archived(1)
        assert archived is not None
        assert archived["timeline"] == [entry(1, 1).model_dump(mode="json")]
        assert await store.file(photo) == b"photo"
        await note(store, 10)


async def test_a_backup_is_read_by_nobody_but_its_owner(tmp_path: Path) -> None:
    packed, left_by_a_crash = tmp_path / "backup.tar.gz", tmp_path / "backup.tar.gz.tmp"
    left_by_a_crash.touch(mode=0o644)
    async with open_tiny(tmp_path / "data", KINDS) as store:
        await backup_to(store, packed)
    assert packed.stat().st_mode & 0o777 == 0o600


async def test_a_backup_in_the_middle_of_turns_is_of_one_moment(tmp_path: Path) -> None:
    packed = tmp_path / "backup.tar.gz"
    async with open_tiny(tmp_path / "data", KINDS) as store:
        await asyncio.gather(*(note(store, n) for n in range(20)))
        going_on = [asyncio.create_task(note(store, n)) for n in range(20, 60)]
        await backup_to(store, packed)
        await asyncio.gather(*going_on)
    restore(packed, tmp_path / "again")
    async with open_tiny(tmp_path / "again", KINDS) as store, store.turn(at=AT) as turn:
        numbers = [note.n for note in await turn.find(NOTES)]
        assert numbers == list(range(len(numbers)))
        assert len(numbers) >= 20
        assert list(store.memory.taken) == [f"update-{n}" for n in numbers]


async def test_a_backup_is_never_ahead_of_the_journal(tmp_path: Path) -> None:
    packed, disk = tmp_path / "backup.tar.gz", HeldDisk()
    async with open_tiny(tmp_path / "data", KINDS, disk=disk) as store:
        disk.go.clear()
        both = asyncio.gather(note(store, 1), backup_to(store, packed))
        for _ in range(500):
            assert not await asyncio.to_thread(packed.exists)
        disk.go.set()
        await both
        assert await asyncio.to_thread(packed.exists)


async def test_a_store_is_never_overwritten(tmp_path: Path) -> None:
    packed = tmp_path / "backup.tar.gz"
    async with open_tiny(tmp_path / "data", KINDS) as store:
        await note(store, 1)
        await backup_to(store, packed)
    with pytest.raises(FileExistsError, match="not empty"):
        restore(packed, tmp_path / "data")


async def backed_up(tmp_path: Path) -> Path:
    packed = tmp_path / "backup.tar.gz"
    async with open_tiny(tmp_path / "data", KINDS) as store:
        for n in range(50):
            await note(store, n)
        await backup_to(store, packed)
    return packed


async def test_a_backup_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    packed = await backed_up(tmp_path)
    data = packed.read_bytes()
    for part in (data[: len(data) // 2], data[:100] + b"xxxx" + data[104:], b"", b"no backup"):
        packed.write_bytes(part)
        with pytest.raises(Damaged, match=r"backup\.tar\.gz: byte \d+"):
            restore(packed, tmp_path / "again")
        assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "files/ab/short", "other.json"])
def test_what_does_not_belong_in_a_backup_is_refused(tmp_path: Path, name: str) -> None:
    packed = tmp_path / "backup.tar.gz"
    with tarfile.open(packed, "w:gz") as tar:
        member = tarfile.TarInfo(name)
        member.size = 4
        tar.addfile(member, io.BytesIO(b"evil"))
    with pytest.raises(Damaged, match=name):
        restore(packed, tmp_path / "again")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.tar.gz"]


def test_an_archive_without_a_snapshot_is_refused(tmp_path: Path) -> None:
    packed = tmp_path / "backup.tar.gz"
    with tarfile.open(packed, "w:gz"):
        pass
    with pytest.raises(Damaged, match=r"store\.json"):
        restore(packed, tmp_path / "again")
