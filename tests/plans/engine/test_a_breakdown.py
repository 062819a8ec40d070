"""A breakdown from the first report to the last step, minute by minute."""

import pytest

from plans.format import Plan
from plans.incident import SkipReason, StepStatus
from tests.plans.engine.town import ON_THE_ROAD, Talk, Town, library_plan, minute


@pytest.fixture(scope="module")
def breakdown() -> Plan:
    return library_plan("vehicle-breakdown")


def test_a_spare_from_the_nearest_region_takes_over_and_the_incident_closes(
    breakdown: Plan,
) -> None:
    talk = Talk(breakdown)

    assert talk.starts("p_lu", where=ON_THE_ROAD, vehicle="浙A10001", blocked="no") == [
        "started by p_lu in east",
        "where is 30.19,120.41",
        "vehicle is 浙A10001",
        "blocked is no",
        "check in_touch begins at 30",
        "route is 东线",
        "skipped make_safe: not_needed",
        "skipped clear_way: not_needed",
        "promised spare 浙A10009 (nearest, north)",
        "spare is 浙A10009",
        "opened send_spare for dispatcher of east: p_an_ph; climb 5, remind 2.5, due 15",
        "skipped no_spare: not_needed",
        "opened repair for fleet_keeper of east: p_xiu; climb 10, remind 5, due 60",
        "skipped tell_customers: not_needed",
    ]
    assert talk.at(2).acknowledges("p_an_ph", "send_spare") == [
        "p_an_ph has send_spare, remind 8.5, due 15"
    ]
    assert talk.passes_to(6) == ["5: reminded of repair: p_xiu"]
    assert talk.at(7).completes("p_an_ph", "send_spare") == [
        "p_an_ph completed send_spare",
        "opened take_over for driver of north: p_bei; climb 12, remind 9.5, due 97",
    ]
    assert talk.at(8).acknowledges("p_bei", "take_over") == [
        "p_bei has take_over, remind 52.5, due 97"
    ]
    assert talk.records("p_bei", "eta", 40) == ["eta is 40"]
    assert talk.at(9).acknowledges("p_xiu", "repair") == ["p_xiu has repair, remind 34.5, due 60"]
    assert talk.passes_to(31) == ["30: check in_touch asks p_lu until 40"]
    assert talk.answers("p_lu") == ["check in_touch answered; next 61"]
    assert talk.at(45).completes("p_bei", "take_over") == [
        "p_bei completed take_over",
        "check in_touch ended",
    ]
    assert talk.at(50).completes("p_xiu", "repair") == [
        "p_xiu completed repair",
        "opened close for dispatcher of east: p_an_ph; climb 65, remind 57.5, due 110",
    ]
    assert talk.at(52).completes("p_an_ph", "close") == [
        "p_an_ph completed close",
        "skipped find_driver: closed",
        "released 浙A10009",
        "closed by p_an_ph",
    ]
    assert talk.state.status == "closed"
    assert talk.state.ended_at == minute(52)
    assert talk.state.due_next() is None


def test_without_any_spare_the_head_of_distribution_finds_another_way(breakdown: Plan) -> None:
    talk = Talk(breakdown, Town().without_spares())

    assert talk.starts("p_lu", blocked="no", stops_left=0)[4:] == [
        "skipped make_safe: not_needed",
        "skipped clear_way: not_needed",
        "spare is none",
        "skipped send_spare: short",
        "opened no_spare for head_distribution of east: p_song; climb 5, remind 2.5, due 30",
        "skipped take_over: not_needed",
        "opened repair for fleet_keeper of east: p_xiu; climb 10, remind 5, due 60",
        "skipped tell_customers: not_needed",
    ]
    talk.at(10).completes("p_song", "no_spare")
    assert talk.at(20).completes("p_xiu", "repair") == [
        "p_xiu completed repair",
        "opened close for dispatcher of east: p_an_ph; climb 35, remind 27.5, due 80",
    ]


def test_closing_settles_everything_that_is_still_open(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    talk.starts("p_lu", blocked="yes")
    talk.completes("p_an_ph", "send_spare")
    talk.completes("p_bei", "take_over")
    talk.completes("p_xiu", "repair")

    assert talk.completes("p_song", "close") == [
        "p_song completed close",
        "skipped make_safe: closed",
        "skipped clear_way: closed",
        "skipped find_driver: closed",
        "released 浙A10009",
        "closed by p_song",
    ]
    assert talk.state.promises == {}
    assert talk.town.roster.vehicle_state("浙A10009").free
    assert {s.status for s in talk.state.steps.values()} == {StepStatus.DONE, StepStatus.SKIPPED}
    assert talk.state.steps["make_safe"].skipped_for is SkipReason.CLOSED


def test_a_person_who_fell_silent_while_reporting_is_still_helped(breakdown: Plan) -> None:
    lines = Talk(breakdown).starts("p_lu")

    assert [line.split(" for ")[0] for line in lines if line.startswith("opened")] == [
        "opened send_spare",
        "opened repair",
    ]
    assert not [line for line in lines if "make_safe" in line]


def test_after_being_down_a_late_minute_says_when_it_was_due(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    talk.starts("p_lu")
    talk.at(1).acknowledges("p_an_ph", "send_spare")

    assert talk.at(180).passes() == [
        "missed send_spare, due 15",
        "send_spare to deputy: p_dai for overdue; climb 185",
        "missed repair, due 60",
        "repair to superior: p_song for silence; climb 185",
        "check in_touch asks p_lu until 190",
    ]
    assert talk.passes() == []


def test_a_note_is_taken_after_the_end_and_nothing_else_is(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    talk.starts("p_lu")
    talk.merges_into("p_an_ph", 7)

    assert talk.notes("p_lu", "the tow truck is here") == ["note by p_lu: the tow truck is here"]
    assert talk.acknowledges("p_an_ph", "send_spare") == ["refused: ended"]
    assert talk.at(500).passes() == []
    assert talk.loses("p_an_ph") == []
