"""The plan format: what a planner may write.

In: the parsed YAML of one plan. Out: a frozen `Plan`. Forbidden here: reading files, checking
across fields (see `plan_check`), anything about one incident. Written out for planners in
`docs/plan-format.md`.
"""

from datetime import time, timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from plans.company.model import ContactKind
from plans.duration import Duration, Percent
from plans.model import CheckId, FactName, PersonId, RoleId, StepId, Value
from plans.text import Lang, Text

STEPS_LIMIT = 60
ASK_LIMIT = 12
WORDS_LIMIT = 40

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
# With the longest fact name and incident number it just fits into a button's 64 bytes.
ChoiceKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,15}$")]
PlanId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,31}$")]
Clause = Annotated[str, StringConstraints(pattern=r"^[OVWNDQ][0-9]{1,2}$")]
FieldType = Literal[
    "place", "vehicle", "route", "yes_no", "choice", "text", "number", "duration", "time"
]


class Asked(Value):
    """A typed fact somebody is asked for; `label` is its short name on cards, `offer` the numbers
    that can be pressed instead of typed."""

    type: FieldType
    text: Text
    label: Text | None = None
    choices: dict[ChoiceKey, Text] = Field(default_factory=dict, max_length=8)
    required: bool = False
    offer: tuple[int, ...] = Field(default=(), max_length=8)

    def called(self, lang: Lang) -> str:
        """Its short name: the label, or else the question without its mark."""
        return (self.label or self.text).in_(lang).rstrip("？?")


class Over(Value):
    """A number above a bound."""

    over: int


class AtMost(Value):
    """A number up to and including a bound."""

    at_most: int


class OneOf(Value):
    """One of several answers."""

    one_of: tuple[str, ...] = Field(min_length=2, max_length=8)


class Unless(Value):
    """Anything but this answer, also when nobody has given one: it holds up nothing."""

    unless: str | int


# "any": known and not none. "none": looked for and not there. Otherwise: equal to that answer.
Condition = str | int | Over | AtMost | OneOf | Unless
Conditions = dict[FactName, Condition]


class RouteOf(Value):
    """The delivery route of a vehicle fact."""

    route_of: FactName


class Ask(Asked):
    """A question to whoever reports. `default: reporter` fills in what the reporter drives,
    `default: {route_of: vehicle}` the route of that vehicle."""

    default: Literal["reporter"] | RouteOf | None = None
    when: Conditions = Field(default_factory=dict)


def _owner_from_name(value: object) -> object:
    return {"role": value} if isinstance(value, str) else value


class Owner(Value):
    """Who has a step: a role of the incident's region (or of the region that a vehicle fact
    belongs to), the person who reported, the driver of a vehicle fact, or the person promised
    under a fact's name. `person` is for plans that are composed in the chat; a file must not name
    anybody."""

    role: RoleId | None = None
    region_of: FactName | None = None
    driver_of: FactName | None = None
    person_of: FactName | None = None
    person: PersonId | None = None


OwnerField = Annotated[Owner, BeforeValidator(_owner_from_name)]
REPORTER = RoleId("reporter")
CLOSING: StepId = "close"


def part_of(step: StepId, n: int) -> StepId:
    """The name of one owner's part of a step that several have."""
    return f"{step}/{n}"


def whole_of(step: StepId) -> StepId:
    """The step that a part belongs to; any other step is its own whole."""
    return step.partition("/")[0]


class Due(Value):
    """A deadline: an anchor event and a duration.

    `after` is `reported`, `opened` (this step), or `done.<step>`. `acknowledge`: how long silence
    lasts before the next in line is told; `warn`: when the owner is reminded, as a share.
    """

    after: Annotated[str, StringConstraints(pattern=r"^(reported|opened|done\.[a-z0-9_]+)$")] = (
        "opened"
    )
    in_: Duration = Field(alias="in")
    warn: Percent | None = None
    acknowledge: Duration | None = None


class Record(Asked):
    """A fact recorded at a step: asked when it is acknowledged, or needed to complete it."""

    ask: Literal["acknowledged", "done"] = "done"
    tell: tuple[Literal["reporter", "owner"] | RoleId, ...] = Field(default=(), max_length=4)


class AfterAny(Value):
    """When any of the steps is settled."""

    any: tuple[StepId, ...] = Field(min_length=2, max_length=8)


class AfterMissed(Value):
    """Opens when nobody answers the named check."""

    missed: CheckId


def _after_from_names(value: object) -> object:
    return (value,) if isinstance(value, str) else value


After = Annotated[tuple[StepId, ...] | AfterAny | AfterMissed, BeforeValidator(_after_from_names)]


Pool = Literal["spare_vehicle", "route_guide"]


class Allocate(Value):
    """A promise from a pool; the name of what is promised is recorded as the fact `as`.

    `route_guide`: a person who has one of `roles` and knows the route that the fact `route` names.
    """

    pool: Pool
    as_: Name = Field(alias="as")
    route: FactName | None = None
    roles: tuple[RoleId, ...] = Field(default=(), max_length=4)


class ForEach(Value):
    """A step done by several owners at once, each with a call list of their own: the customers on
    the route that the fact names, each called by whoever looks after them."""

    customers_of: FactName
    by: Literal["manager"] = "manager"


class Step(Value):
    """One thing to be done by one owner; with `for_each` by each of several, and `owner` has what
    is nobody's. `contact`: whom outside the company it takes. `show`: facts its owner needs.
    `calls_with`: answers that the called plan is given besides those handed on."""

    owner: OwnerField
    for_each: ForEach | None = None
    do: Text
    contact: ContactKind | None = None
    show: tuple[FactName, ...] = Field(default=(), max_length=6)
    after: After = ()
    when: Conditions = Field(default_factory=dict)
    allocate: Allocate | None = None
    due: Due
    record: dict[Name, Record] = Field(default_factory=dict, max_length=4)
    calls: PlanId | None = None
    calls_with: dict[FactName, str | int] = Field(default_factory=dict, max_length=4)
    overview: Literal["spares"] | None = None
    tell_reporter: Text | None = None

    @property
    def follows(self) -> tuple[StepId, ...]:
        """The steps that `after` names."""
        match self.after:
            case AfterMissed():
                return ()
            case AfterAny(any=names):
                return names
            case names:
                return names


class Check(Value):
    """A question asked again and again while the incident is open, until its step (or any of
    several) is done; silence opens a step."""

    owner: OwnerField
    ask: Text
    every: Duration
    answer_within: Duration
    until: StepId | AfterAny

    @property
    def ends_with(self) -> tuple[StepId, ...]:
        """The steps of which any one ends it."""
        return self.until.any if isinstance(self.until, AfterAny) else (self.until,)


def _roles_from_name(value: object) -> object:
    return (value,) if isinstance(value, str) else value


_SEE_TO_IT = Text(zh="确认处理完毕，结束事件", en="Make sure that all is done, then close")


class Close(Value):
    """Who may close, and what must be settled first.

    `auto`: it closes by itself as soon as that is settled; `do` and `due` are then only for the
    case that it gets stuck, and `by` may close it before.
    """

    auto: bool = False
    by: Annotated[tuple[RoleId, ...], BeforeValidator(_roles_from_name)] = Field(
        min_length=1, max_length=4
    )
    when: tuple[StepId, ...] = Field(min_length=1)
    due: Due = Due(in_=timedelta(minutes=60))
    do: Text = _SEE_TO_IT
    tell_reporter: Text | None = None


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
    spares, or once for the company."""

    every: Literal["day", "working_day"] | Weekly | Monthly
    at: time
    for_: Literal["each_region", "regions_with_spares", "company"] = Field(alias="for")


class Plan(Value):
    """A written emergency plan that the bot carries out.

    `offered_at_place`: a button for whoever shares a place. `words`: typed by themselves, they
    bring an offer of the plan. `subject`: the fact that tells two reports
    of one thing apart. `inform`: roles told at the start with a short card. A `routine` begins by
    the clock: it has no command, asks nobody for a report, and tells nobody who need not act.
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
    ask: dict[Name, Ask] = Field(default_factory=dict, max_length=ASK_LIMIT)
    steps: dict[Name, Step] = Field(min_length=1, max_length=STEPS_LIMIT)
    checks: dict[Name, Check] = Field(default_factory=dict, max_length=8)
    close: Close

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
        return self.every_step()[whole_of(step)]

    def asked(self) -> dict[FactName, Asked]:
        """Every fact that somebody may be asked for, from the questions and the steps."""
        recorded = {name: r for step in self.steps.values() for name, r in step.record.items()}
        return {**self.ask, **recorded}
