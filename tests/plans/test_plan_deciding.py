"""Decisions that nobody could make, or that are about nothing, are told by line, in words."""

import pytest

from plans.plan_check import PlanFile, read_plan
from plans.yaml_source import Problems
from tests.plans.engine.approvals import APPROVAL
from tests.plans.engine.town import sample_company

SLIPS = {
    "a number that nobody is asked for": (
        "of: count\n      grant",
        "of: cuont\n      grant",
        "steps.approve.decide.of: there is no question called cuont. Did you mean count?",
    ),
    "a number that is none": (
        "of: count\n      grant",
        "of: what\n      grant",
        "steps.approve.decide.of: of names a number; what is of type text",
    ),
    "a role that there is not": (
        "{role: head_marketing}",
        "{role: head_marketting}",
        "steps.approve.decide.tiers[3].role: there is no role called head_marketting. "
        "Did you mean head_marketing?",
    ),
    "a tier's condition on nothing": (
        "{role: head_marketing}",
        "{role: head_marketing, when: {wat: any}}",
        "steps.approve.decide.tiers[3].when.wat: there is no question called wat. "
        "Did you mean what?",
    ),
    "tiers that do not rise": (
        "up_to: 200",
        "up_to: 50",
        "steps.approve.decide.tiers[2]: tiers go from low to high: up_to is more than the one "
        "before; the last may have none",
    ),
    "a tier above one without a bound": (
        "up_to: 200}",
        "when: {}}",
        "steps.approve.decide.tiers[3]: tiers go from low to high: up_to is more than the one "
        "before; the last may have none",
    ),
    "another owner than the lowest tier": (
        "owner: service_head",
        "owner: order_clerk",
        "steps.approve.owner: the owner is the role of the lowest tier: service_head",
    ),
    "a grant of nothing": (
        "      of: count\n      grant",
        "      grant",
        "steps.approve.decide.grant: grant says how many were granted: write, under of, how "
        "many were asked for",
    ),
    "taking back until a step that there is not": (
        "withdraw_until: deliver",
        "withdraw_until: delivery",
        "withdraw_until: there is no step called delivery. Did you mean deliver?",
    ),
    "an outcome that there is not": (
        "    show: [granted]\n    when: {decided: approved}",
        "    show: [granted]\n    when: {decided: granted}",
        "steps.prepare.when.decided: decided can only be: approved, refused; here stands granted",
    ),
    "a decision that another plan makes": (
        "    do: {zh: 提出意见, en: Give advice}\n",
        "    do: {zh: 提出意见, en: Give advice}\n    calls: burst-pipe\n",
        "steps.review.calls: this step is a decision, so it has no calls: make that another step",
    ),
    "waiting for advice that is not always given": (
        "    show: [granted]\n    when: {decided: approved}",
        "    show: [granted]\n    when: {decided: approved, advice: supported}",
        "steps.prepare.when.advice: with count: 0, decided: approved, review is not needed, so "
        "nobody learns advice, prepare waits for ever and the incident cannot end: write the "
        "conditions of review into the when of prepare, too",
    ),
}


def test_the_plan_itself_is_sound() -> None:
    read = read_plan(APPROVAL, "p", sample_company())

    assert isinstance(read, PlanFile), read.said("en")


def test_nobody_need_act_when_it_is_refused_but_somebody_may() -> None:
    more = """\
  console:
    owner: account_manager
    do: {zh: 向客户解释, en: Explain it to the customer}
    when: {decided: refused}
    due: {in: 1 d}
close:
"""
    read = read_plan(APPROVAL.replace("close:\n", more), "p", sample_company())

    assert isinstance(read, PlanFile), read.said("en")


@pytest.mark.parametrize(("old", "new", "told"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_is_told(old: str, new: str, told: str) -> None:
    assert APPROVAL.count(old) == 1, f"{old!r} stands {APPROVAL.count(old)} times"

    read = read_plan(APPROVAL.replace(old, new), "p", sample_company())

    assert isinstance(read, Problems)
    assert told in [f"{one.where}: {one.message.en}" for one in read.found]
    assert all(one.message.zh != one.message.en for one in read.found)
