"""Whatever moment the power goes, what was acknowledged is there once and nothing is half there."""

import asyncio
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from storage.delivery import DeliveryState
from storage.port import DELIVERIES
from storage.tiny import Limits, TinyStore, open_tiny
from tests.storage import committing
from tests.storage.faults import PhotographingDisk, QuickDisk
from tests.storage.samples import (
    AT,
    INCIDENTS,
    KINDS,
    NOTES,
    Incident,
    Note,
    delivery,
    entry,
    minutes,
)

SMALL = Limits(journal=1_500, padding=300)


class StoreAgainstModel(RuleBasedStateMachine):
    """The store beside plain dicts; now and then the power goes."""

    @initialize()
    def start(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.root = Path(tempfile.mkdtemp())
        self.folders = 0
        self.notes: dict[str, Note] = {}
        self.due: dict[int, int | None] = {}
        self.taken: set[str] = set()
        self.entries = 0
        self.number = 0
        self.open(self.root / "0")

    def open(self, folder: Path) -> None:
        self.folder = folder
        self.stack = AsyncExitStack()
        opening = open_tiny(folder, KINDS, limits=SMALL, disk=QuickDisk())
        self.store = self.loop.run_until_complete(self.stack.enter_async_context(opening))

    @rule(n=st.integers(0, 6), text=st.text(max_size=40), author=st.sampled_from("ab"))
    def put(self, n: int, text: str, author: str) -> None:
        note = Note(author=author, n=n, text=text)
        self.loop.run_until_complete(self._put(note))
        self.notes[f"{author}/{n}"] = note

    async def _put(self, note: Note) -> None:
        async with self.store.turn(at=AT) as turn:
            turn.put(NOTES, note)

    @precondition(lambda self: self.notes)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.notes)))
        self.loop.run_until_complete(self._remove(key))
        del self.notes[key]

    async def _remove(self, key: str) -> None:
        async with self.store.turn(at=AT) as turn:
            turn.remove(NOTES, key)

    @rule(number=st.integers(1, 4), after=st.none() | st.integers(0, 9), fails=st.booleans())
    def report(self, number: int, after: int | None, fails: bool) -> None:
        try:
            self.loop.run_until_complete(self._report(number, after, fails))
        except ArithmeticError:
            return
        self.due[number] = after
        self.entries += 1
        self.number += 1
        self.taken.add(f"update-{self.number}")

    async def _report(self, number: int, after: int | None, fails: bool) -> None:
        async with self.store.turn(f"update-{self.number + 1}", at=AT) as turn:
            assert not turn.already_taken
            assert await turn.next_number("reports") == self.number + 1
            look_at = None if after is None else minutes(after)
            turn.put(INCIDENTS, Incident(number=number, look_at=look_at))
            turn.remember(entry(99, self.entries + 1))
            if fails:
                raise ArithmeticError

    @rule()
    def snapshot(self) -> None:
        self.loop.run_until_complete(self.store.snapshot())

    @rule()
    def restart(self) -> None:
        self.loop.run_until_complete(self.stack.aclose())
        self.open(self.folder)

    @rule(torn=st.binary(min_size=1, max_size=30).filter(lambda b: b"\n" not in b))
    def lose_power(self, torn: bytes) -> None:
        self.folders += 1
        copy = self.root / str(self.folders)
        self.loop.run_until_complete(self.store.settle())
        shutil.copytree(self.folder, copy)
        self.loop.run_until_complete(self.stack.aclose())
        journal = copy / "journal.jsonl"
        used = journal.read_bytes().rstrip(b"\n") + b"\n"
        journal.write_bytes(used + torn)
        self.open(copy)

    @invariant()
    def same(self) -> None:
        if hasattr(self, "store"):
            self.loop.run_until_complete(self._same())

    async def _same(self) -> None:
        async with self.store.turn(at=AT) as turn:
            assert await turn.find(NOTES) == list(self.notes.values())
            for n in range(7):
                expected = [note for note in self.notes.values() if note.n == n]
                assert await turn.find(NOTES, n=n) == expected
            assert [e.n for e in await turn.timeline(99)] == list(range(1, self.entries + 1))
        assert set(self.store.memory.taken) == self.taken
        due = [(due.at, due.key) for due in await self.store.due(minutes(99))]
        model = [(minutes(n), str(number)) for number, n in self.due.items() if n is not None]
        assert due == sorted(model)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.loop.run_until_complete(self.stack.aclose())
            self.loop.close()
            shutil.rmtree(self.root)


TestStoreAgainstModel = StoreAgainstModel.TestCase
TestStoreAgainstModel.settings = settings(
    max_examples=15, stateful_step_count=20, deadline=None, derandomize=True
)


async def reopened(folder: Path) -> tuple[list[int], list[str], int, bool]:
    """Notes, taken inputs, entries of incident 1, and whether it can be read from the archive."""
    async with open_tiny(folder, KINDS) as store:
        async with store.turn(at=AT) as turn:
            notes = [note.n for note in await turn.find(NOTES)]
            incident = await turn.get(INCIDENTS, "1")
            entries = len(await turn.timeline(1))
            deliveries = await turn.find(DELIVERIES, incident=1)
        archived = await store.archived(1)
        if archived is not None:
            assert (incident, entries, deliveries) == (None, 0, [])
            timeline = archived["timeline"]
            assert isinstance(timeline, list)
            entries = len(timeline)
        else:
            assert incident is not None
            assert len(deliveries) == 1
        return notes, list(store.memory.taken), entries, archived is not None


async def photographed(
    tmp_path: Path,
) -> tuple[PhotographingDisk, list[tuple[int, int]]]:
    """Commits, snapshots and an archiving; photos with how many commits were acknowledged then."""
    folder = tmp_path / "data"
    disk = PhotographingDisk(folder, tmp_path)
    acknowledged: list[tuple[int, int]] = []
    async with open_tiny(folder, KINDS, limits=Limits(padding=300), disk=disk) as store:
        async with store.turn(at=AT) as turn:
            turn.put(INCIDENTS, Incident(number=1))
            turn.remember(entry(1, 1))
            turn.deliver(delivery("d", 1, DeliveryState.SENT))
        disk.on = True
        for n in range(6):
            await _note(store, n)
            acknowledged.append((len(disk.photos), n + 1))
            if n in (1, 3):
                await store.snapshot()
            if n == 2:
                await store.archive(1, at=AT)
        disk.on = False
    return disk, acknowledged


async def _note(store: TinyStore, n: int) -> None:
    async with store.turn(f"update-{n}", at=AT) as turn:
        turn.put(NOTES, Note(author="a", n=n))


async def test_a_crash_between_any_two_writes_loses_nothing_acknowledged(tmp_path: Path) -> None:
    disk, acknowledged = await photographed(tmp_path)
    assert len(disk.photos) > 40
    archived_before = False
    for number, photo in enumerate(disk.photos):
        notes, taken, entries, archived = await reopened(photo)
        least = max((count for photos, count in acknowledged if photos <= number), default=0)
        assert notes == list(range(len(notes)))
        assert len(notes) in (least, least + 1), f"photo {number}"
        assert taken == [f"update-{n}" for n in notes], "an input and its changes come together"
        assert entries == 1
        assert archived >= archived_before, "once archived, it stays so"
        archived_before = archived
    assert archived_before


@pytest.mark.process
@pytest.mark.parametrize("seed", range(4))
def test_what_a_killed_process_acknowledged_is_there_once(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)  # noqa: S311
    acknowledged: list[int] = []
    for _ in range(3):
        acknowledged += _killed(tmp_path, chance.randrange(1, 400))
        kept = asyncio.run(committing.kept(tmp_path))
        assert sorted(kept) == sorted(set(kept)), "nothing twice"
        assert set(acknowledged) <= set(kept), "nothing lost"
    assert len(acknowledged) >= 3


def _killed(folder: Path, after: int) -> list[int]:
    """Run the committing process, kill it after that many acknowledgements; what it told."""
    command = [sys.executable, "-m", "tests.storage.committing", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        told = [int(child.stdout.readline()) for _ in range(after)]
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read()
    whole = rest[: rest.rfind(b"\n") + 1]
    return told + [int(number) for number in whole.split()]
