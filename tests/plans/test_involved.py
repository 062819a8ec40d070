"""Who has a part in an incident, and what of it waits for them."""

from plans.involved import has_part, left_to, steps_with, waiting_for
from tests.plans.engine.town import ON_THE_ROAD, Talk, library_plan, minute

DISPATCHER, DEPUTY, LEADER, DRIVER = "p_an_ph", "p_dai", "p_ding", "p_lu"
SPARE = "send_spare"


def broken_down() -> Talk:
    talk = Talk(library_plan("vehicle-breakdown"))
    talk.starts(DRIVER, vehicle="浙A10001", where=ON_THE_ROAD)
    return talk


def test_whoever_reported_or_was_told_has_a_part() -> None:
    talk = broken_down()
    assert has_part(talk.state, DRIVER)
    assert has_part(talk.state, DISPATCHER)
    assert not has_part(talk.state, DEPUTY)
    talk.passes_to(6)  # the dispatcher is silent
    assert has_part(talk.state, DEPUTY)


def test_what_was_asked_of_somebody_waits_for_them_until_it_is_taken() -> None:
    talk = broken_down()
    assert waiting_for(talk.state, DISPATCHER) == [SPARE]
    talk.at(1).acknowledges(DISPATCHER, SPARE)
    assert waiting_for(talk.state, DISPATCHER) == []
    assert [step for step, _ in steps_with(talk.state, DISPATCHER)] == [SPARE]


def test_what_went_to_everyone_in_command_is_still_left_to_whoever_was_told_before() -> None:
    talk = broken_down()
    talk.passes_to(40)
    roster, at = talk.town.roster, minute(40)
    assert SPARE not in waiting_for(talk.state, DISPATCHER)
    assert SPARE in left_to(roster, talk.state, DISPATCHER, at)
    assert SPARE in left_to(roster, talk.state, LEADER, at)
    assert left_to(roster, talk.state, DRIVER, at) == []
    talk.at(41).acknowledges(DISPATCHER, SPARE)
    assert SPARE not in left_to(talk.town.roster, talk.state, DISPATCHER, minute(41))
