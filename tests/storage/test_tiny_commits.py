"""Group commit: shared fsyncs, order, bounds, and the end of everything at the first failure."""

import asyncio
from pathlib import Path

import pytest

from storage.port import StoreFailed
from storage.tiny import Limits, TinyStore, open_tiny
from storage.tiny.journal import aside
from tests.storage.faults import FailingDisk, HeldDisk, MoodyDisk
from tests.storage.samples import AT, INCIDENTS, KINDS, NOTES, Incident, Note, delivery


async def commit(store: TinyStore, n: int) -> None:
    async with store.turn(f"update-{n}", at=AT) as turn:
        turn.put(NOTES, Note(author="a", n=n))
        turn.deliver(delivery(f"d{n}"))


async def noted(store: TinyStore) -> list[int]:
    async with store.turn(at=AT) as turn:
        return [note.n for note in await turn.find(NOTES)]


async def begun(store: TinyStore, count: int) -> list[asyncio.Task[None]]:
    """That many commits, all waiting for the disk."""
    tasks = [asyncio.create_task(commit(store, n)) for n in range(count)]
    for _ in range(10 * count):
        await asyncio.sleep(0)
    assert len(store.memory.taken) == count
    return tasks


async def test_turns_that_wait_together_share_an_fsync(tmp_path: Path) -> None:
    disk = HeldDisk()
    async with open_tiny(tmp_path, KINDS, disk=disk) as store:
        disk.syncs = 0
        disk.go.clear()
        tasks = await begun(store, 100)
        assert not any(task.done() for task in tasks)
        disk.go.set()
        await asyncio.gather(*tasks)
        assert disk.syncs == 2, "the first alone, then all who came meanwhile"


async def test_a_quick_disk_is_written_by_the_loop_and_a_slow_one_by_a_thread(
    tmp_path: Path,
) -> None:
    disk = MoodyDisk()
    async with open_tiny(tmp_path, KINDS, disk=disk) as store:
        disk.threads.clear()
        disk.quick_s = 60.0  # whatever a sync takes here is quick
        await commit(store, 1)
        disk.quick_s = 0.0  # nothing is quick any more: told by the sync after the next
        await commit(store, 2)
        await commit(store, 3)
        disk.quick_s = 60.0
        await commit(store, 4)
        await commit(store, 5)
        assert disk.threads == ["MainThread", "MainThread", "journal", "journal", "MainThread"]
        assert await noted(store) == [1, 2, 3, 4, 5]


async def test_the_loop_goes_on_while_the_disk_is_slow(tmp_path: Path) -> None:
    disk = HeldDisk()
    async with open_tiny(tmp_path, KINDS, disk=disk) as store:
        told: list[int] = []
        store.listen(lambda commit: told.append(len(commit.deliveries)))
        disk.go.clear()
        [task] = await begun(store, 1)
        for _ in range(100):
            await asyncio.sleep(0)
        assert not task.done()
        assert told == [], "nobody hears of it before it is on disk"
        disk.go.set()
        await task
        assert told == [1]


async def test_a_turn_that_read_what_is_not_on_disk_ends_after_it(tmp_path: Path) -> None:
    disk = HeldDisk()
    async with open_tiny(tmp_path, KINDS, disk=disk) as store:
        disk.go.clear()
        [writing] = await begun(store, 1)
        reading = asyncio.create_task(noted(store))
        for _ in range(100):
            await asyncio.sleep(0)
        assert not reading.done()
        disk.go.set()
        assert await reading == [0]
        assert writing.done()


async def test_an_archived_file_is_never_ahead_of_the_journal(tmp_path: Path) -> None:
    disk = HeldDisk()
    archived = tmp_path / "archive" / "incident-000001.json"
    async with open_tiny(tmp_path, KINDS, disk=disk) as store:
        disk.go.clear()

        async def report() -> None:
            async with store.turn(at=AT) as turn:
                turn.put(INCIDENTS, Incident(number=1))

        both = asyncio.gather(report(), store.archive(1, at=AT))
        for _ in range(50):
            assert not await asyncio.to_thread(archived.exists)
        disk.go.set()
        await both
        assert await asyncio.to_thread(archived.exists)


async def test_at_the_bound_the_next_turn_waits_before_it_begins(tmp_path: Path) -> None:
    disk = HeldDisk()
    async with open_tiny(tmp_path, KINDS, limits=Limits(waiting=3), disk=disk) as store:
        disk.go.clear()
        tasks = await begun(store, 4)
        entered = asyncio.Event()

        async def one_more() -> None:
            async with store.turn(at=AT):
                entered.set()

        waiting = asyncio.create_task(one_more())
        for _ in range(100):
            await asyncio.sleep(0)
        assert not entered.is_set()
        disk.go.set()
        await asyncio.gather(waiting, *tasks)
        assert entered.is_set()


@pytest.mark.parametrize("operation", ["write", "sync"])
async def test_the_first_failure_is_the_last(tmp_path: Path, operation: str) -> None:
    disk = FailingDisk()
    told: list[str] = []
    async with open_tiny(tmp_path, KINDS, disk=disk) as store:
        store.listen(lambda commit: told.extend(d.id for d in commit.deliveries))
        await commit(store, 1)
        disk.broken.add(operation)
        results = await asyncio.gather(
            *(commit(store, n) for n in range(2, 10)), return_exceptions=True
        )
        assert {type(result) for result in results} == {StoreFailed}
        disk.broken.clear()
        for later in (noted(store), commit(store, 11), store.earliest_due(), store.snapshot()):
            with pytest.raises(StoreFailed, match=f"made to fail: {operation}"):
                await later
        with pytest.raises(StoreFailed):
            await store.keep_file(b"photo")
    assert told == ["d1"]
    async with open_tiny(tmp_path, KINDS) as store:
        assert (await noted(store))[0] == 1


async def test_a_failed_snapshot_stops_nothing(tmp_path: Path) -> None:
    disk = FailingDisk()
    limits = Limits(journal=2_000, padding=100)
    async with open_tiny(tmp_path, KINDS, limits=limits, disk=disk) as store:
        disk.broken.add("replace store.json")
        for n in range(30):
            await commit(store, n)
        with pytest.raises(OSError, match=r"store\.json"):
            await store.snapshot()
        assert len(aside(tmp_path)) > 1
    async with open_tiny(tmp_path, KINDS) as store:
        assert await noted(store) == list(range(30))
        await store.snapshot()
        assert aside(tmp_path) == []
    async with open_tiny(tmp_path, KINDS) as store:
        assert await noted(store) == list(range(30))


async def test_journals_that_a_snapshot_has_may_lie_about(tmp_path: Path) -> None:
    async def change(store: TinyStore, text: str) -> None:
        async with store.turn(at=AT) as turn:
            turn.put(NOTES, Note(author="a", n=1, text=text))

    disk = FailingDisk()
    left: dict[Path, bytes] = {}
    async with open_tiny(tmp_path, KINDS, disk=disk) as store:
        disk.broken.add("replace store.json")
        for text in ("first", "second", "third"):
            await change(store, text)
            with pytest.raises(OSError, match=r"store\.json"):
                await store.snapshot()
        left.update((path, path.read_bytes()) for path in aside(tmp_path))
        disk.broken.clear()
        await change(store, "last")
        await store.snapshot()
    assert len(left) == 3
    for some in range(8):
        for bit, (path, content) in enumerate(left.items()):
            path.unlink(missing_ok=True)
            if some >> bit & 1:
                path.write_bytes(content)
        async with open_tiny(tmp_path, KINDS) as store, store.turn(at=AT) as turn:
            assert [note.text for note in await turn.find(NOTES)] == ["last"]


async def test_a_turn_cancelled_while_it_waits_for_its_turn_leaves_nothing(tmp_path: Path) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        async with store.turn(at=AT):
            waiting = asyncio.create_task(commit(store, 1))
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.wait([waiting])
        assert waiting.cancelled()
        assert await noted(store) == []


async def test_a_turn_cancelled_while_it_waits_for_the_disk_stands(tmp_path: Path) -> None:
    disk = HeldDisk()
    told: list[str] = []
    async with open_tiny(tmp_path, KINDS, disk=disk) as store:
        store.listen(lambda commit: told.extend(d.id for d in commit.deliveries))
        disk.go.clear()
        [task] = await begun(store, 1)
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        disk.go.set()
        assert await noted(store) == [0]
    assert task.cancelled()
    assert told == ["d0"]


async def test_a_listener_that_raises_harms_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[int] = []

    def raises(commit: object) -> None:
        raise RuntimeError("a listener's fault")

    async with open_tiny(tmp_path, KINDS) as store:
        store.listen(raises)
        store.listen(lambda commit: told.append(len(commit.deliveries)))
        await commit(store, 1)
        await commit(store, 2)
        assert await noted(store) == [1, 2]
    assert told == [1, 1]
    assert "a listener raised" in caplog.text


async def test_closing_finishes_turns_that_were_begun_and_refuses_later_ones(
    tmp_path: Path,
) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        tasks = [asyncio.create_task(commit(store, n)) for n in range(5)]
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    with pytest.raises(StoreFailed, match="closed"):
        await commit(store, 9)
    async with open_tiny(tmp_path, KINDS) as store:
        assert await noted(store) == list(range(5))
