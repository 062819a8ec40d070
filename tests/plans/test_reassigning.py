"""Who cannot be counted on, and who is next for what they have."""

import pytest

from plans.format import Plan
from plans.reassigning import Held, held_steps, next_for
from tests.plans.engine.town import Talk, library_plan, minute


@pytest.fixture(scope="module")
def breakdown() -> Plan:
    return library_plan("vehicle-breakdown")


def held(talk: Talk, at: float = 0) -> dict[str, Held]:
    found = held_steps(talk.state, talk.town.roster, minute(at))
    return {one.person: one for one in found}


def test_whoever_has_a_step_or_is_asked_holds_it(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    talk.starts("p_lu")
    talk.acknowledges("p_dai", "send_spare")

    assert {person: (one.step, one.why) for person, one in held(talk).items()} == {
        "p_dai": ("send_spare", "there"),
        "p_xiu": ("repair", "there"),
    }


def test_away_and_out_of_reach_are_told_apart_and_their_steps_stranded(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    talk.starts("p_lu")
    talk.town.sends_away("p_an_ph", until=600).loses("p_xiu")

    found = held(talk)

    assert (found["p_an_ph"].why, found["p_an_ph"].stranded) == ("away", True)
    assert (found["p_xiu"].why, found["p_xiu"].stranded) == ("unreachable", True)


def test_whoever_was_reminded_and_says_nothing_is_silent(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    talk.starts("p_lu")
    talk.passes_to(4)

    assert held(talk, 4)["p_an_ph"].why == "silent"
    assert held(talk, 4)["p_xiu"].why == "there"
    assert not held(talk, 4)["p_an_ph"].stranded


def test_a_stand_in_comes_before_the_ladder(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    talk.starts("p_lu")
    talk.town.sends_away("p_an_ph", until=600, stand_in="p_shang")
    roster = talk.town.roster

    assert next_for(breakdown, held(talk)["p_an_ph"], roster, minute(0)) == "p_shang"


def test_without_one_the_next_up_the_ladder_who_can_be_told(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    talk.starts("p_lu")
    talk.town.sends_away("p_an_ph", until=600).loses("p_dai")
    roster = talk.town.roster

    assert next_for(breakdown, held(talk)["p_an_ph"], roster, minute(0)) == "p_song"


def test_nobody_is_next_when_nobody_can_be_told(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    talk.starts("p_lu")
    talk.town.sends_away("p_xiu", until=600).loses("p_song", "p_fu", "p_ding")
    roster = talk.town.roster

    assert next_for(breakdown, held(talk)["p_xiu"], roster, minute(0)) is None


def test_what_is_settled_is_held_by_nobody(breakdown: Plan) -> None:
    talk = Talk(breakdown)
    talk.starts("p_lu")
    talk.completes("p_xiu", "repair")

    assert "p_xiu" not in held(talk)
