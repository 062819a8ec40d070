"""Every reason for which something is refused, and who may do what."""

import pytest

from plans import commands as c
from plans.place import Place
from tests.plans.engine.town import Talk, Town, library_plan, minute, plan_of
from tests.plans.sound_plan import SOUND


@pytest.fixture
def talk() -> Talk:
    talk = Talk(library_plan("vehicle-breakdown"))
    talk.starts("p_lu", blocked="no")
    return talk


def test_what_is_over_is_over(talk: Talk) -> None:
    talk.merges_into("p_an_ph", 9)

    assert talk.completes("p_an_ph", "repair") == ["refused: ended"]
    assert talk.merges_into("p_an_ph", 8) == ["refused: ended"]
    assert talk.joins("p_xing") == ["refused: ended"]


def test_a_step_there_is_not(talk: Talk) -> None:
    assert talk.completes("p_an_ph", "dance") == ["refused: no_such_step dance"]
    assert talk.swaps("p_an_ph", "dance") == ["refused: no_such_step dance"]
    assert talk.searches_again("p_xiu", "repair") == ["refused: no_such_step repair"]


def test_a_step_that_is_not_open(talk: Talk) -> None:
    assert talk.acknowledges("p_bei", "take_over") == ["refused: not_open take_over"]
    assert talk.completes("p_lu", "make_safe") == ["refused: not_open make_safe"]
    assert talk.searches_again("p_an_ph") == ["refused: not_open send_spare"]
    talk.completes("p_an_ph", "send_spare")
    talk.completes("p_bei", "take_over")
    assert talk.swaps("p_an_ph") == ["refused: not_open send_spare"]


def test_what_is_done_is_done(talk: Talk) -> None:
    talk.completes("p_xiu", "repair")

    assert talk.completes("p_song", "repair") == ["refused: already_done p_xiu"]


def test_what_is_taken_is_taken(talk: Talk) -> None:
    talk.acknowledges("p_an_ph", "send_spare")

    assert talk.acknowledges("p_an_ph", "send_spare") == ["refused: already_yours p_an_ph"]
    assert talk.acknowledges("p_dai", "send_spare") == ["refused: taken p_an_ph"]
    assert talk.hands_over("p_song", "send_spare", "p_an_ph") == ["refused: taken p_an_ph"]
    assert talk.declines("p_dai", "send_spare") == ["refused: taken p_an_ph"]
    talk.passes_to(16)
    assert talk.declines("p_dai", "send_spare") == ["p_dai declined send_spare: busy"]


@pytest.mark.parametrize("stranger", ["p_lu", "p_zhou", "p_shi", "p_qian", "nobody"])
def test_a_step_is_not_anybodys(talk: Talk, stranger: str) -> None:
    assert talk.acknowledges(stranger, "send_spare") == ["refused: not_yours dispatcher"]
    assert talk.declines(stranger, "send_spare") == ["refused: not_yours dispatcher"]
    assert talk.swaps(stranger) == ["refused: not_yours dispatcher"]


@pytest.mark.parametrize("above", ["p_dai", "p_song", "p_fu", "p_ding"])
def test_a_step_is_also_for_the_deputy_and_those_above(talk: Talk, above: str) -> None:
    assert talk.completes(above, "send_spare")[0] == f"{above} completed send_spare"


def test_what_must_be_recorded_comes_first() -> None:
    talk = Talk(plan_of(SOUND))
    talk.starts("p_lu", wet="no")

    assert talk.completes("p_an_ph", "shut") == ["refused: needs_fact valve"]
    talk.records("p_an_ph", "valve", "the red one")
    assert talk.completes("p_an_ph", "shut")[0] == "p_an_ph completed shut"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("spare", "浙A10004"),
        ("nonsense", "yes"),
        ("blocked", "maybe"),
        ("blocked", 1),
        ("fault", "paint"),
        ("vehicle", "浙A·10001"),
        ("vehicle", "none"),
        ("stops_left", -1),
        ("stops_left", 1_000_001),
        ("stops_left", "5"),
        ("stops_left", True),
        ("eta", 0),
        ("eta", 43_201),
        ("workshop", ""),
        ("workshop", "none"),
        ("workshop", "x" * 501),
        ("where", "K12+300"),
        ("blocked", Place(text="here")),
    ],
)
def test_a_value_that_does_not_fit(talk: Talk, name: str, value: str | int | Place) -> None:
    assert talk.records("p_an_ph", name, value) == [f"refused: bad_value {name}"]
    started = c.StartIncident(minute(0), "p_lu", 1, "1", "east", {name: value})
    assert Talk(talk.plan).tell(started) == [f"refused: bad_value {name}"]


def test_whoever_has_nothing_to_do_with_it_says_nothing(talk: Talk) -> None:
    assert talk.records("p_zhou", "blocked", "yes") == ["refused: no_part"]
    assert talk.notes("p_zhou", "hello") == ["refused: no_part"]
    assert talk.moves("p_an_ph", Place(text="here")) == ["refused: no_part"]


def test_handing_over_to_the_wrong_person(talk: Talk) -> None:
    assert talk.hands_over("p_an_ph", "send_spare", "p_qian") == ["refused: not_theirs p_qian"]
    assert talk.hands_over("p_an_ph", "send_spare", "nobody") == ["refused: not_theirs nobody"]
    talk.town.loses("p_zhou")
    assert talk.hands_over("p_an_ph", "send_spare", "p_zhou") == ["refused: out_of_reach p_zhou"]


def test_no_refusal_without_a_reason(talk: Talk) -> None:
    assert talk.declines("p_an_ph", "send_spare", "  ") == ["refused: no_reason send_spare"]


def test_nothing_else_and_nothing_free() -> None:
    talk = Talk(library_plan("vehicle-breakdown"), Town().without_spares())
    talk.starts("p_lu")
    assert talk.searches_again("p_an_ph") == ["refused: nothing_free"]
    assert talk.searches_again("p_zhou") == ["refused: not_yours dispatcher"]


def test_a_check_there_is_not(talk: Talk) -> None:
    assert talk.answers("p_lu", "weather") == ["refused: not_asked weather"]


def test_only_those_named_may_close(talk: Talk) -> None:
    talk.completes("p_an_ph", "send_spare")
    talk.completes("p_bei", "take_over")
    talk.completes("p_xiu", "repair")

    assert talk.completes("p_lu", "close") == ["refused: not_yours dispatcher"]
    assert talk.completes("p_zhou", "close") == ["refused: not_yours dispatcher"]
    assert talk.completes("p_dai", "close")[-1] == "closed by p_dai"


def test_an_incident_starts_once_and_before_all_else(talk: Talk) -> None:
    with pytest.raises(ValueError, match="starts once"):
        talk.starts("p_lu")
    with pytest.raises(ValueError, match="no incident yet"):
        Talk(talk.plan).tell(c.PassTime(minute(1)))
