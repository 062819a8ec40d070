"""A step that several do at once: each has a call list, a deadline and a ladder of their own."""

import pytest

from plans import commands as c
from plans.company.model import Company
from plans.engine.allotting import OWNERS_LIMIT
from plans.format import Plan
from plans.incident import CallResult, SkipReason, StepStatus
from tests.plans.engine.town import Talk, Town, minute, plan_of

CALLS = """
plan: late-run
title: {zh: 晚点, en: Late run}
icon: 🕒
command: late
received: {zh: 收到, en: Received}
ask:
  late: {type: yes_no, required: true, text: {zh: 晚了吗?, en: Late?}}
  van: {type: vehicle, text: {zh: 哪辆?, en: Which van?}}
  run: {type: route, default: {route_of: van}, text: {zh: 哪条线?, en: Which route?}}
steps:
  tell:
    when: {late: yes}
    for_each: {customers_of: run, by: manager}
    owner: market_manager
    do: {zh: 通知客户, en: Tell the customers}
    due: {in: 1 h}
  after_all:
    when: {late: yes}
    after: tell
    owner: dispatcher
    do: {zh: 收尾, en: Wind up}
    due: {in: 1 h}
close:
  by: dispatcher
  when: [tell, after_all]
  do: {zh: 结束, en: Close}
  due: {in: 1 h}
  tell_reporter: {zh: 完, en: Done}
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of(CALLS)


def two_managers() -> Town:
    """East's run has two customers of the account manager, one of another's, one of nobody's."""
    town = Town()
    written = town.company.model_dump()
    customers = {id_: one for id_, one in written["customers"].items() if one["route"] == "东线"}
    for one, manager in zip(customers.values(), ("p_chang", "p_chang", "p_luo", None), strict=True):
        one["manager"] = manager
    town.company = Company.model_validate(written)
    return town


def open_steps(talk: Talk) -> list[str]:
    return [name for name, state in talk.state.steps.items() if state.status is StepStatus.OPEN]


def ticks(talk: Talk, by: str, step: str, customer: str, how: CallResult = "reached") -> list[str]:
    return talk.tell(c.TickCall(minute(talk.now), by, step, customer, how))


def test_each_manager_has_their_own_customers_and_nobody_s_go_to_the_role(plan: Plan) -> None:
    talk = Talk(plan, two_managers())

    assert talk.starts("p_lu", late="yes", van="浙A10001")[3:] == [
        "run is 东线",
        "shared tell for 东线: tell/1 p_chang of east: k_01 k_02; tell/2 p_luo of north: k_03; "
        "tell/3 nobody of east: k_04",
        "opened tell/1 for account_manager of east: p_chang; climb 5, remind 2.5, due 60",
        "opened tell/2 for account_manager of north: p_luo; climb 5, remind 2.5, due 60",
        "opened tell/3 for market_manager of east: p_shang; climb 5, remind 2.5, due 60",
    ]


def test_the_step_is_done_when_all_have_done_theirs(plan: Plan) -> None:
    talk = Talk(plan, two_managers())
    talk.starts("p_lu", late="yes", run="东线")

    assert talk.completes("p_chang", "tell/1") == ["p_chang completed tell/1: 0 ticked, 2 not"]
    ticks(talk, "p_luo", "tell/2", "k_03", "no_answer")
    assert talk.completes("p_luo", "tell/2") == ["p_luo completed tell/2: 0 ticked, 1 not"]
    assert talk.state.steps["tell"].status is StepStatus.SHARED
    assert talk.completes("p_shang", "tell/3") == [
        "p_shang completed tell/3: 0 ticked, 1 not",
        "p_shang completed tell",
        "opened after_all for dispatcher of east: p_an_ph; climb 5, remind 2.5, due 60",
    ]


def test_whoever_ticks_has_it_and_the_last_one_reached_ends_it(plan: Plan) -> None:
    talk = Talk(plan)
    talk.starts("p_lu", late="yes", run="东环线")

    assert ticks(talk, "p_chang", "tell/1", "k_05") == [
        "p_chang has tell/1, remind 30, due 60",
        "p_chang called k_05 for tell/1: reached",
    ]
    assert ticks(talk, "p_chang", "tell/1", "k_06", "no_answer") == [
        "p_chang called k_06 for tell/1: no_answer"
    ]
    assert ticks(talk, "p_chang", "tell/1", "k_06", "no_answer") == []
    ticks(talk, "p_chang", "tell/1", "k_07")
    assert talk.state.steps["tell/1"].status is StepStatus.OPEN
    assert ticks(talk, "p_chang", "tell/1", "k_06")[:3] == [
        "p_chang called k_06 for tell/1: reached",
        "p_chang completed tell/1: 3 ticked, 0 not",
        "p_chang completed tell",
    ]


def test_who_may_not_do_the_part_may_not_tick(plan: Plan) -> None:
    talk = Talk(plan)
    talk.starts("p_lu", late="yes", run="东环线")

    assert ticks(talk, "p_lu", "tell/1", "k_05") == ["refused: not_yours account_manager"]
    assert ticks(talk, "p_chang", "tell/1", "k_01") == ["refused: no_such_step tell/1"]
    assert ticks(talk, "p_chang", "tell", "k_05") == ["refused: no_such_step tell"]
    talk.completes("p_chang", "tell/1")
    # Said to be done, somebody may be reached all the same, and only once.
    assert ticks(talk, "p_chang", "tell/1", "k_05") == ["p_chang called k_05 for tell/1: reached"]
    assert ticks(talk, "p_chang", "tell/1", "k_05") == ["refused: already_done p_chang"]


def test_silence_of_one_climbs_by_itself(plan: Plan) -> None:
    talk = Talk(plan, two_managers())
    talk.starts("p_lu", late="yes", run="东线")
    talk.acknowledges("p_luo", "tell/2")
    talk.acknowledges("p_shang", "tell/3")

    assert talk.passes_to(10) == [
        "2.5: reminded of tell/1: p_chang",
        "5: tell/1 to superior: p_shang for silence; climb 10",
        "10: tell/1 to superior: p_mei for silence; climb 15",
    ]


def test_a_part_is_declined_and_handed_over_like_any_step(plan: Plan) -> None:
    talk = Talk(plan, two_managers())
    talk.starts("p_lu", late="yes", run="东线")

    assert talk.declines("p_chang", "tell/1") == [
        "p_chang declined tell/1: busy",
        "tell/1 to superior: p_shang for declined; climb 5",
    ]
    assert talk.hands_over("p_shang", "tell/3", "p_chang") == [
        "p_shang handed tell/3 to p_chang; climb 5, due 60"
    ]
    assert talk.loses("p_luo")[:1] == ["p_luo passed over for tell/2: unreachable"]


def test_without_a_route_the_role_decides_whom_to_tell(plan: Plan) -> None:
    talk = Talk(plan)

    assert talk.starts("p_lu", late="yes")[2:] == [
        "shared tell for None: tell/1 nobody of east: ?",
        "opened tell/1 for market_manager of east: p_shang; climb 5, remind 2.5, due 60",
    ]
    # The route is known after all: the account manager calls, and the decision is not needed.
    assert talk.at(1).records("p_an_ph", "run", "东环线") == [
        "run is 东环线",
        "shared tell for 东环线: tell/1 nobody of east: none; "
        "tell/2 p_chang of east: k_05 k_06 k_07",
        "skipped tell/1: not_needed",
        "opened tell/2 for account_manager of east: p_chang; climb 6, remind 3.5, due 61",
    ]


def test_without_customers_there_is_nobody_to_tell(plan: Plan) -> None:
    talk = Talk(plan)

    lines = talk.starts("p_lu", late="yes", run="不存在的线")

    assert lines[3:5] == ["shared tell for 不存在的线: ", "skipped tell: nobody"]
    assert talk.state.steps["tell"].skipped_for is SkipReason.NOBODY
    assert "opened tell/1 for account_manager of east: p_chang" in "".join(
        talk.records("p_an_ph", "run", "东环线")
    )


def test_a_corrected_route_changes_the_lists_and_keeps_the_ticks(plan: Plan) -> None:
    talk = Talk(plan, two_managers())
    talk.starts("p_lu", late="yes", run="东线")
    ticks(talk, "p_chang", "tell/1", "k_01")
    talk.completes("p_luo", "tell/2")

    assert talk.records("p_an_ph", "run", "东环线") == [
        "run is 东环线, not 东线",
        "shared tell for 东环线: tell/1 p_chang of east: k_05 k_06 k_07; "
        "tell/3 nobody of east: none",
        "skipped tell/3: not_needed",
    ]
    # Back again: who has been reached is not called twice, and what is done stays done.
    talk.records("p_an_ph", "run", "东线")
    share = talk.state.steps["tell/1"].share
    assert share is not None
    assert (share.calls, share.left) == (("k_01", "k_02"), ("k_02",))
    assert talk.state.steps["tell/2"].status is StepStatus.DONE
    assert talk.state.steps["tell/3"].status is StepStatus.OPEN


def test_customers_who_come_in_after_all_was_done_are_called_too(plan: Plan) -> None:
    talk = Talk(plan)
    talk.starts("p_lu", late="yes", run="东环线")
    assert "p_chang completed tell" in talk.completes("p_chang", "tell/1")

    lines = talk.records("p_an_ph", "run", "东线")

    assert lines[1] == "shared tell for 东线: tell/2 p_chang of east: k_01 k_02 k_03 k_04"
    assert "tell/2" in open_steps(talk)


def test_not_needed_any_more_and_needed_again(plan: Plan) -> None:
    talk = Talk(plan)
    talk.starts("p_lu", late="yes", run="东环线")
    ticks(talk, "p_chang", "tell/1", "k_05")

    assert "skipped tell/1: not_needed" in talk.records("p_lu", "late", "no")
    talk.records("p_lu", "late", "yes")

    share = talk.state.steps["tell/1"].share
    assert share is not None
    assert share.left == ("k_06", "k_07")
    assert talk.state.steps["tell/1"].status is StepStatus.OPEN


def test_a_list_is_as_it_was_when_the_step_began(plan: Plan) -> None:
    talk = Talk(plan)
    talk.starts("p_lu", late="yes", run="东环线")

    written = talk.town.company.model_dump()
    written["customers"].pop("k_05")
    talk.town.company = Company.model_validate(written)
    talk.notes("p_lu", "still here")

    share = talk.state.steps["tell/1"].share
    assert share is not None
    assert share.calls == ("k_05", "k_06", "k_07")


def test_a_manager_who_has_left_has_no_customers(plan: Plan) -> None:
    town = Town()
    written = town.company.model_dump()
    written["people"]["p_chang"]["retired"] = True
    town.company = Company.model_validate(written)
    talk = Talk(plan, town)

    lines = talk.starts("p_lu", late="yes", run="东环线")

    assert "tell/1 nobody of east: k_05 k_06 k_07" in lines[3]


def test_more_owners_than_can_be_asked_at_once_leave_the_rest_to_the_role(plan: Plan) -> None:
    town = Town()
    written = town.company.model_dump()
    like = written["people"]["p_chang"]
    customer = written["customers"]["k_05"]
    for n in range(OWNERS_LIMIT + 5):
        written["people"][f"p_x{n}"] = {**like, "telegram": None, "phone": None}
        written["customers"][f"k_x{n}"] = {**customer, "manager": f"p_x{n}", "route": "长线"}
    town.company = Company.model_validate(written)
    talk = Talk(plan, town)

    talk.starts("p_lu", late="yes", run="长线")

    assert talk.state.steps["tell"].parts == OWNERS_LIMIT + 1
    share = talk.state.steps[f"tell/{OWNERS_LIMIT + 1}"].share
    assert share is not None
    assert (share.owner, len(share.calls or ())) == (None, 5)


def test_closing_ends_what_is_under_way(plan: Plan) -> None:
    talk = Talk(plan)
    talk.starts("p_lu", late="yes", run="东环线")

    lines = talk.merges_into("p_an_ph", 9)

    assert "skipped tell/1: closed" in lines
    assert "skipped tell: closed" in lines
    assert talk.state.due_next() is None
