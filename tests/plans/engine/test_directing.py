"""Directing: reporting for somebody, choosing the spare, reassigning, cancelling a mistake."""

import pytest

from plans.format import Plan
from plans.incident import StepStatus
from tests.plans.engine.town import ON_THE_ROAD, Talk, Town, library_plan


@pytest.fixture(scope="module")
def breakdown() -> Plan:
    return library_plan("vehicle-breakdown")


def test_what_is_the_reporters_goes_to_whom_it_was_reported_for(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    lines = talk.is_filed("p_an_ph", "p_lu", where=ON_THE_ROAD, blocked="yes")

    assert lines[0] == "started by p_lu in east"
    assert any(line.startswith("opened make_safe for driver of east: p_lu;") for line in lines)
    assert (talk.state.reporter, talk.state.filed_by) == ("p_lu", "p_an_ph")
    assert talk.records("p_an_ph", "fault", "tyre") == ["fault is tyre"]


def test_a_word_from_whoever_filed_it_is_no_word_from_the_driver(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    talk.is_filed("p_an_ph", "p_lu", where=ON_THE_ROAD)
    talk.passes_to(30)

    assert talk.records("p_an_ph", "fault", "tyre") == ["fault is tyre"]
    assert talk.answers("p_lu") == ["check in_touch answered; next 60"]


def test_whoever_reports_for_themselves_has_filed_nothing(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    talk.starts("p_lu")

    assert talk.state.filed_by is None
    assert talk.state.reporters == ("p_lu",)


def test_the_steps_of_a_driver_without_an_account_pass_on_at_once(breakdown: Plan) -> None:
    talk = Talk(breakdown, Town().never_knew("p_lu"))
    lines = talk.is_filed("p_an_ph", "p_lu", where=ON_THE_ROAD, blocked="yes")

    at = lines.index(next(line for line in lines if line.startswith("opened make_safe")))
    assert lines[at + 2].startswith("make_safe to superior: p_an_ph")


def test_the_spare_that_somebody_chose_is_promised(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    talk.starts("p_lu", where=ON_THE_ROAD)

    assert talk.swaps("p_an_ph", to="浙A10012") == [
        "released 浙A10009 for good",
        "promised spare 浙A10012 (city, hq)",
        "spare is 浙A10012, not 浙A10009",
    ]


def test_a_spare_that_is_gone_meanwhile_is_not_taken(breakdown: Plan) -> None:
    town = Town()
    first, second = Talk(breakdown, town), Talk(breakdown, town)
    first.starts("p_lu", where=ON_THE_ROAD)
    second.starts("p_xing", where=ON_THE_ROAD)

    assert first.swaps("p_an_ph", to="浙A10004") == ["refused: not_free 浙A10004"]
    assert first.state.fact("spare") == "浙A10009"
    assert first.swaps("p_an_ph", to="浙A10001") == ["refused: not_free 浙A10001"]


def test_a_promised_vehicle_that_breaks_down_itself_is_on_record(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    talk.starts("p_lu", where=ON_THE_ROAD)

    assert talk.loses_vehicle("浙A10009", 2) == ["lost 浙A10009 to 2"]
    assert talk.loses_vehicle("浙A10004", 2) == []
    assert talk.swaps("p_an_ph")[0] == "released 浙A10009 for good"


def test_whoever_has_command_gives_a_step_to_anybody(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    talk.starts("p_lu")
    talk.acknowledges("p_xiu", "repair")

    assert talk.at(2).reassigns("p_an_ph", "repair", "p_chang") == [
        "p_an_ph handed repair to p_chang; climb 12, due 60"
    ]
    assert talk.state.steps["repair"].taken_by is None
    assert talk.completes("p_chang", "repair") == ["p_chang completed repair"]


@pytest.mark.parametrize(
    ("by", "to", "why"),
    [
        ("p_zhou", "p_dai", "not_yours fleet_keeper"),  # command, but of another region
        ("p_chang", "p_dai", "not_yours fleet_keeper"),
        ("p_an_ph", "stranger", "not_theirs stranger"),
    ],
)
def test_reassigning_is_for_those_who_have_command_there(
    breakdown: Plan, by: str, to: str, why: str
) -> None:
    talk = Talk(breakdown)
    talk.starts("p_lu")

    assert talk.reassigns(by, "repair", to) == [f"refused: {why}"]


def test_nothing_is_given_to_somebody_out_of_reach(breakdown: Plan) -> None:
    talk = Talk(breakdown, Town().loses("p_dai"))
    talk.starts("p_lu")

    assert talk.reassigns("p_an_ph", "repair", "p_dai") == ["refused: out_of_reach p_dai"]


def test_a_stand_in_of_another_department_may_be_handed_the_step(breakdown: Plan) -> None:
    town = Town()
    talk = Talk(breakdown, town)
    talk.starts("p_lu")
    assert talk.hands_over("p_xiu", "repair", "p_chang") == ["refused: not_theirs p_chang"]

    town.sends_away("p_xiu", until=600, stand_in="p_chang")

    assert talk.hands_over("p_xiu", "repair", "p_chang")[0].startswith("p_xiu handed repair")


def test_a_mistake_is_cancelled_and_everything_let_go(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    talk.starts("p_lu", where=ON_THE_ROAD)

    lines = talk.at(9).cancels("p_lu", "pressed by mistake")

    assert "released 浙A10009" in lines
    assert "check in_touch ended" in lines
    assert lines[-1] == "cancelled by p_lu: pressed by mistake"
    assert talk.state.status == "cancelled"
    assert {s.status for s in talk.state.steps.values()} == {StepStatus.SKIPPED}
    assert talk.passes_to(600) == []
    assert talk.cancels("p_lu") == ["refused: ended"]


def test_who_may_cancel_and_until_when(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    talk.is_filed("p_an_ph", "p_lu", where=ON_THE_ROAD)
    assert talk.cancels("p_xiu") == ["refused: no_part dispatcher"]
    assert talk.cancels("p_lu", " ") == ["refused: no_reason"]

    assert talk.at(10.5).cancels("p_lu") == ["refused: too_late dispatcher"]
    assert talk.cancels("p_an_ph")[-1] == "cancelled by p_an_ph: a slip"
