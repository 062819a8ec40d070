"""The Monday round in a company of hundreds: in several turns, to each keeper once."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.library import read_library
from handlers.directory.documents import KEEPERS, ROUNDS
from handlers.directory.stale import KEEPERS_A_TURN, begin_rounds, go_round
from handlers.kinds import KINDS
from handlers.records.registers import MEMBERS, RegisteredPerson
from plans.company import Person
from storage.port import DELIVERIES
from storage.tiny import open_tiny

MONDAY = datetime(2026, 7, 6, 1, 0, tzinfo=UTC)
DESK = read_library().desk
OVER = 20


async def test_each_keeper_hears_once_however_many_turns_it_takes(tmp_path: Path) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        async with store.turn(at=MONDAY - timedelta(days=1)) as turn:
            await begin_rounds(turn, DESK)
            for n in range(KEEPERS_A_TURN + OVER):
                record = Person(name=f"员{n}", telegram=900_000 + n, checked=date(2024, 1, 1))
                turn.put(MEMBERS, RegisteredPerson(id=f"p_y{n}", record=record))
        told = []
        for _ in range(2):
            due = await store.earliest_due()
            assert due is not None
            async with store.turn(at=max(due, MONDAY)) as turn:
                await go_round(turn, DESK)
            async with store.turn(at=MONDAY) as turn:
                told.append(len(await turn.find(KEEPERS)))
        assert told == [KEEPERS_A_TURN, KEEPERS_A_TURN + OVER]
        async with store.turn(at=MONDAY) as turn:
            readers = Counter(d.chat for d in await turn.find(DELIVERIES))
            known = await turn.get(ROUNDS, "round")
        assert set(readers.values()) == {1}
        assert known is not None
        assert known.look_at == MONDAY + timedelta(weeks=1)
