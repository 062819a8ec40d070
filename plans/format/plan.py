"""The plan: what a planner may write, as a whole.

In: the parsed YAML of one plan. Out: a frozen `Plan`. Forbidden here: reading files, checking
across fields (see `plan_check`), anything about one incident. Written out for planners in
`docs/plan-format.md`.
"""

from collections.abc import Iterator
from datetime import time
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from plans.duration import Duration
from plans.format.asking import Ask, Asked
from plans.format.conditions import Conditions, named_in, with_levels
from plans.format.naming import CLOSING, Clause, Name, PlanId, whole_of
from plans.format.owners import Owner
from plans.format.steps import Check, Close, Step
from plans.model import FactName, RoleId, StepId, Value
from plans.text import Lang, Text

STEPS_LIMIT = 60
ASK_LIMIT = 12
WORDS_LIMIT = 40

Word = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=2, max_length=30, pattern=r"\w")
]


class Words(Value):
    """What people say when they need the plan, by language. A space leaves room for other words."""

    zh: tuple[Word, ...] = Field(default=(), max_length=WORDS_LIMIT)
    en: tuple[Word, ...] = Field(default=(), max_length=WORDS_LIMIT)

    def in_(self, lang: Lang) -> tuple[str, ...]:
        return self.zh if lang == "zh" else self.en


class Weekly(Value):
    """On one day of the week."""

    week: Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Monthly(Value):
    """On one day of the month, or the next working day after it."""

    month: int = Field(ge=1, le=28)


class Routine(Value):
    """When a plan begins by itself: on which days, at what time by the company's clock, and where:
    in each region where its first step's role is held or that has a depot, in each that has
    spares, in each whose store has anything, or once for the company."""

    every: Literal["day", "working_day"] | Weekly | Monthly
    at: time
    for_: Literal["each_region", "regions_with_spares", "regions_with_stock", "company"] = Field(
        alias="for"
    )


class Gate(Value):
    """When all of `when` holds, the plan does not begin, and a correction that would make it hold
    is refused; `refuse` says why to whoever asks."""

    when: Conditions = Field(min_length=1)
    refuse: Text


class Headquarters(Value):
    """A major incident is directed by a headquarters, set up as soon as `when` holds or somebody in
    command says so. `acting`: the roles, in order, of which one may be authorised as acting
    commander while all chiefs are away."""

    when: Conditions = Field(default_factory=dict)
    acting: tuple[RoleId, ...] = Field(min_length=1, max_length=6)


class FollowUp(Value):
    """A plan that begins by itself so long after the incident has closed, told what it knew; `when`
    its facts are so."""

    plan: PlanId
    in_: Duration = Field(alias="in")
    when: Conditions = Field(default_factory=dict)


class Round(Value):
    """What is gone through once more: as soon as one of the steps `over` has been done since it
    last began, and all of `when` holds, `steps` are put back to their beginning and what they
    recorded is asked anew. What was done stays on record. `title`: what people are told of it."""

    title: Text
    over: tuple[StepId, ...] = Field(min_length=1, max_length=8)
    when: Conditions = Field(min_length=1)
    steps: tuple[StepId, ...] = Field(min_length=1, max_length=STEPS_LIMIT)


class Rests(Value):
    """Nobody is disturbed for it in quiet hours, unless it is needed too soon after them."""

    unless: FactName | None = None


class Plan(Value):
    """A written emergency plan that the bot carries out.

    `offered_at_place`: a button for whoever shares a place. `words`: typed by themselves, they
    bring an offer of the plan. `subject`: the fact that tells two reports
    of one thing apart. `inform`: roles told at the start with a short card. A `routine` begins by
    the clock: it has no command, asks nobody for a report, and tells nobody who need not act.

    `form`: a request, not a cry for help: all questions stand on one screen, and it begins only
    when what is required is there and it is sent. `gate`: who is refused, and why. `per_region`:
    one at a time in a region; a second report joins the first. `withdraw_until`: whoever asked may
    take it back until that step is done. `rests`: what begins in quiet hours waits for their end.
    `follow_up`: what begins after it has closed. `rounds`: what may come more than once.
    """

    plan: PlanId
    clause: tuple[Clause, ...] = ()
    title: Text
    icon: Annotated[str, StringConstraints(min_length=1, max_length=4)]
    command: Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]{0,31})?$")] = ""
    routine: Routine | None = None
    offered_at_place: Text | None = None
    words: Words = Words()
    order: int = Field(default=100, ge=0, le=1000)
    subject: FactName | None = None
    inform: tuple[RoleId, ...] = ()
    received: Text = Text(zh="已收到。", en="Received.")
    form: bool = False
    per_region: bool = False
    withdraw_until: StepId | None = None
    rests: Rests | None = None
    ask: dict[Name, Ask] = Field(default_factory=dict, max_length=ASK_LIMIT)
    gate: dict[Name, Gate] = Field(default_factory=dict, max_length=12)
    headquarters: Headquarters | None = None
    steps: dict[Name, Step] = Field(min_length=1, max_length=STEPS_LIMIT)
    checks: dict[Name, Check] = Field(default_factory=dict, max_length=8)
    rounds: dict[Name, Round] = Field(default_factory=dict, max_length=4)
    close: Close
    follow_up: tuple[FollowUp, ...] = Field(default=(), max_length=4)

    @model_validator(mode="before")
    @classmethod
    def _know_levels(cls, read: object) -> object:
        """The conditions on levels know which levels they mean."""
        return _knowing_levels(read) if isinstance(read, dict) else read

    @cached_property
    def is_request(self) -> bool:
        """Whether somebody asks for something for themselves or a customer: it can be taken back,
        or a number of something is decided on. All else reports what has happened."""
        decisions = (step.decide for step in self.steps.values() if step.decide is not None)
        return self.withdraw_until is not None or any(one.of is not None for one in decisions)

    def every_step(self) -> dict[StepId, Step]:
        """The plan's steps in order and, last, closing, which is a step like any other."""
        closing = Step(
            owner=Owner(role=self.close.by[0]),
            do=self.close.do,
            after=self.close.when,
            due=self.close.due,
        )
        return {**self.steps, CLOSING: closing}

    def step(self, step: StepId) -> Step:
        """The step of that name; for a part of a step (`tell/2`) the step it is a part of.
        KeyError: there is none."""
        name = whole_of(step)
        return self.every_step()[name] if name == CLOSING else self.steps[name]

    def asked(self) -> dict[FactName, Asked]:
        """Every fact that somebody may be asked for, from the questions and the steps."""
        recorded = {name: r for step in self.steps.values() for name, r in step.record.items()}
        return {**self.ask, **recorded}

    def known(self) -> dict[FactName, Asked]:
        """Those, and what decisions and the register make known."""
        known = self.asked()
        for step in self.steps.values():
            known |= step.works_out_only
            known |= step.decide.says(known) if step.decide is not None else {}
        return known

    def conditions(self) -> Iterator[tuple[tuple[str | int, ...], Conditions]]:
        """All conditions there are, each with its place in the file."""
        yield from ((("ask", name), ask.when) for name, ask in self.ask.items())
        yield from ((("gate", name), gate.when) for name, gate in self.gate.items())
        if self.headquarters is not None:
            yield ("headquarters",), self.headquarters.when
        for id_, step in self.steps.items():
            yield ("steps", id_), step.when
            for place, tier in enumerate(step.decide.tiers if step.decide else ()):
                yield ("steps", id_, "decide", "tiers", place), tier.when
        yield from ((("rounds", name), one.when) for name, one in self.rounds.items())
        yield from ((("follow_up", n), one.when) for n, one in enumerate(self.follow_up))

    @cached_property
    def attributes(self) -> frozenset[FactName]:
        """What the conditions name of the register: `customer.grade`."""
        named = (name for _, when in self.conditions() for name in named_in(when))
        return frozenset(name for name in named if "." in name)


def _knowing_levels(read: dict[str, Any]) -> dict[str, Any]:
    levels = _levels(read)
    if not levels:
        return read
    known = dict(read)
    for section in ("ask", "steps", "gate", "rounds"):
        if isinstance(read.get(section), dict):
            known[section] = {n: _known(one, levels) for n, one in read[section].items()}
    if "headquarters" in read:
        known["headquarters"] = _known(read["headquarters"], levels)
    if isinstance(read.get("follow_up"), (list, tuple)):
        known["follow_up"] = [_known(one, levels) for one in read["follow_up"]]
    return known


def _levels(read: dict[str, Any]) -> dict[str, list[str]]:
    """The answers to each question of type level, lowest first."""
    asked = [read.get("ask")]
    if isinstance(read.get("steps"), dict):
        asked += [one.get("record") for one in read["steps"].values() if isinstance(one, dict)]
    return {
        name: list(question["choices"])
        for questions in asked
        if isinstance(questions, dict)
        for name, question in questions.items()
        if isinstance(question, dict)
        and question.get("type") == "level"
        and isinstance(question.get("choices"), dict)
    }


def _known(one: object, levels: dict[str, list[str]]) -> object:
    if not isinstance(one, dict) or "when" not in one:
        return one
    return {**one, "when": with_levels(one["when"], levels)}
