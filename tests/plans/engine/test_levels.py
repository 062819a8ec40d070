"""Levels: raised and lowered on the way, without losing what is done."""

import pytest

from plans import commands as c
from plans.area import Area
from plans.format import Plan
from plans.incident import CallResult, StepStatus
from tests.plans.engine.town import Talk, minute, plan_of

STORM = """
plan: high-water
title: {zh: 大水, en: High water}
icon: 🌊
command: water
received: {zh: 收到, en: Received}
ask:
  colour:
    type: level
    required: true
    text: {zh: 什么颜色?, en: Which colour?}
    choices:
      blue: {zh: 蓝, en: Blue}
      yellow: {zh: 黄, en: Yellow}
      orange: {zh: 橙, en: Orange}
      red: {zh: 红, en: Red}
  where: {type: area, required: true, text: {zh: 哪里?, en: Where?}}
steps:
  watch:
    owner: dispatcher
    do: {zh: 盯着, en: Watch it}
    due: {in: 2 h}
  calm:
    when: {colour: {below: orange}}
    owner: security_officer
    do: {zh: 照常巡查, en: Patrol as usual}
    due: {in: 4 h}
  call:
    when: {colour: {at_least: orange}}
    for_each: {customers_in: where, by: manager}
    owner: market_manager
    do: {zh: 打电话, en: Call the customers}
    due: {in: 1 h}
  park:
    when: {colour: {at_least: orange}}
    owner: fleet_keeper
    do: {zh: 车开到高处, en: Park the vans on high ground}
    due: {in: 30 min, acknowledge: 5 min}
  leave:
    when: {colour: {at_least: red}}
    owner: head_distribution
    do: {zh: 人都撤走, en: Get everybody out}
    due: {in: 30 min, acknowledge: 5 min}
close:
  by: dispatcher
  when: [watch, calm, call, park, leave]
  do: {zh: 结束, en: Close}
  due: {in: 1 h}
  tell_reporter: {zh: 完, en: Done}
"""
EAST_RUN = Area(routes=("东环线",))


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of(STORM)


def orange(plan: Plan) -> Talk:
    talk = Talk(plan)
    talk.starts("p_an_ph", colour="orange", where=EAST_RUN)
    return talk


def ticks(talk: Talk, customer: str, how: CallResult = "reached") -> list[str]:
    return talk.tell(c.TickCall(minute(talk.now), "p_chang", "call/1", customer, how))


def under_way(talk: Talk) -> set[str]:
    steps = talk.state.steps.items()
    return {name for name, state in steps if state.status is StepStatus.OPEN}


def left(talk: Talk) -> tuple[str, ...]:
    share = talk.state.steps["call/1"].share
    assert share is not None
    return share.left


def test_a_level_begins_its_own_measures_and_those_of_all_below(plan: Plan) -> None:
    talk = orange(plan)
    assert under_way(talk) == {"watch", "call/1", "park"}

    assert talk.at(1).records("p_an_ph", "colour", "red") == [
        "colour is red, not orange",
        "withheld leave",
        "opened leave for head_distribution of east: p_song; climb 6, remind 3.5, due 31",
    ]
    assert talk.at(2).records("p_an_ph", "colour", "blue")[:1] == ["colour is blue, not red"]
    assert under_way(talk) == {"watch", "calm"}


def test_orange_red_yellow_orange_with_half_of_the_customers_called(plan: Plan) -> None:
    talk = orange(plan)
    ticks(talk.at(1), "k_05")
    ticks(talk, "k_06", "no_answer")
    talk.at(2).acknowledges("p_xiu", "park")
    talk.at(3).records("p_an_ph", "colour", "red")
    assert left(talk) == ("k_06", "k_07")

    # Nobody has anything to do with it any more, and time that passes changes nothing.
    talk.at(4).records("p_an_ph", "colour", "yellow")
    assert under_way(talk) == {"watch", "calm"}
    assert ticks(talk, "k_06") == ["refused: not_open call/1"]
    talk.acknowledges("p_an_ph", "watch")
    talk.acknowledges("p_an_rs", "calm")
    assert talk.passes_to(60) == []

    # Back again: whoever had a step has it, from now on; those reached are not called again.
    assert talk.records("p_an_ph", "colour", "orange") == [
        "colour is orange, not yellow",
        "skipped calm: not_needed",
        "withheld call",
        "withheld park",
        f"shared call for {EAST_RUN}: call/1 p_chang of east: k_05 k_06 k_07",
        "opened call/1 (round 2) for account_manager of east: p_chang; climb 120, remind 90, "
        "due 120",
        "opened park (round 2) for fleet_keeper of east: p_xiu; climb 90, remind 75, due 90",
    ]
    call, park = talk.state.steps["call/1"], talk.state.steps["park"]
    assert (call.taken_by, park.taken_by) == ("p_chang", "p_xiu")
    assert left(talk) == ("k_06", "k_07")
    assert talk.acknowledges("p_xiu", "park") == ["refused: already_yours p_xiu"]
    ticks(talk.at(61), "k_06")
    assert "p_chang completed call" in ticks(talk, "k_07")


def test_what_is_done_stays_done_when_the_level_comes_back(plan: Plan) -> None:
    talk = orange(plan)
    for customer in ("k_05", "k_06", "k_07"):
        ticks(talk, customer)
    talk.completes("p_xiu", "park")

    talk.records("p_an_ph", "colour", "yellow")
    talk.records("p_an_ph", "colour", "orange")

    assert under_way(talk) == {"watch"}
    assert talk.state.steps["call"].status is StepStatus.DONE


def test_whoever_had_it_and_is_away_by_now_is_not_given_it_again(plan: Plan) -> None:
    talk = orange(plan)
    talk.acknowledges("p_xiu", "park")
    talk.records("p_an_ph", "colour", "yellow")
    talk.town.sends_away("p_xiu", until=600)

    lines = talk.at(5).records("p_an_ph", "colour", "orange")

    assert talk.state.steps["park"].taken_by is None
    assert any("park to" in line for line in lines)


def test_nobody_who_had_not_taken_it_is_taken_to_have_it(plan: Plan) -> None:
    talk = orange(plan)
    talk.records("p_an_ph", "colour", "yellow")

    lines = talk.at(5).records("p_an_ph", "colour", "orange")

    assert (
        "opened park (round 2) for fleet_keeper of east: p_xiu; climb 10, remind 7.5, due 35"
        in (lines)
    )
    assert talk.state.steps["park"].taken_by is None


def test_a_level_there_is_not_is_refused(plan: Plan) -> None:
    assert orange(plan).records("p_an_ph", "colour", "violet") == ["refused: bad_value colour"]
