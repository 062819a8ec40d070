"""On which days routines begin, and what administrators hear of the calendar's end."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest_asyncio

from bot.library import read_library
from handlers.documents import INCIDENTS
from handlers.kinds import KINDS
from handlers.routines.documents import ROUTINES
from handlers.routines.running import begin_due, plan_ahead
from storage.delivery import Message
from storage.port import DELIVERIES, Store
from storage.tiny import open_tiny

READINESS = "vehicle-readiness"
DESK = read_library().desk


@pytest_asyncio.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_tiny(tmp_path, KINDS) as opened:
        yield opened


def at(local: str) -> datetime:
    return datetime.fromisoformat(f"{local}+08:00")


async def begins_on(store: Store, started: str) -> str:
    """When the daily check begins next for a process that starts then."""
    async with store.turn(at=at(started)) as turn:
        await plan_ahead(turn, DESK)
    return await next_at(store, started)


async def next_at(store: Store, now: str) -> str:
    async with store.turn(at=at(now)) as turn:
        state = await turn.get(ROUTINES, READINESS)
    assert state is not None
    return state.next_at.astimezone(at(now).tzinfo).strftime("%Y-%m-%d %H:%M")


async def comes_due(store: Store, now: str) -> int:
    """How many incidents there are after the clock has looked at the daily check."""
    async with store.turn(at=at(now)) as turn:
        await begin_due(turn, DESK, READINESS)
        return len(await turn.find(INCIDENTS))


async def told(store: Store, now: str) -> list[str]:
    async with store.turn(at=at(now)) as turn:
        sent = [delivery.content for delivery in await turn.find(DELIVERIES)]
    return [content.text for content in sent if isinstance(content, Message)]


async def test_on_a_saturday_that_is_worked_on(store: Store) -> None:
    assert await begins_on(store, "2026-10-09 12:00") == "2026-10-10 07:30"
    assert await comes_due(store, "2026-10-10 07:30") == 3
    assert await next_at(store, "2026-10-10 07:30") == "2026-10-12 07:30"


async def test_not_in_a_holiday(store: Store) -> None:
    assert await begins_on(store, "2026-09-30 12:00") == "2026-10-08 07:30"


async def test_before_its_time_nothing_begins(store: Store) -> None:
    await begins_on(store, "2026-07-06 12:00")
    assert await comes_due(store, "2026-07-07 07:29") == 0


async def test_looked_at_twice_it_begins_once(store: Store) -> None:
    await begins_on(store, "2026-07-06 12:00")
    assert await comes_due(store, "2026-07-07 07:30") == 3
    assert await comes_due(store, "2026-07-07 07:31") == 3


async def test_a_clock_set_back_over_it_begins_nothing_again(store: Store) -> None:
    await begins_on(store, "2026-07-06 12:00")
    assert await comes_due(store, "2026-07-07 07:30") == 3
    await begins_on(store, "2026-07-07 07:00")  # started again, an hour back
    assert await comes_due(store, "2026-07-07 07:30") == 3


async def test_a_start_later_the_same_day_waits_for_the_next(store: Store) -> None:
    assert await begins_on(store, "2026-07-06 07:31") == "2026-07-07 07:30"


async def test_a_routine_that_is_gone_is_forgotten(store: Store) -> None:
    await begins_on(store, "2026-07-06 12:00")
    without = type(DESK)(DESK.company, DESK.plans)
    async with store.turn(at=at("2026-07-06 13:00")) as turn:
        await plan_ahead(turn, without)
        assert await turn.find(ROUTINES) == []


async def test_where_the_calendar_ends_monday_to_friday_count(store: Store) -> None:
    assert await begins_on(store, "2098-12-31 12:00") == "2099-01-01 07:30"  # a Thursday


async def test_the_administrators_hear_once_that_the_calendar_ends(store: Store) -> None:
    await begins_on(store, "2098-11-30 12:00")
    await begins_on(store, "2098-11-30 13:00")
    assert [text[:1] for text in await told(store, "2098-11-30 13:00")] == ["📅"]
    await begins_on(store, "2098-12-01 12:00")  # and for the year to come

    texts = await told(store, "2098-12-01 12:00")
    assert len(texts) == 2
    assert "2098" in texts[0]
    assert "2099" in texts[1]


async def test_as_long_as_it_is_known_nobody_hears_of_it(store: Store) -> None:
    await begins_on(store, "2026-07-06 12:00")
    assert await told(store, "2026-07-06 12:00") == []
