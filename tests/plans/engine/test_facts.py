"""Facts: what follows from them, and what follows when they turn out to be otherwise."""

import pytest

from plans.format import Plan
from plans.incident import StepStatus
from plans.place import Place
from tests.plans.engine.town import ON_THE_ROAD, Talk, Town, library_plan, plan_of

GUARDED_SEARCH = """
plan: guarded-search
title: {zh: 调车, en: Search}
icon: 🚚
command: search
received: {zh: 收到, en: Received}
ask:
  out: {type: yes_no, required: true, text: {zh: 坏了吗?, en: Out of order?}}
steps:
  send:
    when: {out: yes}
    owner: dispatcher
    do: {zh: 派车, en: Send}
    allocate: {pool: spare_vehicle, as: spare}
    due: {in: 15 min}
  drive:
    when: {out: yes, spare: any}
    after: send
    owner: {driver_of: spare}
    do: {zh: 开车, en: Drive}
    due: {in: 60 min}
  instead:
    when: {out: yes, spare: none}
    owner: head_distribution
    do: {zh: 另想办法, en: Another way}
    due: {in: 60 min}
  guide:
    when: {out: yes, spare: any}
    owner: {role: fleet_keeper, region_of: spare}
    do: {zh: 带路, en: Guide}
    due: {in: 60 min}
close:
  by: dispatcher
  when: [drive, instead]
  do: {zh: 结束, en: Close}
  due: {in: 1 h}
  tell_reporter: {zh: 完, en: Done}
"""


@pytest.fixture
def talk() -> Talk:
    return Talk(library_plan("vehicle-breakdown"))


@pytest.fixture(scope="module")
def guarded() -> Plan:
    return plan_of(GUARDED_SEARCH)


def test_a_correction_withdraws_what_is_not_needed_and_another_brings_it_back(talk: Talk) -> None:
    talk.starts("p_lu", blocked="yes")

    assert talk.at(3).records("p_lu", "blocked", "no") == [
        "blocked is no, not yes",
        "skipped make_safe: not_needed",
        "skipped clear_way: not_needed",
    ]
    assert talk.at(4).records("p_an_ph", "blocked", "yes") == [
        "blocked is yes, not no",
        "withheld make_safe",
        "withheld clear_way",
        "opened make_safe (round 2) for driver of east: p_lu; climb 9, remind 6.5, due 14",
        "opened clear_way (round 2) for security_officer of east: p_shi"
        "; climb 9, remind 6.5, due 24",
    ]
    assert talk.state.facts["blocked"].corrected == 2


def test_saying_the_same_again_changes_nothing(talk: Talk) -> None:
    talk.starts("p_lu", blocked="yes")

    assert talk.records("p_an_ph", "blocked", "yes") == []


def test_what_is_done_stays_done_whatever_turns_out(talk: Talk) -> None:
    talk.starts("p_lu", blocked="yes")
    talk.completes("p_lu", "make_safe")

    assert talk.records("p_lu", "blocked", "no") == [
        "blocked is no, not yes",
        "skipped clear_way: not_needed",
    ]
    assert talk.state.steps["make_safe"].status is StepStatus.DONE


def test_a_fact_learned_later_opens_what_waited_for_it(talk: Talk) -> None:
    talk.starts("p_lu")

    assert talk.at(7).records("p_lu", "blocked", "yes")[1:] == [
        "opened make_safe for driver of east: p_lu; climb 12, remind 9.5, due 17",
        "opened clear_way for security_officer of east: p_shi; climb 12, remind 9.5, due 27",
    ]


def test_closing_is_withheld_when_something_is_to_be_done_after_all() -> None:
    talk = Talk(library_plan("vehicle-breakdown"), Town().without_spares())
    talk.starts("p_lu", stops_left=0)
    talk.completes("p_song", "no_spare")
    talk.completes("p_xiu", "repair")
    assert talk.state.steps["close"].status is StepStatus.OPEN

    talk.town.vehicles.clear()

    assert talk.at(5).searches_again("p_an_ph") == [
        "promised spare 浙A10009 (nearest, north)",
        "spare is 浙A10009, not none",
        "opened send_spare for dispatcher of east: p_an_ph; climb 10, remind 7.5, due 15",
        "withheld take_over",
        "withheld close",
    ]
    talk.at(6).completes("p_an_ph", "send_spare")
    assert talk.at(30).completes("p_bei", "take_over") == [
        "p_bei completed take_over",
        "opened close (round 2) for dispatcher of east: p_an_ph; climb 45, remind 37.5, due 90",
        "check in_touch ended",
    ]


def test_a_vehicle_is_free_again_when_it_is_not_needed_after_all(guarded: Plan) -> None:
    talk = Talk(guarded)
    talk.starts("p_lu", out="yes")

    assert talk.records("p_lu", "out", "no") == [
        "out is no, not yes",
        "skipped send: not_needed",
        "released 浙A10009",
        "skipped drive: not_needed",
        "skipped guide: not_needed",
        "opened close for dispatcher of east: p_an_ph; climb 5, remind 2.5, due 60",
    ]
    assert talk.town.roster.vehicle_state("浙A10009").free


def test_what_was_not_there_is_not_searched_for_once_it_is_not_needed(guarded: Plan) -> None:
    talk = Talk(guarded, Town().without_spares())
    talk.starts("p_lu", out="yes")
    talk.records("p_lu", "out", "no")
    talk.town.vehicles.clear()

    assert talk.searches_again("p_an_ph", "send") == ["refused: not_open send"]
    talk.records("p_lu", "out", "yes")
    assert talk.searches_again("p_an_ph", "send")[0] == "promised spare 浙A10009 (nearest, north)"


def test_needed_after_all_it_is_promised_again_before_anybody_drives(guarded: Plan) -> None:
    talk = Talk(guarded)
    talk.starts("p_lu", out="yes")
    talk.records("p_lu", "out", "no")

    lines = talk.at(9).records("p_lu", "out", "yes")

    assert "promised spare 浙A10009 (nearest, north)" in lines
    assert talk.state.promises["spare"].thing == "浙A10009"
    assert talk.state.steps["drive"].status is StepStatus.WAITING
    assert talk.state.steps["guide"].status is StepStatus.OPEN
    assert talk.state.steps["close"].status is StepStatus.WAITING


def test_with_the_vehicle_gone_to_another_none_is_free_any_more(guarded: Plan) -> None:
    talk = Talk(guarded)
    talk.starts("p_lu", out="yes")
    talk.records("p_lu", "out", "no")
    talk.town.without_spares()

    lines = talk.at(9).records("p_lu", "out", "yes")

    assert "spare is none, not 浙A10009" in lines
    assert (
        "opened instead for head_distribution of east: p_song; climb 14, remind 11.5, due 69"
        in lines
    )


def test_the_latest_place_counts_and_a_moving_phone_is_no_correction(talk: Talk) -> None:
    talk.starts("p_lu", where=ON_THE_ROAD)

    assert talk.moves("p_lu", Place(lat=30.2, lon=120.4)) == ["where moved to 30.2,120.4"]
    assert talk.state.facts["where"].corrected == 0
    assert talk.state.place() == Place(lat=30.2, lon=120.4)


def test_a_place_decides_which_spare_is_nearest() -> None:
    near_south = Place(lat=30.03, lon=120.24)
    talk = Talk(library_plan("vehicle-breakdown"))

    assert "promised spare 浙A10004 (nearest, south)" in talk.starts("p_lu", where=near_south)


def test_an_answer_that_never_came_is_chased_with_whoever_closes() -> None:
    """Else, with nothing left to be done, the incident would be forgotten."""
    talk = Talk(library_plan("vehicle-accident"))
    talk.starts("p_lu")
    talk.completes("p_an_ph", "phone_driver")
    talk.completes("p_shi", "police")
    assert talk.at(20).completes("p_xiu", "insurer") == [
        "p_xiu completed insurer",
        "opened close for head_distribution of east: p_song; climb 35, remind 27.5, due 140",
    ]
    assert talk.completes("p_song", "close") == ["refused: needs_fact hurt"]


def test_nobody_is_left_waiting_when_nothing_was_said_at_all() -> None:
    talk = Talk(plan_of(GUARDED_SEARCH))
    assert talk.starts("p_lu") == [
        "started by p_lu in east",
        "opened close for dispatcher of east: p_an_ph; climb 5, remind 2.5, due 60",
    ]
    assert talk.completes("p_an_ph", "close") == ["refused: needs_fact out"]
    assert talk.passes_to(5)[-1] == "5: close to deputy: p_dai for silence; climb 10"

    lines = talk.records("p_an_ph", "out", "yes")

    assert "withheld close" in lines
    assert "promised spare 浙A10009 (nearest, north)" in lines
