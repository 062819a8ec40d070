"""Gates, and what the register says: on record as it was when the customer was named."""

from datetime import UTC, datetime

import pytest

from plans.company.model import Company
from plans.engine.gating import refusing
from plans.format import Plan
from tests.plans.engine.town import Talk, Town, plan_of

AT = datetime(2026, 7, 6, 8, tzinfo=UTC)
REQUEST = """
plan: more-goods
title: {zh: 加货, en: More goods}
icon: 📦
command: more
received: {zh: 收到, en: Received}
ask:
  who: {type: customer, required: true, text: {zh: 谁?, en: Who?}}
  what: {type: goods, text: {zh: 什么?, en: What?}}
  count: {type: number, required: true, text: {zh: 多少?, en: How many?}}
gate:
  unlawful:
    when: {who.lawful: no}
    refuse: {zh: 不守法, en: Not lawful}
  scarce:
    when: {what.class: {one_of: [scarce, controlled]}}
    refuse: {zh: 太少, en: Too scarce}
  too_many:
    when: {count: {over: {of: who.grade, is: {二档: 50, 三档: 80}, else: 20}}}
    refuse: {zh: 太多, en: Too many}
steps:
  send:
    owner: dispatcher
    do: {zh: 送, en: Send}
    due: {in: 1 h}
  thank:
    when: {who.key: yes}
    owner: market_manager
    do: {zh: 致谢, en: Thank them}
    due: {in: 1 h}
  look:
    when: {count: {over: {of: who.grade, is: {二档: 10}, else: 5}}}
    owner: security_officer
    do: {zh: 看看, en: Have a look}
    due: {in: 1 h}
close:
  by: dispatcher
  when: [send, thank, look]
  do: {zh: 结束, en: Close}
  due: {in: 1 h}
  tell_reporter: {zh: 完, en: Done}
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of(REQUEST)


def with_customer(**changes: object) -> Town:
    town = Town()
    written = town.company.model_dump()
    written["customers"]["k_01"] |= {"grade": "二档", "key": False, **changes}
    town.company = Company.model_validate(written)
    return town


def test_what_the_plan_names_of_a_customer_is_recorded_as_nobody_s_word(plan: Plan) -> None:
    talk = Talk(plan, with_customer())

    lines = talk.starts("p_chang", who="k_01", what="yunshan", count=12)

    assert [line for line in lines if " is " in line] == [
        *("who is k_01", "what is yunshan", "count is 12"),
        *("what.class is ordinary", "who.grade is 二档", "who.key is no", "who.lawful is yes"),
    ]
    assert talk.state.facts["who.grade"].by is None
    assert "skipped thank: not_needed" in lines
    assert any(line.startswith("opened look") for line in lines)


def test_it_follows_the_customer_when_that_is_corrected(plan: Plan) -> None:
    talk = Talk(plan, with_customer(key=True))
    talk.starts("p_chang", who="k_02", count=12)
    told = talk.records("p_an_ph", "who", "k_01")

    assert "who.key is yes, not no" in told
    assert talk.state.steps["thank"].status == "open"
    # What the register says later changes nothing, until somebody names the customer anew.
    talk.town.company = with_customer(key=False).company
    talk.notes("p_chang", "still here")
    assert talk.state.fact("who.key") == "yes"


def test_nobody_says_what_the_register_says(plan: Plan) -> None:
    talk = Talk(plan, with_customer())
    talk.starts("p_chang", who="k_01", count=1)

    assert talk.records("p_chang", "who.key", "yes") == ["refused: bad_value who.key"]


def test_a_customer_without_a_grade_or_an_entry_holds_nothing_up(plan: Plan) -> None:
    talk = Talk(plan, with_customer(grade=""))
    talk.starts("p_chang", who="k_01", count=12)
    assert talk.state.fact("who.grade") == "none"

    other = Talk(plan)
    other.starts("p_chang", who="k_gone", count=3)
    assert other.state.fact("who.lawful") == "none"
    assert other.state.steps["thank"].status == "skipped"


@pytest.mark.parametrize(
    ("said", "gate"),
    [
        ({"who": "k_03", "count": 1}, "unlawful"),
        ({"who": "k_01", "what": "zilan", "count": 1}, "scarce"),
        ({"who": "k_01", "count": 51}, "too_many"),
    ],
)
def test_a_gate_that_holds_refuses_the_start(
    plan: Plan, said: dict[str, int | str], gate: str
) -> None:
    talk = Talk(plan, with_customer())

    assert talk.starts("p_chang", "east", **said) == [f"refused: gate {gate}"]
    assert talk.incident is None


def test_at_the_bound_it_is_let_through(plan: Plan) -> None:
    assert (
        Talk(plan, with_customer()).starts("p_chang", who="k_01", count=50)[0].startswith("start")
    )


def test_nobody_is_refused_by_a_bound_that_nobody_knows_yet(plan: Plan) -> None:
    roster = with_customer().roster

    assert refusing(plan, roster, {"count": 40}, AT) is None
    assert refusing(plan, roster, {"count": 40, "who": "k_01"}, AT) is None
    assert refusing(plan, roster, {"count": 60, "who": "k_01"}, AT) == "too_many"


def test_a_correction_that_would_make_a_gate_hold_is_refused(plan: Plan) -> None:
    talk = Talk(plan, with_customer())
    talk.starts("p_chang", who="k_01", what="yunshan", count=30)

    assert talk.records("p_chang", "count", 60) == ["refused: gate too_many"]
    assert talk.records("p_chang", "who", "k_03") == ["refused: gate unlawful"]
    assert talk.records("p_chang", "what", "bailu") == ["refused: gate scarce"]
    assert (talk.state.fact("count"), talk.state.fact("who")) == (30, "k_01")
    assert talk.records("p_chang", "count", 40)[0] == "count is 40, not 30"


def test_what_the_register_says_since_refuses_nobody_who_was_let_in(plan: Plan) -> None:
    talk = Talk(plan, with_customer())
    talk.starts("p_chang", who="k_01", count=30)
    talk.town.company = with_customer(lawful=False).company

    assert talk.records("p_chang", "count", 20)[0] == "count is 20, not 30"


def test_a_moment_is_compared_with_the_customer_s_next_order_day() -> None:
    asked = "  needed: {type: time, text: {zh: 何时?, en: When?}}\n"
    gate = "  early: {when: {needed: {before: who.order_day}}, refuse: {zh: 太早, en: Too early}}\n"
    written = REQUEST.replace("gate:\n", f"{asked}gate:\n{gate}")
    plan, roster = plan_of(written), with_customer(order_days=["mon"]).roster
    at = datetime(2026, 7, 6, 8, tzinfo=UTC)  # a Monday, when orders are no longer taken
    early, on_time = "2026-07-10T09:00+08:00", "2026-07-13T09:00+08:00"

    assert refusing(plan, roster, {"needed": early}, at) is None
    assert refusing(plan, roster, {"needed": early, "who": "k_01"}, at) == "early"
    assert refusing(plan, roster, {"needed": on_time, "who": "k_01"}, at) is None
    without = with_customer(order_days=[]).roster
    assert refusing(plan, without, {"needed": early, "who": "k_01"}, at) is None
    talk = Talk(plan, with_customer(order_days=["mon"]))
    assert talk.starts("p_chang", who="k_01", count=1, needed=on_time)[0].startswith("start")
    assert talk.state.facts["who.order_day"].by is None
