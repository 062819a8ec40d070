"""What is due in days, and what lasts for days: it is chased, but it does not ring all night."""

from plans.moment import write_moment
from tests.plans.engine.town import Talk, minute, plan_of

DAY = 24 * 60
LASTING = """
plan: long-storm
title: {zh: 久风, en: Long storm}
icon: 🌀
command: longstorm
received: {zh: 收到。, en: Received.}
ask:
  until: {type: time, text: {zh: 到什么时候?, en: Until when?}}
steps:
  resume:
    owner: duty_officer
    do: {zh: 恢复送货, en: Resume deliveries}
    due: {before: until, in: 1 min, acknowledge: 2 h}
close: {auto: true, by: [duty_officer], when: [resume]}
"""


def lasting(until: float) -> Talk:
    talk = Talk(plan_of(LASTING))
    talk.starts("p_lu", until=write_moment(minute(until)))
    return talk


def told(talk: Talk, begin: float, end: float) -> int:
    """How often command is told between the two minutes."""
    talk.passes_to(begin)
    return sum("resume to command" in line for line in talk.passes_to(end))


def test_nobody_is_rung_all_night_for_what_is_due_in_four_days() -> None:
    talk = lasting(4 * DAY)

    assert told(talk, 0, DAY) <= 4
    assert told(talk, DAY, 2 * DAY) <= 5
    assert 10 <= told(talk, 3 * DAY, 4 * DAY) <= 30


def test_once_its_time_is_up_it_rings_as_often_as_ever() -> None:
    talk = lasting(DAY)

    assert told(talk, DAY, DAY + 60) >= 6


def test_an_end_that_comes_before_anybody_had_to_answer_is_told_then() -> None:
    talk = lasting(30)

    assert [line for line in talk.passes_to(31) if ": resume to" in line]


def test_an_end_that_comes_sooner_than_was_said_is_told_then() -> None:
    talk = lasting(4 * DAY)
    talk.passes_to(DAY)
    talk.records("p_lu", "until", write_moment(minute(DAY + 30)))

    assert [line for line in talk.passes_to(DAY + 31) if ": resume to" in line]
