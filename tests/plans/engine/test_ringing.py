"""What an incident repeats to everyone in command comes together, and nothing of it comes late."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from plans.engine.pace import SELDOM
from plans.events import (
    CommanderSought,
    StepAcknowledged,
    StepEscalated,
    StepHandedOver,
    StepOpened,
)
from plans.incident import StepStatus
from tests.plans.engine.storm import STORM
from tests.plans.engine.town import Talk, Town, library_plan, minute, plan_of

WATCHES = """
plan: watches
title: {zh: 三处看守, en: Three watches}
icon: 🔭
command: watch
received: {zh: 收到, en: Received}
ask:
  what: {type: text, text: {zh: 什么?, en: What?}}
steps:
  gate:
    owner: dispatcher
    do: {zh: 看大门, en: Watch the gate}
    due: {in: 30 min, acknowledge: 5 min}
  yard:
    owner: dispatcher
    do: {zh: 看院子, en: Watch the yard}
    due: {in: 30 min, acknowledge: 8 min}
  store:
    owner: dispatcher
    do: {zh: 看仓库, en: Watch the store}
    due: {in: 30 h, acknowledge: 5 min}
close:
  by: dispatcher
  when: [gate, yard, store]
  do: {zh: 结束, en: Close}
  due: {in: 1 h}
  tell_reporter: {zh: 完, en: Done}
"""


def begun(town: Town | None = None) -> Talk:
    talk = Talk(plan_of(WATCHES), town or Town())
    talk.starts("p_lu")
    return talk


def repeats(talk: Talk) -> dict[datetime, set[str]]:
    """The steps of which everyone in command is told again, by the moment."""
    found: dict[datetime, set[str]] = defaultdict(set)
    for event in talk.events:
        if isinstance(event, StepEscalated) and event.again:
            found[event.at].add(event.step)
    return found


def test_a_repeat_takes_along_what_would_follow_soon() -> None:
    talk = begun()
    talk.passes_to(30)
    assert {name: talk.state.steps[name].climb_at for name in ("gate", "yard")} == {
        "gate": minute(35),
        "yard": minute(38),
    }
    assert [line for line in talk.passes_to(46) if "again" in line] == [
        "35: gate to command again: p_ding p_fu for silence; climb 45",
        "35: yard to command again: p_ding p_fu for silence; climb 45",
        "45: gate to command again: p_ding p_fu for silence; climb 55",
        "45: yard to command again: p_ding p_fu for silence; climb 55",
    ]


def test_what_is_due_in_days_goes_with_the_last_repeat_before_its_own_and_with_no_other() -> None:
    talk = begun()
    talk.passes_to(25)
    far = talk.state.steps["store"].climb_at
    assert far is not None
    assert far - minute(25) > timedelta(hours=3)

    talk.passes_to(5 * 60)

    with_it = [at for at, steps in repeats(talk).items() if "store" in steps]
    assert len(with_it) == 1
    assert repeats(talk)[with_it[0]] == {"gate", "yard", "store"}
    assert timedelta() <= far - with_it[0] < timedelta(minutes=40)


def test_whom_somebody_in_command_has_just_asked_has_their_own_time() -> None:
    talk = begun()
    talk.passes_to(33)
    talk.hands_over("p_ding", "yard", "p_zhou")
    said = talk.passes_to(36)
    assert [line for line in said if "yard" in line and "again" in line] == []
    assert talk.state.steps["yard"].asked == ("p_zhou",)


def test_a_commander_is_asked_to_confirm_with_the_repeats_and_ever_less_often() -> None:
    talk = Talk(plan_of(STORM))
    talk.starts("p_ye", level="red")
    said = talk.passes_to(26 * 60)
    sought = [float(line.partition(":")[0]) for line in said if "commander sought" in line]
    waits = [later - earlier for earlier, later in pairwise(sought)]
    assert waits[:3] == [5, 10, 10]
    assert sum(at <= 24 * 60 for at in sought) < 45
    assert 60 < waits[-1] <= 120
    with_it = {event.at for event in talk.events if isinstance(event, CommanderSought)}
    assert len(repeats(talk)) > 30
    assert set(repeats(talk)) <= with_it


def test_another_reason_why_nobody_commands_is_told_at_the_first_pace() -> None:
    talk = Talk(plan_of(STORM))
    talk.starts("p_ye", level="red")
    talk.passes_to(20 * 60)
    talk.town.sends_away("p_ding", 48 * 60)
    talk.passes()
    said = talk.passes_to(20 * 60 + 26)
    sought = [float(line.partition(":")[0]) for line in said if "commander sought" in line]
    assert sought == [20 * 60 + 5, 20 * 60 + 15, 20 * 60 + 25]


def test_a_driver_who_does_not_answer_is_asked_less_and_less_and_never_left() -> None:
    talk = Talk(library_plan("vehicle-breakdown"))
    talk.starts("p_lu", blocked="no")
    said = talk.passes_to(48 * 60)
    asked = [float(line.partition(":")[0]) for line in said if "check in_touch asks" in line]
    waits = [later - earlier for earlier, later in pairwise(asked)]
    assert waits[0] == 40
    assert waits == sorted(waits)
    assert waits[-1] == 130
    assert len(asked) < 40


STEPS = ("gate", "yard", "store")
IN_COMMAND = ("p_ding", "p_fu")
moves = st.tuples(
    st.sampled_from(["nothing", "takes", "declines", "hands over", "goes away", "is lost"]),
    st.sampled_from(STEPS),
    st.sampled_from(["p_an_ph", "p_dai", "p_song", *IN_COMMAND]),
    st.sampled_from([1, 4, 13, 47, 300]),
)


def happens(talk: Talk, what: str, step: str, who: str) -> None:
    match what:
        case "takes":
            talk.acknowledges(who, step)
        case "declines":
            talk.declines(who, step)
        case "hands over":
            talk.hands_over(who, step, "p_zhou")
        case "goes away":
            talk.town.sends_away(who, talk.now + 90)
        case "is lost":
            talk.loses(who)


@given(st.lists(moves, max_size=12))
@settings(max_examples=40, deadline=None)
def test_whatever_people_do_nothing_that_nobody_has_is_left_unsaid(
    said: list[tuple[str, str, str, int]],
) -> None:
    """Each telling promises the next; no ringing along breaks that, and it is a day at most."""
    talk = begun()
    for what, step, who, wait in said:
        happens(talk, what, step, who)
        talk.passes_to(talk.now + wait)
    talk.passes_to(talk.now + 30 * 60)

    promised: dict[str, datetime] = {}
    for event in talk.events:
        about = getattr(event, "step", None)
        if about in promised:
            assert event.at <= promised[about], f"{about} was to be told of before {event}"
        if isinstance(event, StepOpened | StepEscalated | StepHandedOver):
            assert event.climb_at - event.at <= SELDOM
            promised[event.step] = event.climb_at
        elif isinstance(event, StepAcknowledged):
            promised[event.step] = event.due_at
    for name, state in talk.state.steps.items():
        if state.status is StepStatus.OPEN:
            assert minute(talk.now) <= promised[name]


@given(st.permutations(range(6)), st.integers(0, 9))
@settings(max_examples=20, deadline=None)
def test_silence_rings_no_oftener_for_many_steps_than_for_one(order: list[int], apart: int) -> None:
    """However far apart they began to climb: six steps that are due at once ring as one."""
    steps = "".join(
        f"  s{n}:\n    owner: dispatcher\n    do: {{zh: 做{n}, en: Do {n}}}\n"
        f"    due: {{after: reported, in: 3 h, acknowledge: {5 + at * apart} min}}\n"
        for at, n in enumerate(order)
    )
    head, _, tail = WATCHES.partition("  gate:")
    text = f"{head}{steps}{tail[tail.index('close:') :]}"
    talk = Talk(plan_of(text.replace("[gate, yard, store]", str([f"s{n}" for n in range(6)]))))
    talk.starts("p_lu")
    talk.passes_to(12 * 60)
    rounds = Counter(len(steps) for at, steps in repeats(talk).items() if at > minute(180))
    assert set(rounds) == {6}
