"""What was answered before is not forgotten with a correction, nor with a decision that is void;
some answers stand only once it was so, or only while it never was."""

import pytest

from plans.format import Plan
from plans.incident import EARLIER_LIMIT, StepStatus
from tests.plans.engine.town import Talk, plan_of

BRIDGE = """
plan: bridge
title: {zh: 封桥, en: Bridge}
icon: 🌉
command: bridge
received: {zh: 收到, en: Received}
ask:
  way:
    type: choice
    required: true
    text: {zh: 怎么走?, en: Which way?}
    choices:
      over: {zh: 照走, en: Over}
      round: {zh: 绕行, en: Round}
      again: {zh: 恢复, en: Again}
  hits:
    type: choice
    required: true
    text: {zh: 影响谁?, en: Whom does it hit?}
    choices: {few: {zh: 少数, en: A few}, most: {zh: 多数, en: Most}}
gate:
  was_shut:
    when: {way: over, ruling: {ever: approved}}
    refuse: {zh: 封过：请选“恢复”, en: "It was shut: choose Again"}
  never_shut:
    when: {way: again, ruling: {never: approved}}
    refuse: {zh: 没封过, en: It was never shut}
steps:
  rule:
    when: {way: {one_of: [round, again]}}
    owner: dispatcher
    do: {zh: 同意吗, en: Agree?}
    decide:
      as: ruling
      tiers: [{role: dispatcher, when: {hits: few}}, {role: leader}]
    due: {in: 1 h}
  tell:
    when: {way: round, ruling: approved}
    owner: dispatcher
    do: {zh: 通知, en: Tell everybody}
    due: {in: 1 h}
  back:
    when: {way: {one_of: [round, again]}, ruling: {ever: approved}}
    after: rule
    owner: dispatcher
    do: {zh: 恢复, en: Open it again}
    due: {in: 1 h}
close:
  by: dispatcher
  when: [rule, tell, back]
  do: {zh: 结束, en: Close}
  due: {in: 1 h}
  tell_reporter: {zh: 完, en: Done}
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of(BRIDGE)


@pytest.fixture
def talk(plan: Plan) -> Talk:
    talk = Talk(plan)
    talk.starts("p_an_ph", way="round", hits="few")
    return talk


def test_an_answer_that_stands_only_once_it_was_so(talk: Talk) -> None:
    assert talk.records("p_an_ph", "way", "again") == ["refused: gate never_shut"]
    assert "way is over, not round" in talk.records("p_an_ph", "way", "over")
    assert "way is round, not over" in talk.records("p_an_ph", "way", "round")
    talk.decides("p_an_ph", "approved", None, step="rule")

    assert talk.records("p_an_ph", "way", "over") == ["refused: gate was_shut"]
    assert "way is again, not round" in talk.records("p_an_ph", "way", "again")
    assert talk.state.steps["back"].status is StepStatus.OPEN
    assert talk.state.steps["tell"].status is StepStatus.SKIPPED


def test_what_was_approved_is_ended_also_when_more_is_refused(talk: Talk) -> None:
    """It hits most after all, which is another's to decide, and they say no: still somebody has to
    open the bridge again."""
    talk.decides("p_an_ph", "approved", None, step="rule")
    talk.records("p_an_ph", "hits", "most")
    assert talk.state.fact("ruling") is None
    assert talk.state.earlier["ruling"] == ("approved",)
    assert talk.records("p_an_ph", "way", "over") == ["refused: gate was_shut"]

    talk.decides("p_ding", "refused", None, reason="wait", step="rule")

    assert talk.state.fact("ruling") == "refused"
    assert talk.state.steps["tell"].status is StepStatus.SKIPPED
    assert talk.state.steps["back"].status is StepStatus.OPEN


def test_what_was_never_approved_needs_no_end(talk: Talk) -> None:
    talk.decides("p_an_ph", "refused", None, reason="no need", step="rule")
    assert talk.state.steps["back"].status is StepStatus.SKIPPED
    assert "way is over, not round" in talk.records("p_an_ph", "way", "over")


def test_the_same_answer_twice_is_kept_once_and_the_present_one_is_none_of_them(talk: Talk) -> None:
    for _ in range(EARLIER_LIMIT):
        talk.records("p_an_ph", "way", "over")
        talk.records("p_an_ph", "way", "round")
    assert sorted(talk.state.earlier["way"]) == ["over", "round"]
    assert "hits" not in talk.state.earlier
