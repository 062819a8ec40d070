"""Approving: who may decide on so many, who is next, and what a changed number does."""

from datetime import timedelta
from itertools import pairwise

from plans.events import StepEscalated
from plans.incident import StepStatus
from tests.plans.engine.approvals import APPROVAL
from tests.plans.engine.town import Talk, Town, plan_of

MANAGER, REVIEWER, KEEPER = "p_chang", "p_shang", "p_cang"
FIRST, SECOND, THIRD = "p_ke", "p_xu", "p_mei"


def asked_for(count: int, by: str = MANAGER, town: Town | None = None) -> Talk:
    talk = Talk(plan_of(APPROVAL), town or Town())
    talk.starts(by, count=count)
    return talk


def asked(talk: Talk, step: str = "approve") -> tuple[str, ...]:
    return talk.state.steps[step].asked


# Who decides


def test_up_to_the_first_bound_the_first_tier_is_asked() -> None:
    talk = asked_for(50)

    assert asked(talk) == (FIRST,)
    assert talk.decides(FIRST, "approved", 50) == [
        "p_ke at approve: approved 50 of 50",
        "decided is approved",
        "granted is 50",
        "p_ke completed approve",
        "opened prepare for warehouse_keeper of east: p_cang; climb 5, remind 2.5, due 120",
    ]


def test_above_it_the_second_alone_may_decide() -> None:
    talk = asked_for(51)

    assert asked(talk) == (SECOND,)
    assert talk.decides(FIRST, "approved", 51) == ["refused: over_limit deputy_marketing"]
    assert talk.decides(FIRST, "approved", 51, 50) == ["refused: over_limit deputy_marketing"]
    assert talk.decides(SECOND, "approved", 51)[0] == "p_xu at approve: approved 51 of 51"


def test_above_all_bounds_but_the_last() -> None:
    talk = asked_for(201)
    talk.decides(REVIEWER, "supported", 201, step="review")

    assert asked(talk) == (THIRD,)
    assert talk.decides(SECOND, "approved", 201) == ["refused: over_limit head_marketing"]


def test_a_higher_tier_may_always_decide_and_so_may_command() -> None:
    for person in (SECOND, THIRD, "p_ding"):
        assert asked_for(10).decides(person, "approved", 10)[1] == "decided is approved"


def test_somebody_of_no_tier_may_not_though_they_stand_beside() -> None:
    assert asked_for(10).decides("p_song", "approved", 10) == ["refused: not_yours service_head"]


def test_a_bound_that_everything_exceeds_goes_to_whoever_stands_above_the_last_tier() -> None:
    bounded = APPROVAL.replace("{role: head_marketing}", "{role: head_marketing, up_to: 300}")
    talk = Talk(plan_of(bounded))
    talk.starts(MANAGER, count=301)
    talk.decides(REVIEWER, "supported", 301, step="review")

    assert asked(talk) == ("p_fu",)
    assert talk.decides(THIRD, "approved", 301) == ["refused: over_limit deputy_leader"]
    assert talk.decides("p_fu", "approved", 301)[1] == "decided is approved"


# How many


def test_fewer_may_be_granted_but_no_more_and_not_none() -> None:
    talk = asked_for(40)

    assert talk.decides(FIRST, "approved", 40, 41) == ["refused: too_many 40"]
    assert talk.decides(FIRST, "approved", 40, 0) == ["refused: bad_value approve"]
    assert talk.decides(FIRST, "approved", 40, 1)[:3] == [
        "p_ke at approve: approved 1 of 40",
        "decided is approved",
        "granted is 1",
    ]


def test_a_refusal_needs_a_reason_and_ends_what_was_to_follow() -> None:
    talk = asked_for(40)

    assert talk.decides(FIRST, "refused", 40, reason="  ") == ["refused: no_reason approve"]
    said = talk.decides(FIRST, "refused", 40, reason="twice")
    assert said[:3] == [
        "p_ke at approve: refused 0 of 40: twice",
        "decided is refused",
        "granted is 0",
    ]
    assert talk.state.status == "closed"
    assert talk.state.steps["deliver"].status is StepStatus.SKIPPED


def test_done_is_no_decision_and_a_second_one_comes_too_late() -> None:
    talk = asked_for(40)

    assert talk.completes(FIRST, "approve") == ["refused: to_decide approve"]
    assert talk.decides(FIRST, "maybe", 40) == ["refused: bad_value approve"]
    talk.decides(FIRST, "approved", 40)
    assert talk.decides(SECOND, "refused", 40, reason="no") == ["refused: already_done p_ke"]


def test_without_the_number_nobody_can_decide() -> None:
    talk = Talk(
        plan_of(APPROVAL.replace("when: {count: {over: 100}}", "when: {count: {unless: 7}}"))
    )
    talk.starts(MANAGER)

    assert talk.decides(REVIEWER, "supported", None, step="review") == ["refused: needs_fact count"]


def test_what_is_to_be_recorded_is_said_before_anybody_decides() -> None:
    day = "{type: text, required: true, label: {zh: 哪天, en: Day}, text: {zh: 哪天?, en: When?}}"
    recorded = APPROVAL.replace(
        "    after: [review]\n", f"    after: [review]\n    record:\n      day: {day}\n"
    )
    talk = Talk(plan_of(recorded))
    talk.starts(MANAGER, count=40)

    assert talk.decides(FIRST, "approved", 40) == ["refused: needs_fact day"]
    assert talk.decides(FIRST, "refused", 40, reason="no") == ["refused: needs_fact day"]
    talk.records(FIRST, "day", "Friday")
    assert talk.decides(FIRST, "approved", 40)[1] == "decided is approved"


# The next in line


def test_an_absent_first_tier_is_passed_over_and_a_silent_second_is_climbed_past() -> None:
    town = Town().sends_away(FIRST, 600)
    talk = asked_for(40, town=town)

    assert asked(talk) == (SECOND,)
    lines = talk.passes_to(6)
    assert "5: approve to superior: p_mei for silence; climb 10" in lines


def test_whoever_stands_in_decides_for_them() -> None:
    town = Town().sends_away(FIRST, 600, stand_in="p_hua")
    talk = asked_for(40, town=town)

    assert asked(talk) == ("p_hua",)
    assert talk.decides("p_hua", "approved", 40)[1] == "decided is approved"


def test_but_not_on_what_they_asked_for() -> None:
    town = Town().sends_away(FIRST, 600, stand_in=MANAGER)
    talk = asked_for(40, town=town)

    assert asked(talk) == (SECOND,)
    assert talk.decides(MANAGER, "approved", 40) == ["refused: own_request approve"]


def test_declining_tells_the_next_tier() -> None:
    talk = asked_for(40)

    assert "approve to superior: p_xu for declined; climb 5" in talk.declines(FIRST, "approve")


def test_nobody_decides_on_their_own_request() -> None:
    talk = Talk(plan_of(APPROVAL))

    # Whoever comes next is its first owner then: nobody is told that nobody holds it.
    assert talk.starts(FIRST, count=40)[-1].endswith("p_xu; climb 5, remind 2.5, due 60")
    assert asked(talk) == (SECOND,)
    assert talk.decides(FIRST, "approved", 40) == ["refused: own_request approve"]
    assert talk.acknowledges(FIRST, "approve") == ["refused: own_request approve"]
    assert talk.hands_over(SECOND, "approve", FIRST) == ["refused: not_theirs_to_decide p_ke"]


def test_nor_on_what_they_filed_for_somebody() -> None:
    talk = Talk(plan_of(APPROVAL))
    talk.is_filed(FIRST, MANAGER, count=40)

    assert asked(talk) == (SECOND,)
    assert talk.decides(FIRST, "approved", 40) == ["refused: own_request approve"]


def test_in_command_one_may_in_the_last_resort() -> None:
    talk = asked_for(40, by="p_ding")
    assert talk.decides("p_ding", "approved", 40) == ["refused: own_request approve"]

    talk.passes_to(30)
    assert talk.state.steps["approve"].in_command
    assert talk.decides("p_ding", "approved", 40)[1] == "decided is approved"


def test_it_is_handed_to_nobody_whose_bound_is_too_low() -> None:
    talk = asked_for(60)

    assert talk.hands_over(SECOND, "approve", FIRST) == ["refused: over_limit deputy_marketing"]
    assert talk.reassigns("p_ding", "approve", FIRST) == ["refused: over_limit deputy_marketing"]
    assert talk.hands_over(SECOND, "approve", THIRD)[0].startswith("p_xu handed approve to p_mei")


# Advice


def test_advice_comes_first_and_binds_nobody() -> None:
    talk = asked_for(150)

    assert asked(talk, "review") == (REVIEWER,)
    assert talk.decides(SECOND, "approved", 150) == ["refused: not_open approve"]
    talk.decides(REVIEWER, "opposed", 150, reason="too many", step="review")
    assert asked(talk) == (SECOND,)
    assert talk.decides(SECOND, "approved", 150)[1] == "decided is approved"


# Another number


def test_a_higher_number_while_it_waits_goes_to_the_right_tier() -> None:
    talk = asked_for(40)

    assert talk.records(MANAGER, "count", 60) == [
        "count is 60, not 40",
        "withheld approve",
        "opened approve (round 2) for deputy_marketing of east: p_xu; climb 5, remind 2.5, due 60",
    ]
    assert talk.decides(FIRST, "approved", 60) == ["refused: over_limit deputy_marketing"]


def test_whoever_has_taken_it_keeps_it_while_they_may_decide() -> None:
    talk = asked_for(60)
    talk.acknowledges(SECOND, "approve")

    assert talk.records(MANAGER, "count", 40) == ["count is 40, not 60"]
    assert talk.state.steps["approve"].taken_by == SECOND


def test_a_decision_on_the_number_that_was_shown_before_is_none() -> None:
    talk = asked_for(60)
    talk.records(MANAGER, "count", 90)

    assert talk.decides(SECOND, "approved", 60) == ["refused: has_changed 90"]


def test_a_number_changed_afterwards_makes_the_decision_void() -> None:
    talk = asked_for(40)
    talk.decides(FIRST, "approved", 40)

    assert talk.records(MANAGER, "count", 60) == [
        "count is 60, not 40",
        "withheld approve",
        "decided is void",
        "granted is void",
        "withheld prepare",
        "opened approve (round 2) for deputy_marketing of east: p_xu; climb 5, remind 2.5, due 60",
    ]
    talk.decides(SECOND, "approved", 60, 55)
    assert talk.state.fact("granted") == 55
    assert asked(talk, "prepare") == (KEEPER,)


def test_said_again_as_it_was_it_changes_nothing() -> None:
    talk = asked_for(40)
    talk.decides(FIRST, "approved", 40)

    assert talk.records(MANAGER, "count", 40) == []


def test_once_something_has_been_done_on_it_the_number_stays() -> None:
    talk = asked_for(40)
    talk.decides(FIRST, "approved", 40)
    talk.completes(KEEPER, "prepare")

    assert talk.records(MANAGER, "count", 60) == ["refused: carried_out count"]
    assert talk.state.fact("count") == 40


def test_a_void_decision_makes_the_advice_void_as_well() -> None:
    talk = asked_for(150)
    talk.decides(REVIEWER, "supported", 150, step="review")

    said = talk.records(MANAGER, "count", 160)
    assert said[:3] == ["count is 160, not 150", "withheld review", "advice is void"]
    assert asked(talk, "review") == (REVIEWER,)


def test_a_tier_that_is_for_other_cases_makes_its_decision_void_too() -> None:
    by_what = APPROVAL.replace(
        "what: {type: text,",
        "rush: {type: yes_no, text: {zh: 急?, en: Urgent?}}\n  what: {type: text,",
    ).replace("up_to: 50}", "up_to: 50, when: {rush: no}}")
    talk = Talk(plan_of(by_what))
    talk.starts(MANAGER, count=40, rush="no")
    talk.decides(FIRST, "approved", 40)

    said = talk.records(MANAGER, "rush", "yes")
    assert said[:3] == ["rush is yes, not no", "withheld approve", "decided is void"]
    assert asked(talk) == (SECOND,)
    assert talk.decides(FIRST, "approved", 40) == ["refused: over_limit deputy_marketing"]


def test_so_is_one_on_something_that_has_changed_where_the_plan_says_so() -> None:
    redone = APPROVAL.replace(
        "    after: [review]\n", "    after: [review]\n    redo_when: [what]\n"
    )
    talk = Talk(plan_of(redone))
    talk.starts(MANAGER, count=40, what="wedding")
    talk.at(5).decides(FIRST, "approved", 40)

    said = talk.at(6).records(MANAGER, "what", "a party")
    assert said[1:4] == ["withheld approve", "decided is void", "granted is void"]
    talk.at(7).decides(FIRST, "approved", 40)
    talk.at(8).completes(KEEPER, "prepare")
    assert talk.at(9).records(MANAGER, "what", "a fair") == ["refused: carried_out what"]


def test_nobody_but_who_asked_makes_the_number_fit() -> None:
    talk = asked_for(60)

    assert talk.records(FIRST, "count", 50) == ["refused: not_yours p_chang"]
    assert talk.records(SECOND, "count", 50) == ["refused: not_yours p_chang"]
    assert talk.records("p_ding", "count", 50)[0] == "count is 50, not 60"


def test_but_anybody_concerned_may_say_it_where_it_was_left_open() -> None:
    talk = Talk(plan_of(APPROVAL))
    talk.starts(MANAGER)

    assert talk.records(FIRST, "count", 40)[0] == "count is 40"


# Taking it back


def test_whoever_asked_takes_it_back_until_it_is_delivered() -> None:
    talk = asked_for(40)
    talk.decides(FIRST, "approved", 40)
    talk.at(600)

    assert talk.cancels("p_an_ph") == ["refused: no_part head_marketing"]
    assert "cancelled by p_chang: a slip" in talk.cancels(MANAGER)


def test_but_not_afterwards() -> None:
    still_open = APPROVAL.replace("  auto: true\n", "").replace(
        "when: [approve, prepare, deliver]",
        "when: [approve, prepare, deliver]\n  do: {zh: 结束, en: Close}\n  due: {in: 1 h}\n"
        "  tell_reporter: {zh: 完, en: Done}",
    )
    talk = Talk(plan_of(still_open))
    talk.starts(MANAGER, count=40)
    talk.decides(FIRST, "approved", 40)
    talk.completes(KEEPER, "prepare")
    talk.completes("p_an_ph", "deliver")

    assert talk.cancels(MANAGER) == ["refused: too_late head_marketing"]


def test_whoever_filed_it_for_somebody_may_take_it_back_too() -> None:
    talk = Talk(plan_of(APPROVAL))
    talk.is_filed(REVIEWER, MANAGER, count=40)

    assert "cancelled by p_shang: a slip" in talk.cancels(REVIEWER)


def test_a_request_climbs_at_its_own_pace_and_command_hears_of_it_every_few_hours() -> None:
    talk = asked_for(10)
    told = [e.at for e in _climbing(talk, 10 * 60)]

    assert all(later - earlier >= timedelta(minutes=5) for earlier, later in pairwise(told))
    in_command = [e.at for e in _climbing(talk, 20 * 60) if e.again]
    assert len(in_command) >= 2
    assert {b - a for a, b in pairwise(in_command)} == {timedelta(hours=2)}


def _climbing(talk: Talk, until: float) -> list[StepEscalated]:
    talk.passes_to(until)
    return [e for e in talk.events if isinstance(e, StepEscalated)]
