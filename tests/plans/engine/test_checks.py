""" "Are you still all right?", again and again, until it is over; silence sends somebody."""

import pytest

from plans.place import Place
from tests.plans.engine.town import Talk, Town, library_plan, plan_of

MISSED_SEARCH = """
plan: missed-search
title: {zh: 失联派车, en: Missed}
icon: 🚚
command: missed
received: {zh: 收到, en: Received}
ask:
  alone: {type: yes_no, text: {zh: 一个人吗?, en: Alone?}}
steps:
  wait:
    owner: dispatcher
    do: {zh: 等, en: Wait}
    due: {in: 10 h}
  fetch:
    after: {missed: in_touch}
    when: {alone: yes}
    owner: dispatcher
    do: {zh: 接人, en: Fetch}
    allocate: {pool: spare_vehicle, as: car}
    due: {in: 1 h}
  ride:
    when: {car: any}
    owner: {driver_of: car}
    do: {zh: 同去, en: Go along}
    due: {in: 1 h}
  walk:
    when: {car: none}
    owner: dispatcher
    do: {zh: 走路去, en: Walk}
    due: {in: 1 h}
checks:
  in_touch:
    owner: reporter
    ask: {zh: 好吗?, en: All right?}
    every: 30 min
    answer_within: 10 min
    until: close
close:
  by: dispatcher
  when: [wait]
  do: {zh: 结束, en: Close}
  due: {in: 10 h}
  tell_reporter: {zh: 完, en: Done}
"""


@pytest.fixture
def talk() -> Talk:
    """A breakdown whose steps are all taken, so that only the check speaks."""
    talk = Talk(library_plan("vehicle-breakdown"))
    talk.starts("p_lu", blocked="no")
    talk.completes("p_an_ph", "send_spare")
    talk.acknowledges("p_bei", "take_over")
    talk.completes("p_xiu", "repair")
    return talk


def checks(lines: list[str]) -> list[str]:
    return [line for line in lines if "check" in line or "find_driver" in line]


def test_answered_in_time_it_rests_until_the_next(talk: Talk) -> None:
    assert checks(talk.passes_to(33)) == ["30: check in_touch asks p_lu until 40"]
    assert talk.answers("p_lu") == ["check in_touch answered; next 63"]
    assert checks(talk.passes_to(64)) == ["63: check in_touch asks p_lu until 73"]


def test_missed_somebody_is_sent_and_an_answer_ends_that(talk: Talk) -> None:
    assert checks(talk.passes_to(41)) == [
        "30: check in_touch asks p_lu until 40",
        "40: check in_touch missed; next 70",
        "40: opened find_driver for dispatcher of east: p_an_ph; climb 45, remind 42.5, due 55",
    ]
    assert talk.answers("p_lu") == [
        "check in_touch answered; next 71",
        "skipped find_driver: answered",
    ]


def test_missed_again_after_somebody_went_they_are_sent_again(talk: Talk) -> None:
    talk.passes_to(41)
    talk.completes("p_an_ph", "find_driver")

    assert checks(talk.passes_to(80)) == [
        "70: check in_touch asks p_lu until 80",
        "80: check in_touch missed; next 110",
        "80: opened find_driver (round 2) for dispatcher of east: p_an_ph"
        "; climb 85, remind 82.5, due 95",
    ]


def test_missed_again_while_somebody_is_on_the_way_they_are_not_asked_twice(talk: Talk) -> None:
    talk.passes_to(41)
    talk.acknowledges("p_an_ph", "find_driver")

    assert "80: check in_touch missed; next 110" in talk.passes_to(80)
    assert talk.state.steps["find_driver"].round == 1


@pytest.mark.parametrize("word", ["note", "fact", "second report", "step"])
def test_any_word_from_the_person_asked_is_an_answer(word: str) -> None:
    talk = Talk(library_plan("vehicle-breakdown"))
    talk.starts("p_lu", blocked="yes")
    talk.passes_to(35)

    said = {
        "note": lambda: talk.notes("p_lu", "still here"),
        "fact": lambda: talk.records("p_lu", "fault", "tyre"),
        "second report": lambda: talk.joins("p_lu"),
        "step": lambda: talk.completes("p_lu", "make_safe"),
    }[word]()

    assert "check in_touch answered; next 65" in said


def test_a_word_after_the_silence_ends_the_search(talk: Talk) -> None:
    talk.passes_to(41)

    assert talk.notes("p_lu", "my phone was off") == [
        "note by p_lu: my phone was off",
        "check in_touch answered; next 71",
        "skipped find_driver: answered",
    ]


def test_neither_a_moving_phone_nor_somebody_else_is_an_answer(talk: Talk) -> None:
    talk.passes_to(35)

    assert talk.moves("p_lu", Place(lat=30.2, lon=120.4)) == ["where moved to 30.2,120.4"]
    assert talk.notes("p_an_ph", "can you hear me?") == ["note by p_an_ph: can you hear me?"]
    assert talk.answers("p_xiu") == ["refused: no_part"]


def test_losing_the_person_asked_is_a_missed_answer(talk: Talk) -> None:
    talk.passes_to(31)

    assert checks(talk.loses("p_lu")) == [
        "check in_touch missed; next 61",
        "opened find_driver for dispatcher of east: p_an_ph; climb 36, remind 33.5, due 46",
    ]


def test_somebody_out_of_reach_is_asked_in_vain_at_once(talk: Talk) -> None:
    talk.town.loses("p_lu")

    assert checks(talk.passes_to(30)) == [
        "30: check in_touch asks p_lu until 40",
        "30: check in_touch missed; next 60",
        "30: opened find_driver for dispatcher of east: p_an_ph; climb 35, remind 32.5, due 45",
    ]


def test_it_ends_with_its_step(talk: Talk) -> None:
    talk.passes_to(31)

    assert "check in_touch ended" in talk.completes("p_bei", "take_over")
    assert talk.answers("p_lu") == ["refused: not_asked in_touch"]
    assert checks(talk.passes_to(300)) == []


def test_it_asks_nobody_where_there_is_nobody() -> None:
    text = MISSED_SEARCH.replace("owner: reporter", "owner: leader")
    plan = plan_of(text)
    talk = Talk(plan, Town().empties("leader", "deputy_leader", "it_engineer"))
    talk.starts("p_lu", alone="yes")
    talk.acknowledges("p_an_ph", "wait")

    assert talk.passes_to(30)[0] == "30: check in_touch missed; next 60"


def test_silence_opens_only_what_the_facts_call_for() -> None:
    talk = Talk(plan_of(MISSED_SEARCH))
    talk.starts("p_lu", alone="no")
    talk.acknowledges("p_an_ph", "wait")

    assert talk.passes_to(41) == [
        "30: check in_touch asks p_lu until 40",
        "40: check in_touch missed; next 70",
    ]


def test_a_vehicle_for_the_search_is_free_again_once_they_answer() -> None:
    talk = Talk(plan_of(MISSED_SEARCH))
    talk.starts("p_lu", alone="yes")
    talk.acknowledges("p_an_ph", "wait")
    talk.passes_to(41)
    assert talk.state.promises["car"].thing == "浙A10009"

    assert talk.answers("p_lu") == [
        "check in_touch answered; next 71",
        "skipped fetch: answered",
        "released 浙A10009",
        "withheld ride",
    ]
    assert talk.searches_again("p_an_ph", "fetch") == ["refused: not_open fetch"]


def test_a_vehicle_that_is_out_searching_is_not_promised_a_second_time() -> None:
    talk = Talk(plan_of(MISSED_SEARCH))
    talk.starts("p_lu", alone="yes")
    talk.acknowledges("p_an_ph", "wait")
    talk.passes_to(41)
    talk.completes("p_an_ph", "fetch")

    talk.passes_to(81)

    assert talk.state.steps["fetch"].round == 2
    assert [line for line in talk.town.vehicles.values() if line.promised_to] == [
        talk.town.roster.vehicle_state("浙A10009")
    ]


def test_it_ends_with_any_of_several_steps() -> None:
    talk = Talk(library_plan("vehicle-accident"))
    talk.starts("p_lu", hurt="yes", drivable="yes", fit="yes")

    assert "check in_touch ended" in "".join(talk.completes("p_song", "go_there"))
    assert checks(talk.passes_to(100)) == []
