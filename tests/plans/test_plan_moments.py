"""Conditions on levels and on what the register says, gates, times that hang on facts: slips are
told by line and in words."""

import pytest

from tests.plans.sound_plan import told_of

LEVEL = ("type: choice", "type: level")
WHEN = "when: {wet: yes}\n    after: shut"
ASKED = "  depth: {type: number,"
CUSTOMER = "  who: {type: customer, required: true, text: {zh: 谁?, en: Who?}}\n"
TIME = "  at: {type: time, required: true, text: {zh: 几时?, en: When?}}\n"
GATE = "gate:\n  no: {when: {%s}, refuse: {zh: 不行, en: No}}\nsteps:\n"
DUE = "due: {in: 10 min}"
SHUT = "    owner: dispatcher\n    do: {zh: 关阀"


def asking(*questions: str) -> tuple[str, str]:
    return ASKED, "".join(questions) + ASKED


def when(condition: str) -> tuple[str, str]:
    return WHEN, f"when: {{{condition}}}\n    after: shut"


def gate(condition: str) -> tuple[str, str]:
    return "\nsteps:\n", "\n" + GATE % condition


def shut_has(field: str) -> tuple[str, str]:
    return SHUT, f"    {field}\n{SHUT}"


SLIPS: dict[str, tuple[tuple[tuple[str, str], ...], str]] = {
    "a level of one": (
        (LEVEL, ("choices: {hot: {zh: 热, en: Hot}, cold", "choices: {cold")),
        "ask.kind: kind is a level: write at least two under choices, the lowest first",
    ),
    "a level there is not": (
        (LEVEL, when("kind: {at_least: warm}")),
        "steps.pump.when.kind: kind has no level warm; from the lowest they are: hot, cold",
    ),
    "below the lowest": (
        (LEVEL, when("kind: {below: hot}")),
        "steps.pump.when.kind: hot is the lowest level: nothing is below it",
    ),
    "a level that is a choice": (
        (when("kind: {at_least: cold}"),),
        "steps.pump.when.kind: at_least and below are for levels (type: level); kind is of type "
        "choice",
    ),
    "what the register does not say": (
        (asking(CUSTOMER), when("who.colour: red")),
        "steps.pump.when.who.colour: the register says no who.colour; after the point may stand "
        "customer: grade, lawful, honest_prices, key, order_day; goods: class, kind",
    ),
    "an attribute of a number": (
        (when("depth.grade: red"),),
        "steps.pump.when.depth.grade: the register says no depth.grade; after the point may stand "
        "customer: grade, lawful, honest_prices, key, order_day; goods: class, kind",
    ),
    "an attribute that is never so": (
        (asking(CUSTOMER), when("who.lawful: maybe")),
        "steps.pump.when.who.lawful: who.lawful can only be: yes, no; here stands maybe",
    ),
    "a bound by what is unknown": (
        (when("depth: {over: {of: size, is: {big: 3}, else: 5}}"),),
        "steps.pump.when.depth: nobody is asked for size and no step records it: there is no "
        "question called size. There are: where, van, wet, depth, kind, valve, pump_van",
    ),
    "a bound by a text": (
        (when("depth: {over: {of: where, is: {big: 3}, else: 5}}"),),
        "steps.pump.when.depth: of names a choice, a level, or what the register says (like "
        "customer.grade); where is of type place",
    ),
    "a bound for an answer there is not": (
        (when("depth: {over: {of: kind, is: {warm: 3}, else: 5}}"),),
        "steps.pump.when.depth: kind can only be: hot, cold; here stands warm",
    ),
    "a gate on what nobody asks": (
        (gate("size: any"),),
        "gate.no.when.size: nobody is asked for size and no step records it: there is no question "
        "called size. There are: where, van, wet, depth, kind, valve, pump_van",
    ),
    "a gate that refuses before anybody answered": (
        (gate("wet: {unless: yes}"),),
        "gate.no.when.wet: unless cannot stand in a gate: it would refuse before anybody answered",
    ),
    "a gate that refuses whoever has not answered so": (
        (gate("wet: {never: yes}"),),
        "gate.no.when: never cannot stand alone in a gate: it would refuse before anybody "
        "answered; say which answer it refuses, too",
    ),
    "earlier than a moment, and no moment": (
        (asking(TIME), gate("depth: {before: at}")),
        "gate.no.when.depth: depth is no moment (type: time) to compare by before",
    ),
    "earlier than what is no moment": (
        (asking(TIME), gate("at: {before: depth}")),
        "gate.no.when.at: before names a moment: a question of type time, or a customer's "
        "order_day (like customer.order_day)",
    ),
    "earlier than what nobody asks": (
        (asking(TIME), gate("at: {before: size}")),
        "gate.no.when.at: nobody is asked for size and no step records it: there is no question "
        "called size. There are: where, van, wet, at, depth, kind, valve, pump_van",
    ),
    "earlier than a moment, at a step": (
        (asking(CUSTOMER, TIME), when("at: {before: who.order_day}")),
        "steps.pump.when.at: before stands in gates only; for a step that waits for a moment write "
        "not_before",
    ),
    "what was never to be chosen": (
        (when("depth: {ever: deep}"),),
        "steps.pump.when.depth: ever and never are for yes_no, choice and level; depth is of type "
        "number",
    ),
    "an answer there never was": (
        (when("kind: {ever: warm}"),),
        "steps.pump.when.kind: kind can only be: hot, cold; here stands warm",
    ),
    "a gate that never holds": (
        (gate("wet: maybe"),),
        "gate.no.when.wet: wet can only be: yes, no; here stands maybe",
    ),
    "two deadlines": (
        ((DUE, 'due: {in: 10 min, by: "18:00"}'),),
        "steps.shut.due: say in one way, and in one only, by when: in, by, working_days",
    ),
    "no deadline": (
        ((DUE, "due: {acknowledge: 5 min}"),),
        "steps.shut.due: say in one way, and in one only, by when: in, by, working_days",
    ),
    "before without how long": (
        (asking(TIME), (DUE, "due: {before: at, working_days: 1}")),
        "steps.shut.due.before: before goes with in (how long before that moment), and without "
        "after",
    ),
    "before what is no moment": (
        ((DUE, "due: {before: depth, in: 10 min}"),),
        "steps.shut.due.before: a moment is needed here (type: time); depth is of type number",
    ),
    "no sooner than what is no moment": (
        (shut_has("not_before: {fact: depth}"),),
        "steps.shut.not_before.fact: a moment is needed here (type: time); depth is of type number",
    ),
    "no sooner than nothing": (
        (shut_has("not_before: {}"),),
        "steps.shut.not_before: not_before has a fact (a moment) or in (so long after): write one "
        "of them",
    ),
    "an order day of a van": (
        (shut_has("works_out: {day: {order_day_of: van}}"),),
        "steps.shut.works_out.day.order_day_of: order days are a customer's; van is of type "
        "vehicle",
    ),
    "worked out, and a text": (
        (asking(CUSTOMER), shut_has("works_out: {valve: {order_day_of: who}}")),
        "steps.shut.record.valve.type: valve is worked out and is a moment: write type: time",
    ),
    "again for what it says itself": (
        (shut_has("redo_when: [valve]"),),
        "steps.shut.redo_when[1]: valve is said at this very step: redo_when names answers from "
        "elsewhere",
    ),
    "again for what nobody says": (
        (shut_has("redo_when: [size]"),),
        "steps.shut.redo_when[1]: nobody is asked for size and no step records it: there is no "
        "question called size. There are: where, van, wet, depth, kind, valve, pump_van",
    ),
    "known by nobody": (
        ((DUE, "due: {after: known.size, in: 10 min}"),),
        "steps.shut.due.after: nobody is asked for size and no step records it: there is no "
        "question called size. There are: where, van, wet, depth, kind, valve, pump_van",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_by_line_and_in_words(slip: str) -> None:
    slips, told = SLIPS[slip]

    assert told_of(*slips) == [told]


@pytest.mark.parametrize(
    "slips",
    [
        (
            LEVEL,
            ("    text: {zh: 哪种", "    required: true\n    text: {zh: 哪种"),
            when("kind: {below: cold}"),
        ),
        (asking(CUSTOMER), when("who.grade: {one_of: [一档, 二档]}")),
        (asking(CUSTOMER), when("depth: {at_most: {of: who.grade, is: {一档: 3}, else: 5}}")),
        (asking(CUSTOMER), gate("who.honest_prices: no")),
        (asking(CUSTOMER, TIME), gate("at: {before: who.order_day}")),
        (asking(TIME), (DUE, "due: {before: at, in: 10 min}"), shut_has("not_before: {fact: at}")),
        (shut_has("redo_when: [depth, wet]"),),
        ((DUE, "due: {working_days: 3}"),),
        ((DUE, 'due: {after: known.depth, by: "18:00"}'),),
    ],
)
def test_what_is_written_soundly_is_let_through(slips: tuple[tuple[str, str], ...]) -> None:
    assert [told for told in told_of(*slips) if "waits for ever" not in told] == []


def test_a_bound_by_what_may_stay_unknown_waits_for_ever() -> None:
    slip = when("depth: {over: {of: kind, is: {hot: 3}, else: 5}}")

    assert told_of(slip)[0].startswith(
        "steps.pump.when.depth: with depth: 0, if nobody answers kind, pump waits for ever"
    )


def test_what_rests_unless_it_is_needed_names_a_time() -> None:
    told = told_of(("icon:", "rests: {unless: wet}\nicon:"))

    assert told == ["rests.unless: unless names a question of type time; wet is not one"]
