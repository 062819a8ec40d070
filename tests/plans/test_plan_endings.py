"""Every path through a plan ends, or the checker names the answers that never end it."""

import pytest

from plans.plan_check import PlanFile, read_plan
from tests.plans.engine.town import LIBRARY, ROOM, sample_company
from tests.plans.sound_plan import SOUND, told_of

WASH = """
  wash:
    when: {valve: any}
    owner: dispatcher
    do: {zh: 洗, en: Wash}
    due: {in: 1 h}
checks:"""


def test_a_sound_plan_is_read_without_a_word() -> None:
    read = read_plan(SOUND, "pipe.yaml", sample_company())

    assert isinstance(read, PlanFile), read.said("en")
    assert read.plan.steps["pump"].allocate is not None
    assert read.warnings == ()


@pytest.mark.parametrize("name", LIBRARY)
def test_the_plan_library_is_sound(name: str) -> None:
    text = (ROOM / "library" / f"{name}.yaml").read_text("utf-8")

    read = read_plan(text, name, sample_company())

    assert isinstance(read, PlanFile), read.said("en")
    assert [warning.said("en") for warning in read.warnings] == []
    assert read.plan.plan == name


def test_closing_does_not_wait_for_an_answer_nobody_must_give() -> None:
    assert told_of(("wet: {type: yes_no, required: true", "wet: {type: yes_no")) == [
        "steps.pump.when.wet: if nobody answers wet, pump waits for ever and the "
        "incident cannot end: give it required: true, or do not let closing wait for this step"
    ]


def test_what_closing_does_not_wait_for_may_wait_for_ever() -> None:
    assert (
        told_of(
            ("wet: {type: yes_no, required: true", "wet: {type: yes_no"),
            ("when: [shut, drive, buckets]", "when: [shut]"),
        )
        == []
    )


def test_a_question_that_is_only_sometimes_asked_is_not_always_answered() -> None:
    assert told_of(
        (
            "depth: {type: number, required: true,",
            "depth: {type: number, required: true, when: {wet: no},",
        )
    ) == [
        "steps.buckets.when.depth: with wet: yes, pump_van: none, if nobody answers "
        "depth, buckets waits for ever and the incident cannot end: write the conditions under "
        "which it is asked into the when of the step, too"
    ]


def test_a_search_that_is_not_made_finds_nothing_out() -> None:
    assert told_of(("{wet: yes, pump_van: any}", "{pump_van: any}")) == [
        "steps.drive.when.pump_van: with wet: no, pump is not needed, so nobody learns "
        "pump_van, drive waits for ever and the incident cannot end: write the conditions of "
        "pump into the when of drive, too"
    ]


def test_what_a_step_may_leave_out_is_not_waited_for() -> None:
    assert told_of(
        ("\nchecks:", WASH),
        ("when: [shut, drive, buckets]", "when: [shut, drive, buckets, wash]"),
        ("        required: true\n", ""),
    ) == [
        "steps.wash.when.valve: if nobody answers valve, wash waits for ever and the "
        "incident cannot end: give it required: true, or do not let closing wait for this step"
    ]


def test_what_a_step_must_record_may_be_waited_for() -> None:
    assert (
        told_of(
            ("\nchecks:", WASH),
            ("when: [shut, drive, buckets]", "when: [shut, drive, buckets, wash]"),
        )
        == []
    )


@pytest.mark.parametrize(
    "slip",
    [
        ("when: [shut, drive, buckets]", "when: [shut, drive, buckets, look]"),
        ("    after: shut\n", "    after: [shut, look]\n"),
    ],
    ids=["directly", "by what follows"],
)
def test_closing_does_not_wait_for_silence(slip: tuple[str, str]) -> None:
    assert told_of(slip) == [
        "steps.look.after: closing waits for look, which only begins when somebody does "
        "not answer; as long as they answer the incident cannot end: take look out of close.when "
        "(or of the after of what follows)"
    ]


def test_any_of_several_is_enough() -> None:
    assert told_of(("    after: shut\n", "    after: {any: [shut, look]}\n")) == []


def test_numbers_are_tried_on_both_sides_of_every_bound() -> None:
    sure = "record: {sure: {type: yes_no, required: true, text: {zh: 对?, en: Sure?}}}"
    deep = WASH.replace("wash", "deep").replace("{valve: any}", "{depth: {at_most: 5}}")

    assert told_of(
        ("\nchecks:", deep.replace("due: {in: 1 h}", f"due: {{in: 1 h}}\n    {sure}")),
        ("when: {wet: yes, pump_van: any}", "when: {wet: yes, pump_van: any, sure: yes}"),
    ) == [
        "steps.drive.when.sure: with wet: yes, depth: 6, pump_van known, deep is not needed, so "
        "nobody learns sure, drive waits for ever and the incident cannot end: write the "
        "conditions of deep into the when of drive, too"
    ]


def test_more_cases_than_can_be_tried_are_refused() -> None:
    names = [f"q{n}" for n in range(7)]
    answers = ", ".join(f"{a}: {{zh: {a}, en: {a}}}" for a in "abcde")
    asked = "".join(
        f"  {name}: {{type: choice, required: true, text: {{zh: 问, en: Ask}}, "
        f"choices: {{{answers}}}}}\n"
        for name in names
    )
    steps = "".join(
        WASH.replace("wash", f"{name}_{answer}").replace("{valve: any}", f"{{{name}: {answer}}}")
        for name in names
        for answer in "abc"
    ).replace("checks:", "")
    every = ", ".join(f"{name}_{answer}" for name in names for answer in "abc")
    last = WASH.replace("when: {valve: any}", f"after: [{every}]")

    assert told_of(
        ("steps:\n", asked + "steps:\n"),
        ("\nchecks:", steps + last),
        ("when: [shut, drive, buckets]", "when: [shut, drive, buckets, wash]"),
    ) == [
        "close.when: more than 5000 cases are possible before the end, too many to check: split "
        "the plan, or use fewer conditions"
    ]
