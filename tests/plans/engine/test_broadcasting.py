"""Broadcasting: sending does the step, whoever may do it; how far it has come stands with it."""

from plans import commands as c
from plans.incident import SentBroadcast, StepStatus
from tests.plans.engine.gale import GALE
from tests.plans.engine.town import Talk, Town, minute, plan_of

DISPATCHER = "p_an_ph"


def a_gale() -> Talk:
    talk = Talk(plan_of(GALE), Town())
    talk.starts("p_lu", strength=10)
    return talk


def sends(talk: Talk, by: str = DISPATCHER, step: str = "warn", number: int = 1) -> list[str]:
    return talk.tell(c.SendBroadcast(minute(talk.now), by, step, number, 20, 2))


def counts(talk: Talk, number: int, confirmed: int, step: str = "warn") -> list[str]:
    return talk.tell(c.CountBroadcast(minute(talk.now), step, number, 20, 20, confirmed, 0))


def known(talk: Talk) -> Talk:
    talk.records(DISPATCHER, "source", "the bureau")
    return talk


def test_sending_does_the_step() -> None:
    assert sends(known(a_gale())) == [
        "p_an_ph broadcast warn as 1 to 20 and 2 groups",
        "p_an_ph completed warn",
    ]


def test_what_the_step_is_to_record_comes_first() -> None:
    assert sends(a_gale()) == ["refused: needs_fact source"]


def test_it_is_sent_once_and_by_whoever_may() -> None:
    talk = known(a_gale())
    assert sends(talk, "p_chang") == ["refused: not_yours dispatcher"]
    sends(talk)
    assert sends(talk, "p_dai", number=2) == ["refused: already_done p_an_ph"]
    broadcast = talk.state.steps["warn"].broadcast
    assert broadcast == SentBroadcast(number=1, people=20)


def test_a_step_without_one_sends_nothing() -> None:
    assert sends(a_gale(), step="watch") == ["refused: no_such_step watch"]
    assert sends(a_gale(), step="dance") == ["refused: no_such_step dance"]
    assert sends(a_gale(), step="all_clear") == ["refused: not_open all_clear"]


def test_told_otherwise_it_is_done_without_a_broadcast() -> None:
    talk = known(a_gale())
    talk.completes(DISPATCHER, "warn")
    state = talk.state.steps["warn"]
    assert (state.status, state.broadcast) == (StepStatus.DONE, None)


def test_how_far_it_has_come_is_told_where_it_has_changed() -> None:
    talk = known(a_gale())
    assert counts(talk, 1, 0) == []
    sends(talk)
    assert counts(talk, 1, 7) == ["warn: 7 of 20 confirmed 1"]
    assert counts(talk, 1, 7) == []
    assert counts(talk, 2, 9) == []
    assert counts(talk, 1, 9, "dance") == []


def test_what_took_its_place_is_what_is_counted() -> None:
    talk = known(a_gale())
    sends(talk)
    counts(talk, 1, 7)
    talk.at(10).records(DISPATCHER, "strength", 12)
    assert talk.state.steps["warn"].status is StepStatus.OPEN
    # Until it is sent anew, the first one is what people have.
    assert counts(talk, 1, 8) == ["warn: 8 of 20 confirmed 1"]
    talk.records(DISPATCHER, "source", "the bureau, again")
    assert sends(talk, number=2)[0] == "p_an_ph broadcast warn as 2 to 20 and 2 groups"
    assert counts(talk, 1, 9) == []
    assert talk.state.steps["warn"].broadcast == SentBroadcast(number=2, people=20)


def test_what_is_told_after_the_end_changes_nothing() -> None:
    talk = known(a_gale())
    sends(talk)
    talk.completes(DISPATCHER, "watch")
    sends(talk, step="all_clear", number=2)
    assert not talk.state.is_open
    assert counts(talk, 1, 20) == []
