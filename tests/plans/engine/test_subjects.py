"""The one thing an incident is about."""

from plans import commands as c
from plans.engine.subjects import is_about, vehicles_down
from plans.incident import Parent
from tests.plans.engine.town import ON_THE_ROAD, Talk, library_plan, minute, sample_company

BREAKDOWN, COMPANY = library_plan("vehicle-breakdown"), sample_company()
CAR = "浙A10001"


def broken_down() -> Talk:
    talk = Talk(BREAKDOWN)
    talk.starts("p_lu", vehicle=CAR, where=ON_THE_ROAD)
    return talk


def test_the_same_plan_about_the_same_vehicle() -> None:
    incident = broken_down().state
    assert is_about(BREAKDOWN, incident, CAR)
    assert not is_about(BREAKDOWN, incident, "浙A10002")
    assert not is_about(library_plan("vehicle-accident"), incident, CAR)


def test_the_vehicle_is_down_as_long_as_the_incident_is_open() -> None:
    talk = broken_down()
    assert vehicles_down(BREAKDOWN, None, COMPANY) == set()
    assert vehicles_down(BREAKDOWN, talk.state, COMPANY) == {CAR}
    talk.at(1).tell(c.CancelIncident(minute(1), "p_lu", "a slip"))
    assert vehicles_down(BREAKDOWN, talk.state, COMPANY) == set()


def test_what_another_incident_called_for_leaves_the_vehicle_to_the_other() -> None:
    parent = Parent(number=7, title=BREAKDOWN.title, step="tow")
    called = broken_down().state.model_copy(update={"parent": parent})
    assert vehicles_down(BREAKDOWN, called, COMPANY) == set()


def test_what_is_no_vehicle_of_the_company_is_down_for_nobody() -> None:
    talk = Talk(BREAKDOWN)
    talk.starts("p_lu", vehicle="浙B99999", where=ON_THE_ROAD)
    assert vehicles_down(BREAKDOWN, talk.state, COMPANY) == set()
