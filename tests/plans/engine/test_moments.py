"""Moments: begun no sooner, due before something planned, worked out, moved, done again."""

from datetime import time, timedelta

import pytest

from plans.company.model import Company, OwnDays
from plans.format import Plan
from tests.plans.engine.town import Talk, Town, minute, plan_of

DELIVERY = """
plan: delivery
title: {zh: 送货, en: Delivery}
icon: 🚚
command: bring
received: {zh: 收到, en: Received}
ask:
  who: {type: customer, required: true, text: {zh: 谁?, en: Who?}}
  by_when: {type: time, text: {zh: 什么时候要?, en: By when?}}
  from_when: {type: time, text: {zh: 什么时候起?, en: From when?}}
  count: {type: number, text: {zh: 几个?, en: How many?}}
steps:
  order:
    owner: dispatcher
    do: {zh: 记单, en: Enter the order}
    works_out: {day: {order_day_of: who}}
    due: {in: 30 min}
    record:
      day: {type: time, required: true, text: {zh: 哪天?, en: Which day?}}
  load:
    owner: fleet_keeper
    do: {zh: 装车, en: Load}
    not_before: {fact: from_when}
    due: {in: 20 min}
    redo_when: [count]
  rest:
    after: order
    owner: security_officer
    do: {zh: 等一等, en: Wait a while}
    not_before: {in: 15 min}
    due: {by: "18:00"}
  bring:
    owner: dispatcher
    do: {zh: 送到, en: Bring it}
    due: {before: by_when, in: 30 min}
  call:
    owner: market_manager
    do: {zh: 打电话, en: Call}
    due: {after: known.count, in: 40 min}
  report:
    owner: head_distribution
    do: {zh: 写报告, en: Report}
    due: {working_days: 3}
close:
  by: dispatcher
  when: [order, load, rest, bring, call, report]
  do: {zh: 结束, en: Close}
  due: {in: 1 h}
  tell_reporter: {zh: 完, en: Done}
"""
# The incident begins on Wednesday, 1 July, at 08:00.
NOON, THREE, FOUR = (f"2026-07-01T{hour}:00+08:00" for hour in (12, 15, 16))


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of(DELIVERY)


def begun(plan: Plan, town: Town | None = None, **facts: str | int) -> Talk:
    talk = Talk(plan, town or Town())
    talk.starts("p_chang", "east", who="k_01", **facts)
    return talk


def due(talk: Talk, step: str) -> float:
    due_at = talk.state.steps[step].due_at
    assert due_at is not None
    return (due_at - minute(0)).total_seconds() / 60


def test_a_step_begins_no_sooner_than_the_moment_that_a_fact_names(plan: Plan) -> None:
    talk = begun(plan, from_when=NOON)

    load = talk.state.steps["load"]
    assert (load.status, load.opens_at) == ("waiting", minute(240))
    # Corrected, it moves; when the moment has come, the step begins by itself.
    assert talk.at(5).records("p_chang", "from_when", THREE) == [
        f"from_when is {THREE}, not {NOON}",
        "step_postponed",
    ]
    talk.passes_to(419)
    assert talk.state.steps["load"].status == "waiting"
    assert "420: opened load for fleet_keeper of east: p_xiu; climb 425, remind 422.5, due 440" in (
        talk.passes_to(420)
    )
    assert talk.state.steps["load"].opens_at is None


def test_a_moment_that_nobody_knows_is_not_waited_for(plan: Plan) -> None:
    talk = begun(plan)
    assert talk.state.steps["load"].status == "open"


def test_said_to_be_later_when_it_has_begun_it_waits_unless_somebody_has_it(plan: Plan) -> None:
    talk = begun(plan)
    assert "withheld load" in talk.at(5).records("p_chang", "from_when", NOON)
    load = talk.state.steps["load"]
    assert (load.status, load.opens_at) == ("waiting", minute(240))

    talk.passes_to(241)
    talk.acknowledges("p_xiu", "load")
    talk.at(242).records("p_chang", "from_when", THREE)
    load = talk.state.steps["load"]
    assert (load.status, load.taken_by) == ("open", "p_xiu")


def test_a_step_begins_so_long_after_all_else_is_ready(plan: Plan) -> None:
    talk = begun(plan)
    talk.at(10).completes("p_an_ph", "order")
    assert talk.state.steps["rest"].opens_at == minute(25)

    talk.at(12).notes("p_chang", "hello")

    assert talk.state.steps["rest"].opens_at == minute(25)
    lines = talk.passes_to(25)
    assert any(line.startswith("25: opened rest") for line in lines)
    assert due(talk, "rest") == 600


def test_a_step_put_off_is_something_to_come_and_nobody_is_asked_to_close(plan: Plan) -> None:
    talk = begun(plan, from_when=NOON)
    for step in ("order", "bring", "call", "report"):
        talk.at(1).completes("p_ding", step)
    talk.passes_to(20)
    talk.completes("p_ding", "rest")

    assert talk.state.steps["close"].status == "waiting"
    assert talk.state.due_next() == minute(240)


def test_closing_settles_what_is_put_off(plan: Plan) -> None:
    talk = begun(plan, from_when=NOON)
    talk.merges_into("p_an_ph", 9)

    assert talk.state.steps["load"].status == "skipped"
    assert talk.state.due_next() is None


def test_the_next_order_day_is_worked_out_when_the_step_begins(plan: Plan) -> None:
    talk = begun(plan)
    days = talk.town.company.customers["k_01"].order_days
    assert days

    said = talk.state.facts["day"]
    assert said.by is None
    assert isinstance(said.value, str)
    assert said.value.endswith("T09:00+08:00")
    assert talk.completes("p_an_ph", "order")[0] == "p_an_ph completed order"


def test_an_order_day_follows_the_customer_until_somebody_has_said_another(plan: Plan) -> None:
    town = Town()
    written = town.company.model_dump()
    written["customers"]["k_01"]["order_days"] = ("thu",)
    written["customers"]["k_02"]["order_days"] = ("fri",)
    written["customers"]["k_03"]["order_days"] = ()
    town.company = Company.model_validate(written)
    talk = begun(plan, town)
    assert talk.state.fact("day") == "2026-07-02T09:00+08:00"

    assert talk.records("p_an_ph", "who", "k_02")[1] == (
        "day is 2026-07-03T09:00+08:00, not 2026-07-02T09:00+08:00"
    )
    # Of this one no order days are known: the step asks.
    talk.records("p_an_ph", "who", "k_03")
    assert talk.state.fact("day") is None
    assert talk.completes("p_an_ph", "order") == ["refused: needs_fact day"]
    talk.records("p_an_ph", "day", FOUR)
    talk.records("p_an_ph", "who", "k_01")
    assert talk.state.fact("day") == FOUR


def test_a_deadline_before_a_planned_moment_moves_with_it(plan: Plan) -> None:
    talk = begun(plan, by_when=FOUR)
    talk.acknowledges("p_an_ph", "bring")
    assert due(talk, "bring") == 450

    assert talk.at(5).records("p_chang", "by_when", NOON) == [
        f"by_when is {NOON}, not {FOUR}",
        "deadline_moved",
    ]
    assert due(talk, "bring") == 210
    moved = talk.state.steps["bring"]
    assert (moved.taken_by, moved.held_up) == ("p_an_ph", False)


def test_a_missed_deadline_that_lies_ahead_again_is_not_missed_any_more(plan: Plan) -> None:
    talk = begun(plan, by_when=NOON)
    talk.acknowledges("p_an_ph", "bring")
    talk.passes_to(215)
    assert talk.state.steps["bring"].held_up

    talk.records("p_chang", "by_when", FOUR)

    bring = talk.state.steps["bring"]
    assert (bring.held_up, bring.climb_at, due(talk, "bring")) == (False, None, 450)


def test_without_the_moment_there_is_a_day_and_the_deadline_comes_with_it(plan: Plan) -> None:
    talk = begun(plan)
    assert due(talk, "bring") == 24 * 60

    talk.records("p_chang", "by_when", FOUR)

    assert due(talk, "bring") == 450


def test_a_deadline_that_runs_from_what_is_known_runs_anew(plan: Plan) -> None:
    talk = begun(plan)
    assert due(talk, "call") == 40

    talk.at(20).records("p_chang", "count", 5)
    assert due(talk, "call") == 60
    talk.at(30).records("p_chang", "count", 5)
    assert due(talk, "call") == 60


def test_working_days_leave_out_what_is_not_worked_on(plan: Plan) -> None:
    town = Town()
    days = OwnDays(off=frozenset({minute(24 * 60).date()}))
    town.company = town.company.model_copy(update={"days": days})

    # Thursday is off: Friday, Monday, Tuesday.
    assert due(begun(plan, town), "report") == timedelta(days=6) / timedelta(minutes=1)


def test_what_is_done_is_done_again_when_what_it_rested_on_is_corrected(plan: Plan) -> None:
    talk = begun(plan, count=5)
    talk.acknowledges("p_xiu", "load")
    talk.at(10).completes("p_xiu", "load")

    assert talk.at(20).records("p_chang", "count", 8) == [
        "count is 8, not 5",
        "withheld load",
        "deadline_moved",
        "opened load (round 2) for fleet_keeper of east: p_xiu; climb 25, remind 22.5, due 40",
    ]
    load = talk.state.steps["load"]
    assert (load.again_for, load.taken_by) == ("count", None)
    talk.at(21).completes("p_xiu", "load")
    assert talk.at(22).records("p_chang", "count", 8) == []


def test_what_is_said_for_the_first_time_corrects_nothing(plan: Plan) -> None:
    talk = begun(plan)
    talk.completes("p_xiu", "load")

    talk.at(5).records("p_chang", "count", 8)

    assert talk.state.steps["load"].status == "done"


def test_an_order_hour_of_the_company_s_own(plan: Plan) -> None:
    town = Town()
    town.company = town.company.model_copy(update={"order_hour": time(14, 30)})

    assert str(begun(plan, town).state.fact("day")).endswith("T14:30+08:00")
