"""A step spread over an area, its regions, depots or roles: everybody has a part, nobody is called
twice whatever changes on the way."""

import pytest

from plans import commands as c
from plans.area import Area
from plans.company.model import Company
from plans.engine.allotting import CALLS_LIMIT
from plans.format import Plan
from plans.incident import CallResult, SkipReason, StepStatus
from tests.plans.engine.town import Talk, Town, minute, plan_of

STORM = """
plan: storm
title: {zh: 暴雨, en: Storm}
icon: 🌧
command: storm
received: {zh: 收到, en: Received}
ask:
  where: {type: area, text: {zh: 哪里?, en: Where?}}
  call: {type: yes_no, required: true, text: {zh: 要通知吗?, en: Tell them?}}
steps:
  tell:
    when: {call: yes}
    for_each: SPREAD
    owner: market_manager
    do: {zh: 通知, en: Tell}
    due: {in: 2 h}
close:
  by: dispatcher
  when: [tell]
  do: {zh: 结束, en: Close}
  due: {in: 1 h}
  tell_reporter: {zh: 完, en: Done}
"""
EAST, BOTH = Area(regions=("east",)), Area(regions=("east", "south"))


def storm(spread: str) -> Plan:
    return plan_of(STORM.replace("SPREAD", spread))


def ticks(talk: Talk, by: str, step: str, customer: str, how: CallResult = "reached") -> list[str]:
    return talk.tell(c.TickCall(minute(talk.now), by, step, customer, how))


def calls(talk: Talk, step: str) -> tuple[str, ...]:
    share = talk.state.steps[step].share
    assert share is not None
    return share.calls or ()


def left(talk: Talk, step: str) -> tuple[str, ...]:
    share = talk.state.steps[step].share
    assert share is not None
    return share.left


def parts(talk: Talk) -> dict[str, str]:
    """Who has which part, and how it stands."""
    return {
        name: f"{part.share.owner or part.share.role or part.role} {part.region} {part.status}"
        for name, part in talk.state.parts_of("tell").items()
        if part.share is not None
    }


def moves(town: Town, customer: str, manager: str) -> None:
    """From now on somebody else looks after the customer."""
    written = town.company.model_dump(by_alias=True)
    written["customers"][customer]["manager"] = manager
    town.company = Company.model_validate(written)


def test_each_manager_calls_theirs_in_the_area_and_nobody_stands_twice() -> None:
    talk = Talk(storm("{customers_in: where}"))
    talk.starts("p_lu", call="yes", where=Area(regions=("east",), routes=("东线", "南线")))

    assert parts(talk) == {"tell/1": "p_chang east open", "tell/2": "p_hao south open"}
    assert calls(talk, "tell/1") == ("k_01", "k_02", "k_03", "k_04", "k_05", "k_06", "k_07")
    assert calls(talk, "tell/2") == ("k_08", "k_09", "k_10", "k_11")


def test_only_key_customers_by_the_role_of_their_region() -> None:
    talk = Talk(storm("{customers_in: where, only: key, by: role}"))
    talk.starts("p_lu", call="yes", where=BOTH)

    assert parts(talk) == {
        "tell/1": "market_manager east open",
        "tell/2": "market_manager south open",
    }
    assert (calls(talk, "tell/1"), calls(talk, "tell/2")) == (("k_04",), ("k_09",))


def test_an_area_grows_and_shrinks_and_what_is_done_stays_done() -> None:
    talk = Talk(storm("{customers_in: where}"))
    talk.starts("p_lu", call="yes", where=Area(routes=("东线",)))
    ticks(talk, "p_chang", "tell/1", "k_02")

    talk.records("p_lu", "where", BOTH)
    assert calls(talk, "tell/1") == ("k_01", "k_02", "k_03", "k_04", "k_05", "k_06", "k_07")
    assert "k_02" not in left(talk, "tell/1")
    assert talk.state.steps["tell/1"].taken_by == "p_chang"
    talk.completes("p_hao", "tell/2")

    talk.records("p_lu", "where", Area(regions=("south",)))
    assert talk.state.steps["tell/1"].skipped_for is SkipReason.NOT_NEEDED
    assert talk.state.steps["tell"].status is StepStatus.DONE

    talk.records("p_lu", "where", BOTH)
    assert parts(talk)["tell/1"] == "p_chang east open"
    assert left(talk, "tell/1") == ("k_01", "k_03", "k_04", "k_05", "k_06", "k_07")
    assert parts(talk)["tell/2"] == "p_hao south done"


def test_nobody_is_called_twice_though_somebody_else_looks_after_them_now() -> None:
    town = Town()
    talk = Talk(storm("{customers_in: where}"), town)
    talk.starts("p_lu", call="yes", where=EAST)
    ticks(talk, "p_chang", "tell/1", "k_01")
    ticks(talk, "p_chang", "tell/1", "k_02", "no_answer")
    for customer in ("k_01", "k_02", "k_03"):
        moves(town, customer, "p_hao")

    talk.records("p_lu", "where", BOTH)

    # Who has been reached stays where that stands; the others go to whoever has them now.
    assert calls(talk, "tell/1") == ("k_01", "k_04", "k_05", "k_06", "k_07")
    assert calls(talk, "tell/2")[:3] == ("k_02", "k_03", "k_08")
    everybody = [*calls(talk, "tell/1"), *calls(talk, "tell/2")]
    assert len(everybody) == len(set(everybody)) == 13


def test_whoever_was_reached_and_has_left_the_area_is_not_called_when_it_grows_again() -> None:
    town = Town()
    talk = Talk(storm("{customers_in: where}"), town)
    talk.starts("p_lu", call="yes", where=BOTH)
    ticks(talk, "p_chang", "tell/1", "k_01")
    talk.records("p_lu", "where", Area(regions=("south",)))
    moves(town, "k_01", "p_hao")
    for customer in ("k_02", "k_03", "k_04", "k_05", "k_06", "k_07"):
        moves(town, customer, "p_luo")

    lines = talk.records("p_lu", "where", BOTH)

    # Nobody is left on the first list, so nobody is told of it again.
    assert parts(talk)["tell/1"] == "p_chang east skipped"
    assert "k_01" not in (*calls(talk, "tell/2"), *calls(talk, "tell/3"))
    assert not [line for line in lines if line.startswith("opened tell/1")]


def test_not_needed_and_needed_again_half_way() -> None:
    talk = Talk(storm("{customers_in: where}"))
    talk.starts("p_lu", call="yes", where=BOTH)
    ticks(talk, "p_chang", "tell/1", "k_01")
    talk.completes("p_hao", "tell/2")

    talk.records("p_lu", "call", "no")
    assert talk.state.steps["tell"].skipped_for is SkipReason.NOT_NEEDED
    talk.records("p_lu", "call", "yes")

    assert parts(talk) == {"tell/1": "p_chang east open", "tell/2": "p_hao south done"}
    assert left(talk, "tell/1") == ("k_02", "k_03", "k_04", "k_05", "k_06", "k_07")


@pytest.mark.parametrize(
    ("spread", "expected"),
    [
        ("{regions_of: where}", ["market_manager east", "market_manager south"]),
        ("{roles: [fleet_keeper, head_finance]}", ["fleet_keeper east", "head_finance east"]),
        (
            "{depots: true}",
            [f"market_manager {r}" for r in ("east", "south", "west", "north", "centre", "hq")],
        ),
    ],
)
def test_parts_without_a_list(spread: str, expected: list[str]) -> None:
    talk = Talk(storm(spread))
    talk.starts("p_lu", call="yes", where=BOTH)

    assert list(parts(talk).values()) == [f"{one} open" for one in expected]
    owner = talk.state.steps["tell/1"].asked[0]
    assert talk.completes(owner, "tell/1")[0] == f"{owner} completed tell/1"
    assert talk.state.steps["tell"].status is StepStatus.SHARED


def test_regions_follow_the_area_and_what_is_done_is_not_asked_again() -> None:
    talk = Talk(storm("{regions_of: where}"))
    talk.starts("p_lu", call="yes", where=EAST)
    owner = talk.state.steps["tell/1"].asked[0]
    talk.completes(owner, "tell/1")
    assert talk.state.steps["tell"].status is StepStatus.DONE

    talk.records("p_lu", "where", BOTH)
    assert parts(talk) == {
        "tell/1": "market_manager east done",
        "tell/2": "market_manager south open",
    }
    talk.records("p_lu", "where", EAST)
    assert talk.state.steps["tell/2"].skipped_for is SkipReason.NOT_NEEDED
    assert talk.state.steps["tell"].status is StepStatus.DONE
    talk.records("p_lu", "where", BOTH)
    assert parts(talk)["tell/2"] == "market_manager south open"


def test_an_unknown_area_leaves_it_to_the_role_of_the_region() -> None:
    for spread in ("{customers_in: where}", "{regions_of: where}"):
        talk = Talk(storm(spread))
        talk.starts("p_lu", call="yes")
        assert parts(talk) == {"tell/1": "market_manager east open"}


def test_who_did_not_answer_comes_back_and_again_until_reached() -> None:
    talk = Talk(storm("{customers_in: where, retry: 20 min}"))
    talk.starts("p_lu", call="yes", where=Area(routes=("东环线",)))
    ticks(talk, "p_chang", "tell/1", "k_05", "no_answer")
    talk.at(10)
    ticks(talk, "p_chang", "tell/1", "k_06")

    # So long after the last call, not after the first that failed.
    assert talk.passes_to(40) == ["30: 1 to be called again for tell/1: p_chang"]
    assert ticks(talk, "p_chang", "tell/1", "k_05", "no_answer") == [
        "p_chang called k_05 for tell/1: no_answer"
    ]
    assert ticks(talk, "p_chang", "tell/1", "k_05", "no_answer") == []
    assert "60: 1 to be called again for tell/1: p_chang" in talk.passes_to(60)
    ticks(talk, "p_chang", "tell/1", "k_05")
    ticks(talk, "p_chang", "tell/1", "k_07")
    assert talk.state.steps["tell"].status is StepStatus.DONE


def test_without_retry_nobody_is_brought_up_again() -> None:
    talk = Talk(storm("{customers_in: where}"))
    talk.starts("p_lu", call="yes", where=EAST)
    ticks(talk, "p_chang", "tell/1", "k_05", "no_answer")
    assert not [line for line in talk.passes_to(100) if "called again" in line]


def test_more_customers_than_lists_hold_leave_the_rest_to_the_role() -> None:
    town = Town()
    written = town.company.model_dump(by_alias=True)
    like = {**written["customers"]["k_05"], "route": "长线"}
    written["customers"] |= {f"x_{n}": like for n in range(CALLS_LIMIT + 1)}
    town.company = Company.model_validate(written)
    talk = Talk(storm("{customers_in: where}"), town)
    talk.starts("p_lu", call="yes", where=Area(routes=("长线",)))
    assert len(calls(talk, "tell/1")) == CALLS_LIMIT
    rest = talk.state.steps["tell/2"].share
    assert rest is not None
    assert (rest.role, rest.calls) == ("market_manager", None)
