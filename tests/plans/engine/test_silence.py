"""Silence, lateness and refusal: they always climb, and never end."""

from itertools import pairwise

import pytest

from plans.company import Company
from plans.format import Plan
from tests.plans.engine.town import Talk, Town, plan_of, sample_company

ONE_STEP = """
plan: one-step
title: {zh: 一步, en: One step}
icon: 🚚
command: one
received: {zh: 收到, en: Received}
ask:
  what: {type: text, text: {zh: 什么?, en: What?}}
steps:
  call:
    owner: dispatcher
    do: {zh: 打电话, en: Phone}
    due: {in: 30 min, acknowledge: 5 min, warn: 50%}
close:
  by: dispatcher
  when: [call]
  do: {zh: 结束, en: Close}
  due: {in: 1 h}
  tell_reporter: {zh: 完, en: Done}
"""


@pytest.fixture(scope="module")
def one_step() -> Plan:
    return plan_of(ONE_STEP)


@pytest.fixture(scope="module")
def company() -> Company:
    return sample_company()


def begun(plan: Plan, town: Town | None = None) -> Talk:
    talk = Talk(plan, town or Town())
    talk.starts("p_lu")
    return talk


def test_nobody_answers_so_deputy_superiors_and_command_are_told_for_ever(one_step: Plan) -> None:
    talk = begun(one_step)

    assert talk.passes_to(60) == [
        "2.5: reminded of call: p_an_ph",
        "5: call to deputy: p_dai for silence; climb 10",
        "10: call to superior: p_song for silence; climb 15",
        "15: call to superior: p_fu for silence; climb 20",
        "20: call to superior: p_ding for silence; climb 25",
        "25: call to command: p_ding p_fu for silence; climb 35",
        "30: missed call, due 30",
        "35: call to command again: p_ding p_fu for silence; climb 45",
        "45: call to command again: p_ding p_fu for silence; climb 55",
        "55: call to command again: p_ding p_fu for silence; climb 65",
    ]
    a_day = talk.passes_to(60 + 24 * 60)
    minutes = [float(told.split(":")[0]) for told in a_day]
    waits = [later - earlier for earlier, later in pairwise(minutes)]
    # Every ten minutes, then the longer nobody could be moved, the less often, yet never silent.
    assert waits[:3] == [10, 10, 10]
    assert waits == sorted(waits)
    assert waits[-1] == 120
    assert all("call to command again: p_ding p_fu for silence" in told for told in a_day)


def test_acknowledging_stops_the_paging_until_the_deadline(one_step: Plan) -> None:
    talk = begun(one_step)

    assert talk.at(4).acknowledges("p_an_ph", "call") == ["p_an_ph has call, remind 17, due 30"]
    assert talk.passes_to(29.9) == ["17: reminded of call: p_an_ph"]
    assert talk.passes_to(41) == [
        "30: missed call, due 30",
        "30: call to deputy: p_dai for overdue; climb 35",
        "35: call to superior: p_song for overdue; climb 40",
        "40: call to superior: p_fu for overdue; climb 45",
    ]


def test_whoever_takes_it_late_gets_the_time_anew_and_lateness_climbs_again(one_step: Plan) -> None:
    talk = begun(one_step)
    talk.acknowledges("p_an_ph", "call")
    talk.passes_to(36)

    assert talk.acknowledges("p_song", "call") == ["p_song has call, remind 51, due 66"]
    assert talk.acknowledges("p_an_ph", "call") == ["refused: taken p_song"]
    assert talk.passes_to(75) == [
        "51: reminded of call: p_song",
        "66: missed call, due 66",
        "66: call to superior: p_fu for overdue; climb 71",
        "71: call to superior: p_ding for overdue; climb 76",
    ]


def test_a_refusal_goes_to_the_next_at_once(one_step: Plan) -> None:
    talk = begun(one_step)

    assert talk.at(1).declines("p_an_ph", "call", "no phone here") == [
        "p_an_ph declined call: no phone here",
        "call to deputy: p_dai for declined; climb 6",
    ]
    talk.acknowledges("p_dai", "call")
    assert talk.at(3).declines("p_dai", "call") == [
        "p_dai declined call: busy",
        "call to superior: p_song for declined; climb 8",
    ]


def test_when_all_in_command_refuse_they_are_asked_again_with_the_next_repeat(
    one_step: Plan,
) -> None:
    talk = begun(one_step)
    talk.passes_to(26)

    assert talk.at(26).declines("p_fu", "call") == ["p_fu declined call: busy"]
    assert talk.at(27).declines("p_ding", "call") == [
        "p_ding declined call: busy",
        "call to command again: nobody for declined; climb 37",
    ]
    assert talk.passes_to(37)[-1] == "37: call to command again: p_ding p_fu for silence; climb 47"


def test_one_in_command_who_took_it_and_gives_up_leaves_it_to_the_others(one_step: Plan) -> None:
    talk = begun(one_step)
    talk.passes_to(26)
    talk.acknowledges("p_fu", "call")

    assert talk.declines("p_fu", "call") == [
        "p_fu declined call: busy",
        "call to command again: p_ding for declined; climb 36",
    ]


def test_handing_over_asks_the_other_and_silence_climbs_from_there(one_step: Plan) -> None:
    talk = begun(one_step)
    talk.acknowledges("p_an_ph", "call")

    assert talk.at(2).hands_over("p_an_ph", "call", "p_zhou") == [
        "p_an_ph handed call to p_zhou; climb 7, due 30"
    ]
    assert talk.passes_to(8) == [
        "4.5: reminded of call: p_zhou",
        "7: call to deputy: p_dai for silence; climb 12",
    ]
    assert talk.acknowledges("p_zhou", "call") == ["p_zhou has call, remind 19, due 30"]


def test_a_step_handed_over_late_gets_its_time_anew(one_step: Plan) -> None:
    talk = begun(one_step)
    talk.acknowledges("p_an_ph", "call")
    talk.passes_to(31)

    assert talk.hands_over("p_an_ph", "call", "p_zhou") == [
        "p_an_ph handed call to p_zhou; climb 36, due 61"
    ]


@pytest.mark.parametrize(
    ("town", "lines"),
    [
        (
            Town().loses("p_an_ph"),
            [
                "opened call for dispatcher of east: nobody; climb 5, due 30",
                "p_an_ph passed over for call: unreachable",
                "call to deputy: p_dai for unreachable; climb 5",
            ],
        ),
        (
            Town().never_knew("p_an_ph", "p_dai"),
            [
                "opened call for dispatcher of east: nobody; climb 5, due 30",
                "p_an_ph passed over for call: no_telegram",
                "p_dai passed over for call: no_telegram",
                "call to superior: p_song for unreachable; climb 5",
            ],
        ),
        (
            Town().sends_away("p_an_ph", until=60),
            [
                "opened call for dispatcher of east: nobody; climb 5, due 30",
                "p_an_ph passed over for call: away",
                "call to deputy: p_dai for unreachable; climb 5",
            ],
        ),
        (
            Town().sends_away("p_an_ph", until=60, stand_in="p_zhou"),
            ["opened call for dispatcher of east: p_zhou; climb 5, remind 2.5, due 30"],
        ),
        (
            Town().empties("dispatcher"),
            [
                "opened call for dispatcher of east: nobody holds it; climb 5, due 30",
                "call to superior: p_song for nobody; climb 5",
            ],
        ),
        (
            Town().empties(
                "dispatcher",
                "head_distribution",
                "deputy_leader",
                "leader",
                "duty_officer",
                "it_engineer",
            ),
            [
                "opened call for dispatcher of east: nobody holds it; climb 5, due 30",
                "call to command: nobody for nobody; climb 10",
            ],
        ),
    ],
    ids=["unreachable", "no telegram", "away", "stand-in", "nobody holds it", "nobody at all"],
)
def test_whoever_cannot_be_told_is_not_waited_for(
    one_step: Plan, town: Town, lines: list[str]
) -> None:
    assert Talk(one_step, town).starts("p_lu")[1:] == lines


def test_even_with_nobody_there_it_is_tried_for_ever(one_step: Plan) -> None:
    everyone = tuple(sample_company().people)
    talk = begun(one_step, Town().loses(*everyone))

    assert talk.passes_to(25) == [
        "10: call to command again: nobody for silence; climb 20",
        "20: call to command again: nobody for silence; climb 30",
    ]
    talk.town.people.clear()
    assert talk.passes_to(30) == [
        "30: missed call, due 30",
        "30: call to command again: p_ding p_fu for silence; climb 40",
    ]


def test_whoever_is_appointed_meanwhile_is_told_before_command_is_told_again(
    one_step: Plan,
) -> None:
    talk = begun(one_step, Town().empties("dispatcher", "head_distribution"))
    assert talk.passes_to(11)[-1] == "10: call to command: p_ding p_fu for silence; climb 20"

    talk.town.company = sample_company()

    assert talk.passes_to(40) == [
        "20: call to holder: p_an_ph for silence; climb 25",
        "25: call to deputy: p_dai for silence; climb 30",
        "30: missed call, due 30",
        "30: call to superior: p_song for silence; climb 35",
        "35: call to command: p_ding p_fu for silence; climb 45",
    ]


def test_a_late_step_is_still_reminded_of() -> None:
    text = ONE_STEP.replace("{in: 30 min", "{after: reported, in: 30 min")
    text = text.replace(
        "steps:", "  go: {type: yes_no, required: true, text: {zh: 行?, en: Go?}}\nsteps:"
    )
    talk = begun(plan_of(text.replace("    owner:", "    when: {go: yes}\n    owner:", 1)))
    talk.at(29).records("p_lu", "go", "yes")

    assert talk.passes_to(34) == [
        "30: missed call, due 30",
        "31.5: reminded of call: p_an_ph",
        "34: call to deputy: p_dai for silence; climb 39",
    ]


def test_a_stand_in_may_act_though_they_hold_no_role_there(one_step: Plan) -> None:
    talk = begun(one_step, Town().sends_away("p_an_ph", until=60, stand_in="p_zhou"))

    assert talk.acknowledges("p_zhou", "call") == ["p_zhou has call, remind 15, due 30"]


def test_a_stand_in_answers_for_somebody_in_command(one_step: Plan) -> None:
    town = Town().sends_away("p_ding", until=600, stand_in="p_ye")
    talk = begun(one_step, town.loses("p_an_ph", "p_dai", "p_song", "p_fu"))

    assert talk.state.steps["call"].asked == ("p_ye",)
    assert talk.passes_to(5) == ["5: call to command: p_ye for silence; climb 15"]


def test_losing_the_one_asked_tells_the_next_at_once(one_step: Plan) -> None:
    talk = begun(one_step)

    assert talk.at(1).loses("p_an_ph") == [
        "p_an_ph passed over for call: unreachable",
        "call to deputy: p_dai for unreachable; climb 6",
    ]
    assert talk.at(2).loses("p_an_ph") == []


def test_losing_the_one_who_had_it_tells_the_next_at_once(one_step: Plan) -> None:
    talk = begun(one_step)
    talk.acknowledges("p_an_ph", "call")

    assert talk.at(9).loses("p_an_ph") == [
        "p_an_ph passed over for call: unreachable",
        "call to deputy: p_dai for unreachable; climb 14",
    ]
    assert talk.state.steps["call"].taken_by is None


def test_losing_one_of_two_who_are_asked_waits_for_the_other(one_step: Plan) -> None:
    talk = begun(one_step)
    talk.passes_to(26)

    assert talk.at(26).loses("p_fu") == ["p_fu passed over for call: unreachable"]
    assert talk.state.steps["call"].asked == ("p_ding",)
    assert talk.state.due_next() is not None


def test_losing_the_last_in_command_asks_whoever_looks_after_the_bot(
    one_step: Plan,
) -> None:
    talk = begun(one_step, Town().loses("p_ding"))
    talk.passes_to(26)
    talk.town.people.clear()
    talk.town.loses("p_ding")

    lines = talk.at(27).loses("p_fu")

    assert lines == [
        "p_fu passed over for call: unreachable",
        "call to command again: p_max for unreachable; climb 37",
    ]


def test_a_company_that_reminds_at_no_time_reminds_nobody(one_step: Plan, company: Company) -> None:
    reminders = company.reminders.model_copy(update={"remind": 0.0})
    talk = begun(one_step, Town(company=company.model_copy(update={"reminders": reminders})))

    assert talk.passes() == []
    assert talk.passes_to(5) == ["5: call to deputy: p_dai for silence; climb 10"]
