"""Nobody decides on what they asked for; whoever reports what has happened asks for nothing."""

from tests.plans.engine.town import Talk, plan_of

OFFICER = "p_ye"
REPORTED = """
plan: gusts
title: {zh: 阵风, en: Gusts}
icon: 🌬
command: gusts
received: {zh: 收到。, en: Received.}
ask:
  seen: {type: text, text: {zh: 看到什么?, en: What did you see?}}
steps:
  rule:
    owner: duty_officer
    do: {zh: 决定停不停, en: Decide whether to stop}
    due: {in: 30 min}
    decide: {as: ruling}
  stop:
    owner: dispatcher
    do: {zh: 停止送货, en: Stop deliveries}
    when: {ruling: approved}
    due: {in: 30 min}
close: {auto: true, by: [duty_officer], when: [rule, stop]}
"""
ASKED_FOR = REPORTED.replace("ask:", "withdraw_until: stop\nask:", 1)


def test_whoever_reports_what_has_happened_decides_what_is_theirs_to_decide() -> None:
    talk = Talk(plan_of(REPORTED))
    talk.starts(OFFICER)

    assert talk.state.steps["rule"].asked == (OFFICER,)
    assert talk.decides(OFFICER, "approved", None, step="rule")[1] == "ruling is approved"


def test_what_can_be_taken_back_was_asked_for_and_goes_to_the_next() -> None:
    talk = Talk(plan_of(ASKED_FOR))
    talk.starts(OFFICER)

    assert talk.state.steps["rule"].asked == ("p_fu",)
    assert talk.decides(OFFICER, "approved", None, step="rule") == ["refused: own_request rule"]
