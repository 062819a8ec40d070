"""Vehicles from the pool: promised once, in order, let go in the end."""

import pytest

from plans.format import Plan
from plans.incident import StepStatus
from tests.plans.engine.test_facts import GUARDED_SEARCH
from tests.plans.engine.town import ON_THE_ROAD, Talk, Town, library_plan, plan_of


@pytest.fixture(scope="module")
def breakdown() -> Plan:
    return library_plan("vehicle-breakdown")


def test_another_vehicle_is_taken_and_the_first_never_again(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    talk.starts("p_lu", where=ON_THE_ROAD)

    assert talk.swaps("p_an_ph") == [
        "released 浙A10009 for good",
        "promised spare 浙A10004 (nearest, south)",
        "spare is 浙A10004, not 浙A10009",
    ]
    assert talk.swaps("p_an_ph")[1] == "promised spare 浙A10012 (city, hq)"
    assert talk.swaps("p_an_ph") == ["refused: nothing_else"]
    assert talk.state.refused == ("浙A10009", "浙A10004")


def test_two_incidents_never_get_the_same_vehicle(breakdown: Plan) -> None:
    town = Town()
    talks = [Talk(breakdown, town) for _ in range(4)]

    for talk, reporter in zip(talks, ("p_lu", "p_xing", "p_lu", "p_xing"), strict=True):
        talk.starts(reporter, where=ON_THE_ROAD)

    promised = [talk.state.fact("spare") for talk in talks]
    assert sorted(map(str, promised)) == ["none", "浙A10004", "浙A10009", "浙A10012"]


def test_what_the_first_incident_lets_go_the_second_can_have(breakdown: Plan) -> None:
    town = Town()
    first, second = Talk(breakdown, town), Talk(breakdown, town)
    first.starts("p_lu")
    town.vehicles = {
        **Town().without_spares().vehicles,
        "浙A10009": town.roster.vehicle_state("浙A10009"),
    }
    second.starts("p_xing")
    assert second.searches_again("p_an_ph") == ["refused: nothing_free"]

    first.merges_into("p_an_ph", 2)

    assert second.at(4).searches_again("p_an_ph")[:2] == [
        "promised spare 浙A10009 (nearest, north)",
        "spare is 浙A10009, not none",
    ]


def test_a_search_that_succeeds_late_gets_its_time_anew(breakdown: Plan) -> None:
    """It was due a quarter of an hour after the report, which is long over."""
    talk = Talk(breakdown, Town().without_spares())
    talk.starts("p_lu")
    talk.town.vehicles.clear()

    assert (
        "opened send_spare for dispatcher of east: p_an_ph; climb 45, remind 42.5, due 55"
        in talk.at(40).searches_again("p_an_ph")
    )


def test_the_broken_vehicle_is_not_offered_as_its_own_spare(breakdown: Plan) -> None:
    talk = Talk(breakdown)

    talk.starts("p_bei", region="north", vehicle="浙A10009")

    assert talk.state.fact("spare") != "浙A10009"


def test_whoever_was_to_bring_the_first_vehicle_is_let_go_with_it() -> None:
    talk = Talk(plan_of(GUARDED_SEARCH))
    talk.starts("p_lu", out="yes")
    assert talk.state.steps["guide"].asked == ("p_you",)

    lines = talk.at(2).swaps("p_an_ph", "send")

    assert "withheld guide" in lines
    assert talk.state.steps["guide"].status is StepStatus.OPEN
    assert talk.state.steps["guide"].region != "north"


def test_a_spare_without_a_driver_is_brought_by_whoever_may_close(breakdown: Plan) -> None:
    town = Town()
    written = town.company.model_dump()
    written["vehicles"]["浙A10009"]["driver"] = None
    town.company = type(town.company).model_validate(written)
    talk = Talk(breakdown, town)
    talk.starts("p_lu")

    assert talk.completes("p_an_ph", "send_spare")[1] == (
        "opened take_over for dispatcher of north: p_bi; climb 5, remind 2.5, due 90"
    )


def test_a_driver_who_does_not_answer_is_followed_by_those_above(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    talk.starts("p_lu")
    talk.acknowledges("p_xiu", "repair")
    talk.completes("p_an_ph", "send_spare")

    assert talk.passes_to(10) == [
        "2.5: reminded of take_over: p_bei",
        "5: take_over to superior: p_bi p_fu_sq for silence; climb 10",
        "10: take_over to superior: p_song for silence; climb 15",
    ]


def test_the_vehicle_somebody_named_has_a_region_and_a_driver() -> None:
    asked = "  van: {type: vehicle, text: {zh: 车?, en: Van?}}\n  out: {type"
    text = GUARDED_SEARCH.replace("  out: {type", asked)
    text = text.replace("{driver_of: spare}", "{driver_of: van}").replace("    after: send\n", "")
    talk = Talk(plan_of(text))

    assert "opened drive for driver of north: p_shun; climb 5, remind 2.5, due 60" in talk.starts(
        "p_lu", van="浙A10008", out="yes"
    )
