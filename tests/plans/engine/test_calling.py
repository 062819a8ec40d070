"""A step that another plan carries out: begun with it, done when it closes, given back when not."""

from plans.commands import EndChild, EndParent, JoinCall, LinkChild, StartIncident
from plans.engine.calling import PARENTS_LIMIT, handed_on
from plans.incident import IncidentStatus, Parent
from plans.text import Text
from tests.plans.engine.approvals import APPROVAL
from tests.plans.engine.town import Talk, minute, plan_of

ACCIDENT = Text(zh="安全事故", en="Safety accident")
CRASH = """
plan: crash
title: {zh: 撞车, en: Crash}
icon: 💥
command: crash
received: {zh: 收到, en: Received}
ask:
  hurt: {type: yes_no, required: true, text: {zh: 伤了吗?, en: Hurt?}}
  where: {type: place, text: {zh: 在哪?, en: Where?}}
  kind:
    type: choice
    text: {zh: 哪种?, en: Which?}
    choices: {a: {zh: 甲, en: A}, b: {zh: 乙, en: B}}
  count: {type: number, text: {zh: 几个?, en: How many?}}
steps:
  safety:
    when: {hurt: yes}
    owner: head_security
    do: {zh: 按安全预案办, en: Follow the safety plan}
    due: {in: 2 h, acknowledge: 10 min}
    calls: safety
  tow:
    owner: fleet_keeper
    do: {zh: 拖车, en: Tow}
    due: {in: 1 h}
close: {auto: true, by: dispatcher, when: [safety, tow]}
"""
SAFETY = """
plan: safety
title: {zh: 安全事故, en: Safety accident}
icon: 🦺
command: safety
received: {zh: 收到, en: Received}
ask:
  where: {type: place, required: true, text: {zh: 在哪?, en: Where?}}
  kind:
    type: choice
    text: {zh: 哪种?, en: Which?}
    choices: {b: {zh: 乙, en: B}, c: {zh: 丙, en: C}}
  count: {type: text, text: {zh: 几个?, en: How many?}}
steps:
  go: {owner: head_security, do: {zh: 去, en: Go}, due: {in: 1 h}}
close: {auto: true, by: head_security, when: [go]}
"""


def crashed() -> Talk:
    talk = Talk(plan_of(CRASH))
    talk.starts("p_lu", hurt="yes")
    talk.tell(LinkChild(minute(0), "safety", 13, ACCIDENT))
    return talk


def child_ends(talk: Talk, status: IncidentStatus, number: int = 13) -> list[str]:
    return talk.tell(EndChild(minute(talk.now), "p_shi", "safety", number, status))


def test_the_plan_is_called_when_the_step_opens() -> None:
    talk = Talk(plan_of(CRASH))

    assert talk.starts("p_lu") == [
        "started by p_lu in east",
        "opened tow for fleet_keeper of east: p_xiu; climb 5, remind 2.5, due 60",
    ]
    assert talk.records("p_lu", "hurt", "yes") == [
        "hurt is yes",
        "opened safety for head_security of east: p_an_rs; climb 10, remind 5, due 120",
        "called safety for safety",
    ]


def test_while_the_child_is_under_way_nobody_is_chased_for_the_step() -> None:
    talk = crashed()
    talk.completes("p_xiu", "tow")

    assert talk.passes_to(119) == []


def test_past_its_time_it_climbs_though_the_child_is_under_way() -> None:
    talk = crashed()
    talk.completes("p_xiu", "tow")

    assert talk.passes_to(121)[:2] == [
        "120: missed safety, due 120",
        "120: safety to superior: p_fu for overdue; climb 125",
    ]


def test_the_step_is_done_when_the_child_closes() -> None:
    talk = crashed()

    assert child_ends(talk.at(30), "closed") == [
        "#13 for safety is closed",
        "p_shi completed safety",
    ]
    assert talk.state.steps["safety"].settled_by == "p_shi"


def test_its_owner_may_say_before_that_it_is_done() -> None:
    talk = crashed()

    assert talk.completes("p_an_rs", "safety") == ["p_an_rs completed safety"]
    assert child_ends(talk, "closed") == ["#13 for safety is closed"]


def test_a_child_that_goes_away_gives_the_step_back_to_be_chased() -> None:
    talk = crashed()
    talk.completes("p_xiu", "tow")

    assert child_ends(talk.at(30), "cancelled") == ["#13 for safety is cancelled"]
    assert talk.passes_to(41) == [
        "35: reminded of safety: p_an_rs",
        "40: safety to superior: p_fu for silence; climb 45",
    ]


def test_a_step_that_somebody_has_taken_stays_with_them() -> None:
    talk = crashed()
    talk.at(1).acknowledges("p_an_rs", "safety")
    state = talk.state.steps["safety"]

    child_ends(talk.at(30), "merged")

    assert talk.state.steps["safety"].remind_at == state.remind_at
    assert talk.state.steps["safety"].climb_at is None


def test_another_ones_end_is_nothing_to_this_step() -> None:
    assert child_ends(crashed(), "closed", number=99) == []


def test_what_is_needed_again_calls_again_only_if_the_child_has_ended() -> None:
    talk = crashed()
    talk.records("p_lu", "hurt", "no")
    assert "called safety for safety" not in talk.records("p_lu", "hurt", "yes")

    talk.records("p_lu", "hurt", "no")
    child_ends(talk, "closed")
    assert "called safety for safety" in talk.records("p_lu", "hurt", "yes")


def test_a_parent_that_has_ended_still_learns_of_its_child_s_end() -> None:
    talk = crashed()
    talk.merges_into("p_an_ph", 7)

    assert child_ends(talk, "closed") == ["#13 for safety is closed"]
    child = talk.state.steps["safety"].child
    assert child is not None
    assert child.status == "closed"


def test_a_child_learns_once_that_its_parent_has_ended() -> None:
    talk = Talk(plan_of(SAFETY))
    parent = Parent(number=12, title=ACCIDENT, step="safety")
    talk.tell(StartIncident(minute(0), "p_lu", 13, "1", "east", parent=parent))

    assert talk.tell(EndParent(minute(5), 12)) == ["parent_ended"]
    assert talk.tell(EndParent(minute(6), 12)) == []
    assert talk.state.parent == parent.model_copy(update={"ended": True})


def test_facts_of_the_same_name_and_type_are_handed_on_where_they_fit() -> None:
    talk = Talk(plan_of(CRASH))
    talk.starts("p_lu", hurt="yes", kind="a", count=3)
    child = plan_of(SAFETY)

    assert dict(handed_on(talk.plan, talk.state, child, "safety")) == {}
    talk.records("p_lu", "kind", "b")
    assert dict(handed_on(talk.plan, talk.state, child, "safety")) == {"kind": "b"}


def test_a_calling_step_says_what_the_plan_knows_already() -> None:
    said = CRASH.replace("calls: safety\n", "calls: safety\n    calls_with: {kind: b, count: 3}\n")
    talk = Talk(plan_of(said))
    talk.starts("p_lu", hurt="yes")

    # What does not fit the called plan's question is left out; a fact that is known comes first.
    assert dict(handed_on(talk.plan, talk.state, plan_of(SAFETY), "safety"))["kind"] == "b"


def test_what_was_decided_is_handed_on_too() -> None:
    talk = Talk(plan_of(APPROVAL))
    talk.starts("p_chang", count=20)
    talk.decides("p_ke", "approved", 20, 15)
    child = plan_of(SAFETY.replace("count: {type: text", "granted: {type: number"))

    assert dict(handed_on(talk.plan, talk.state, child)) == {"granted": 15}


def test_opened_again_under_a_child_it_is_quiet_from_the_start() -> None:
    talk = crashed()
    talk.completes("p_xiu", "tow")
    talk.records("p_lu", "hurt", "no")
    talk.records("p_lu", "hurt", "yes")

    assert talk.passes_to(100) == []


def test_another_incident_may_wait_for_the_same_one() -> None:
    talk = Talk(plan_of(SAFETY))
    talk.starts("p_lu")
    first, other = (Parent(number=n, title=ACCIDENT, step="safety") for n in (12, 14))

    assert talk.tell(JoinCall(minute(1), first)) == ["joined by #12 for safety"]
    assert talk.tell(JoinCall(minute(2), first)) == []  # twice is once
    assert talk.tell(JoinCall(minute(3), other)) == ["joined by #14 for safety"]
    assert talk.state.parents == (first, other)
    assert talk.tell(EndParent(minute(4), 14)) == ["parent_ended"]
    assert [parent.ended for parent in talk.state.parents] == [False, True]


def test_no_more_wait_for_it_than_can_be_told() -> None:
    talk = Talk(plan_of(SAFETY))
    talk.starts("p_lu")
    for number in range(100, 100 + PARENTS_LIMIT + 1):
        talk.tell(JoinCall(minute(1), Parent(number=number, title=ACCIDENT, step="safety")))

    assert len(talk.state.parents) == PARENTS_LIMIT


FOLLOWED = (
    CRASH
    + """
follow_up:
  - {plan: safety, in: 2 d}
  - {plan: crash, in: 30 min, when: {kind: a}}
  - {plan: tow, in: 1 h, when: {kind: b}}
"""
)


def test_what_its_facts_ask_for_follows_when_it_closes() -> None:
    talk = Talk(plan_of(FOLLOWED))
    talk.starts("p_lu", hurt="no", kind="a")

    assert talk.at(10).completes("p_xiu", "tow") == [
        "p_xiu completed tow",
        "skipped close: closed",
        "safety follows at 2890",
        "crash follows at 40",
        "closed by p_xiu",
    ]
    assert [one.plan for one in talk.state.following] == ["safety", "crash"]


def test_an_answer_that_nobody_gave_asks_for_nothing() -> None:
    talk = Talk(plan_of(FOLLOWED))
    talk.starts("p_lu", hurt="no")
    talk.completes("p_xiu", "tow")

    assert [one.plan for one in talk.state.following] == ["safety"]


def test_nothing_follows_a_mistake() -> None:
    talk = Talk(plan_of(FOLLOWED))
    talk.starts("p_lu", hurt="no", kind="a")
    talk.merges_into("p_an_ph", 7)

    assert talk.state.following == ()
