"""Evidence files and the archive on disk."""

import asyncio
import hashlib
import json
from pathlib import Path

import pytest

from storage.delivery import DeliveryState
from storage.port import Damaged
from storage.tiny import Limits, TinyStore, open_tiny
from tests.storage.faults import FailingDisk
from tests.storage.samples import AT, INCIDENTS, KINDS, Incident, delivery, entry

PHOTO = b"\xff\xd8 a photo of the vehicle"
NAME = hashlib.sha256(PHOTO).hexdigest()


def place(folder: Path) -> Path:
    return folder / "files" / NAME[:2] / NAME


async def closed_incident(store: TinyStore) -> None:
    async with store.turn(at=AT) as turn:
        turn.put(INCIDENTS, Incident(number=12, note="已结束"))
        turn.remember(entry(12, 1))
        turn.deliver(delivery("d", 12, DeliveryState.SENT))


async def test_a_file_lies_under_its_hash(tmp_path: Path) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        assert await store.keep_file(PHOTO) == NAME
    assert place(tmp_path).read_bytes() == PHOTO


async def test_only_a_hash_names_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    async with open_tiny(tmp_path / "data", KINDS) as store:
        for name in ("../secret", str(tmp_path / "secret"), NAME.upper(), "", NAME + "\n"):
            assert await store.file(name) is None


async def test_a_full_folder_of_files_refuses_more(tmp_path: Path) -> None:
    limits = Limits(files=len(PHOTO) + 3)
    for _ in range(2):
        async with open_tiny(tmp_path, KINDS, limits=limits) as store:
            assert await store.keep_file(PHOTO) == NAME
            with pytest.raises(ValueError, match="full"):
                await store.keep_file(b"more")
            assert await store.file(hashlib.sha256(b"more").hexdigest()) is None


async def test_a_forgotten_file_makes_room(tmp_path: Path) -> None:
    async with open_tiny(tmp_path, KINDS, limits=Limits(files=len(PHOTO) + 3)) as store:
        await store.keep_file(PHOTO)
        await store.forget_file(NAME)
        assert not place(tmp_path).exists()
        assert await store.keep_file(b"more")


async def test_a_changed_file_is_not_handed_out(tmp_path: Path) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        await store.keep_file(PHOTO)
        place(tmp_path).write_bytes(b"forged")
        with pytest.raises(Damaged, match=NAME):
            await store.file(NAME)


async def test_a_file_that_could_not_be_written_is_not_there(tmp_path: Path) -> None:
    disk = FailingDisk()
    async with open_tiny(tmp_path, KINDS, disk=disk) as store:
        disk.broken.add("sync")
        with pytest.raises(OSError, match="sync"):
            await store.keep_file(PHOTO)
        disk.broken.clear()
        assert await store.file(NAME) is None
        assert await store.keep_file(PHOTO) == NAME
        assert await store.file(NAME) == PHOTO


async def test_what_a_crash_left_half_written_is_cleared_away(tmp_path: Path) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        await store.keep_file(PHOTO)
    halves = [
        place(tmp_path).with_suffix(".tmp"),
        tmp_path / "archive" / "incident-000001.json.tmp",
    ]
    for half in halves:
        half.write_bytes(b"half")
    async with open_tiny(tmp_path, KINDS) as store:
        assert not any(half.exists() for half in halves)
        assert await store.file(NAME) == PHOTO


async def test_a_closed_incident_is_one_readable_file(tmp_path: Path) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        await closed_incident(store)
        await store.archive(12, at=AT)
    text = (tmp_path / "archive" / "incident-000012.json").read_text(encoding="utf-8")
    assert "已结束" in text
    assert json.loads(text)["archived_at"] == AT.isoformat()


async def test_archiving_twice_at_once_is_archiving_once(tmp_path: Path) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        await closed_incident(store)
        await asyncio.gather(store.archive(12, at=AT), store.archive(12, at=AT))
        assert await store.archived(12) is not None


async def test_an_archiving_that_could_not_be_written_changes_nothing(tmp_path: Path) -> None:
    disk = FailingDisk()
    async with open_tiny(tmp_path, KINDS, disk=disk) as store:
        await closed_incident(store)
        disk.broken.add("replace incident-000012.json")
        with pytest.raises(OSError, match="incident-000012"):
            await store.archive(12, at=AT)
        assert await store.archived(12) is None
        async with store.turn(at=AT) as turn:
            assert await turn.get(INCIDENTS, "12") is not None
            assert await turn.timeline(12) == [entry(12, 1)]
        disk.broken.clear()
        await store.archive(12, at=AT)
        assert await store.archived(12) is not None


async def test_a_file_whose_archiving_was_never_committed_counts_for_nothing(
    tmp_path: Path,
) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        await closed_incident(store)
    (tmp_path / "archive" / "incident-000012.json").write_text("{}")
    async with open_tiny(tmp_path, KINDS) as store:
        assert await store.archived(12) is None
        async with store.turn(at=AT) as turn:
            assert await turn.get(INCIDENTS, "12") is not None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"incident": {}}'])
async def test_a_damaged_archive_file_is_refused(tmp_path: Path, content: str) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        await closed_incident(store)
        await store.archive(12, at=AT)
        (tmp_path / "archive" / "incident-000012.json").write_text(content)
        with pytest.raises(Damaged, match=r"incident-000012\.json: byte"):
            await store.archived(12)
