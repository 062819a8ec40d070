"""Routines and what closes by itself, as planners write them."""

import re

from plans.plan_check import PlanFile, check_calls, read_plan
from plans.roster import Roster
from plans.routines import regions_for
from tests.plans.engine.town import sample_company
from tests.plans.sound_plan import told_of

ROUND = """\
plan: round
title: {zh: 巡查, en: Round}
icon: 🔦
routine: {every: working_day, at: "07:30", for: each_region}
steps:
  look:
    owner: fleet_keeper
    do: {zh: 看, en: Look}
    due: {in: 1 h}
close: {auto: true, by: dispatcher, when: [look]}
"""
CLOSE = """  do: {zh: 结束, en: Close}
  due: {in: 1 h}
  tell_reporter: {zh: 完, en: Done}
"""


def read(text: str) -> PlanFile:
    found = read_plan(text, "round.yaml", sample_company())
    assert isinstance(found, PlanFile), found.said("en")
    return found


def refused(text: str) -> list[str]:
    found = read_plan(text, "round.yaml", sample_company())
    assert not isinstance(found, PlanFile)
    return [problem.said("en") for problem in found]


def test_a_routine_needs_nobody_to_report_it() -> None:
    assert read(ROUND).plan.command == ""


def test_a_routine_has_no_command() -> None:
    assert refused(ROUND.replace("icon: 🔦", "icon: 🔦\ncommand: round")) == [
        "round.yaml line 4 command: a routine begins by the clock and nobody reports it: "
        "no command here"
    ]


def test_without_a_routine_there_is_a_command_an_answer_and_a_question() -> None:
    told = refused(re.sub(r"routine: .*\n", "", ROUND))

    assert [line.rpartition(": ")[2] for line in told] == [
        "command is missing",
        "received is missing",
        "ask is missing",
    ]


def test_what_is_closed_by_hand_says_what_to_look_at_and_by_when() -> None:
    told = told_of((CLOSE, ""))

    assert [line.split(" (")[0] for line in told] == [
        "close: close needs do",
        "close: close needs due",
        "close: close needs tell_reporter",
    ]


def test_a_file_names_no_person() -> None:
    told = told_of(("    owner: fleet_keeper\n", "    owner: {role: fleet_keeper, person: p_lu}\n"))

    assert told == ["steps.pump.owner.person: a plan names roles, not people: people change, "
                    "roles stay"]  # fmt: skip


def test_a_routine_is_not_called() -> None:
    caller = ROUND.replace("plan: round", "plan: caller").replace(
        "    due: {in: 1 h}\n", "    due: {in: 1 h}\n    calls: round\n"
    )

    checked = check_calls([read(ROUND), read(caller)])

    assert "round is a routine: it begins by the clock" in checked.problems[0].said("en")


def test_where_a_routine_begins() -> None:
    roster = Roster(sample_company())

    def where(place: str) -> tuple[str, ...]:
        return regions_for(read(ROUND.replace("each_region", place)).plan, roster)

    assert where("each_region") == ("east", "south", "west", "north", "centre", "hq")
    assert where("regions_with_spares") == ("south", "north", "hq")
    assert where("company") == ("hq",)


def test_numbers_to_press_are_for_numbers() -> None:
    told = told_of(("wet: {type: yes_no,", "wet: {type: yes_no, offer: [1],"))

    assert told == ["ask.wet.offer: offer is for numbers to press; wet is not of type number"]
