"""Somebody who knows the way: found among those on duty, promised once, let go in the end."""

from datetime import timedelta

import pytest

from plans.format import Plan
from plans.roster import guides
from tests.plans.engine.town import BEGAN, Talk, Town, library_plan

HURTLESS = {"hurt": "no", "drivable": "yes", "fit": "no", "route": "东线"}


@pytest.fixture(scope="module")
def accident() -> Plan:
    return library_plan("vehicle-accident")


def found(town: Town, region: str = "east", route: str | None = "东线") -> list[str]:
    roles = ("account_manager", "inspector")
    return [f"{g.tier} {g.person}" for g in guides(town.roster, region, route, roles, BEGAN)]


def test_the_own_region_comes_first_then_whoever_is_company_wide() -> None:
    assert found(Town()) == ["own p_chang", "other p_du"]
    assert found(Town(), region="north") == ["other p_du", "other p_chang"]


def test_only_who_knows_the_route_and_can_go() -> None:
    assert found(Town(), route="没有的线") == []
    assert found(Town(), route=None) == []
    assert found(Town().sends_away("p_chang", 60)) == ["other p_du"]
    assert found(Town().loses("p_chang", "p_du")) == []


def test_whoever_has_come_back_is_there_again() -> None:
    roster = Town().sends_away("p_chang", 60).roster
    later = BEGAN + timedelta(minutes=61)

    [first, *_] = guides(roster, "east", "东线", ("account_manager",), later)

    assert first.person == "p_chang"


def test_the_dispatcher_sends_a_guide_who_has_a_step_of_their_own(accident: Plan) -> None:
    talk = Talk(accident)

    lines = talk.starts("p_lu", **HURTLESS)

    assert "promised guide p_chang (own, east)" in lines
    assert "guide is p_chang" in lines
    assert "skipped no_guide: not_needed" in lines
    assert talk.completes("p_an_ph", "send_guide")[1] == (
        "opened guide for account_manager of east: p_chang; climb 5, remind 2.5, due 120"
    )


def test_nobody_is_promised_twice(accident: Plan) -> None:
    town = Town()
    talks = [Talk(accident, town) for _ in range(3)]

    for talk, reporter in zip(talks, ("p_lu", "p_xing", "p_lu"), strict=True):
        talk.starts(reporter, **HURTLESS)

    assert [talk.state.fact("guide") for talk in talks] == ["p_chang", "p_du", "none"]
    assert talks[2].state.steps["no_guide"].asked == ("p_song",)


def test_another_one_comes_instead_and_the_first_is_free(accident: Plan) -> None:
    talk = Talk(accident)
    talk.starts("p_lu", **HURTLESS)
    talk.completes("p_an_ph", "send_guide")

    assert talk.swaps("p_an_ph", "send_guide")[:3] == [
        "released p_chang for good",
        "promised guide p_du (other, east)",
        "guide is p_du, not p_chang",
    ]
    assert talk.state.steps["guide"].asked == ("p_du",)
    assert talk.swaps("p_an_ph", "send_guide") == ["refused: nobody_else"]
    assert talk.town.people["p_chang"].promised_to is None


def test_the_search_finds_somebody_later(accident: Plan) -> None:
    talk = Talk(accident, Town().loses("p_chang", "p_du"))
    talk.starts("p_lu", **HURTLESS)
    assert talk.searches_again("p_an_ph", "send_guide") == ["refused: nobody_free"]

    talk.town.people.clear()

    assert talk.searches_again("p_an_ph", "send_guide")[0] == "promised guide p_chang (own, east)"


def test_the_guide_is_free_when_it_is_over(accident: Plan) -> None:
    talk = Talk(accident)
    talk.starts("p_lu", **HURTLESS)

    assert "released p_chang" in talk.merges_into("p_an_ph", 7)
    assert talk.town.people["p_chang"].promised_to is None


def test_colleagues_do_not_say_that_the_guide_has_done_it(accident: Plan) -> None:
    talk = Talk(accident)
    talk.starts("p_lu", **HURTLESS)
    talk.completes("p_an_ph", "send_guide")

    assert talk.completes("p_luo", "guide") == ["refused: not_yours p_chang"]
    assert talk.completes("p_chang", "guide")[0] == "p_chang completed guide"


def test_once_the_route_is_known_they_are_looked_for_again(accident: Plan) -> None:
    talk = Talk(accident)
    talk.starts("p_lu", hurt="no", drivable="yes", fit="no")
    assert talk.state.fact("guide") == "none"

    talk.passes_to(1)
    lines = talk.records("p_lu", "route", "东线")

    assert "promised guide p_chang (own, east)" in lines
    assert "skipped no_guide: not_needed" in lines
    assert talk.state.steps["send_guide"].asked == ("p_an_ph",)


def test_they_are_not_looked_for_when_another_driver_has_been_found(accident: Plan) -> None:
    talk = Talk(accident)
    talk.starts("p_lu", hurt="no", drivable="yes", fit="no")
    talk.passes_to(1)
    talk.records("p_song", "other_driver", "老王")
    talk.completes("p_song", "no_guide")

    assert not [line for line in talk.records("p_lu", "route", "东线") if "promised" in line]


def test_a_route_that_nobody_knows_changes_nothing(accident: Plan) -> None:
    talk = Talk(accident)
    talk.starts("p_lu", hurt="no", drivable="yes", fit="no")
    talk.passes_to(1)

    assert talk.records("p_lu", "route", "没人跑的线") == ["route is 没人跑的线"]
