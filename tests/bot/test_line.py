"""While nobody can be heard, time waits; not for ever, and not for a fault of ours."""

from datetime import timedelta

from bot.line import GRACE, HELD_LIMIT, Line
from tests.fake_clock import FakeClock

POLL_S = 50.0


def a_line() -> tuple[Line, FakeClock, list[str]]:
    clock, told = FakeClock(), list[str]()
    line = Line(clock, clock.now, POLL_S)
    line.listen(lambda: told.append("up"))
    return line, clock, told


async def test_before_anything_is_known_and_after_an_answer_time_passes() -> None:
    line, clock, told = a_line()
    assert line.held_until() is None
    line.answered()
    await clock.advance(POLL_S)
    assert line.held_until() is None
    assert told == []


async def test_a_call_without_an_answer_holds_time_until_there_is_one() -> None:
    line, clock, told = a_line()
    line.answered()
    line.unanswered()
    assert line.held_until() == clock.now() + HELD_LIMIT
    await clock.advance(600)
    assert line.held_until() == clock.now() - timedelta(minutes=10) + HELD_LIMIT
    line.answered()
    assert line.held_until() is None
    assert told == ["up"]


async def test_a_machine_that_slept_has_heard_nothing() -> None:
    line, clock, told = a_line()
    line.answered()
    await clock.advance(POLL_S + GRACE.total_seconds() + 1)
    assert line.held_until() is not None
    line.answered()
    assert told == ["up"]


async def test_held_for_hours_time_goes_on_all_the_same() -> None:
    line, clock, _ = a_line()
    line.unanswered()
    until = line.held_until()
    assert until is not None
    await clock.advance(HELD_LIMIT.total_seconds())
    line.unanswered()
    assert line.held_until() is None
    line.answered()
    line.unanswered()
    assert line.held_until() == clock.now() + HELD_LIMIT


async def test_a_rehearsal_that_is_moved_on_has_not_slept() -> None:
    clock, machine = FakeClock(), FakeClock()
    line = Line(clock, machine.now, POLL_S)
    line.answered()
    await clock.advance(5 * 3600)
    assert line.held_until() is None
    await machine.advance(POLL_S + GRACE.total_seconds() + 1)
    assert line.held_until() == clock.now() + HELD_LIMIT


async def test_a_clock_that_is_set_back_holds_nothing() -> None:
    line, clock, _ = a_line()
    line.answered()
    clock.set_back(3600)
    assert line.held_until() is None
