"""What needs no decision in the end closes by itself, and only when all of it is settled."""

from plans.incident import StepStatus
from tests.plans.engine.town import Talk, plan_of

LOOK = """
plan: look-round
title: {zh: 巡查, en: Look round}
icon: 👀
command: look
received: {zh: 收到, en: Received}
ask:
  wet: {type: yes_no, text: {zh: 湿吗?, en: Wet?}}
steps:
  look:
    owner: dispatcher
    do: {zh: 看, en: Look}
    due: {in: 1 h}
    record:
      found: {type: number, required: true, text: {zh: 几处?, en: How many?}}
  mend:
    when: {found: {over: 0}}
    owner: fleet_keeper
    do: {zh: 修, en: Mend}
    due: {in: 1 h}
  sweep:
    when: {wet: yes}
    owner: fleet_keeper
    do: {zh: 扫, en: Sweep}
    due: {in: 1 h}
close: {auto: true, by: dispatcher, when: [look, mend]}
"""


def looking_round() -> Talk:
    talk = Talk(plan_of(LOOK))
    talk.starts("p_lu", wet="yes")
    return talk


def test_nobody_is_asked_to_close_it() -> None:
    talk = looking_round()
    talk.records("p_an_ph", "found", 1)

    assert talk.completes("p_an_ph", "look") == ["p_an_ph completed look"]
    assert talk.at(5).completes("p_xiu", "mend") == [
        "p_xiu completed mend",
        "skipped sweep: closed",
        "skipped close: closed",
        "closed by p_xiu",
    ]


def test_what_is_not_needed_holds_nothing_up() -> None:
    talk = looking_round()
    talk.records("p_an_ph", "found", 0)

    assert talk.completes("p_an_ph", "look")[-1] == "closed by p_an_ph"
    assert not talk.state.is_open


def test_who_may_close_it_may_do_so_before() -> None:
    talk = looking_round()

    assert talk.completes("p_xiu", "close") == ["refused: not_yours dispatcher"]
    assert talk.completes("p_an_ph", "close") == [
        "p_an_ph completed close",
        "skipped look: closed",
        "skipped mend: closed",
        "skipped sweep: closed",
        "closed by p_an_ph",
    ]
    assert talk.acknowledges("p_an_ph", "close") == ["refused: ended"]


def test_there_is_no_closing_step_to_take_before_that() -> None:
    talk = looking_round()

    assert talk.state.steps["close"].status is StepStatus.WAITING
    assert talk.acknowledges("p_an_ph", "close") == ["refused: not_open close"]
