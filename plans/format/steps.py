"""Steps, checks and closing: what is to be done, by whom, when.

In: what a planner wrote. Out: frozen values. Forbidden here: checking across fields (see
`plans.plan_check`).
"""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from plans.company.model import ContactKind
from plans.duration import Duration
from plans.format.asking import Asked, Record
from plans.format.conditions import Conditions
from plans.format.deciding import Decide
from plans.format.naming import Name, PlanId
from plans.format.owners import OwnerField
from plans.format.spreading import Broadcast, ForEach
from plans.format.timing import Due, Wait
from plans.model import CheckId, FactName, RoleId, StepId, Value
from plans.text import Text


class AfterAny(Value):
    """When any of the steps is settled."""

    any: tuple[StepId, ...] = Field(min_length=2, max_length=8)


class AfterMissed(Value):
    """Opens when nobody answers the named check."""

    missed: CheckId


def _after_from_names(value: object) -> object:
    return (value,) if isinstance(value, str) else value


After = Annotated[tuple[StepId, ...] | AfterAny | AfterMissed, BeforeValidator(_after_from_names)]


Pool = Literal["spare_vehicle", "route_guide", "stock"]


class Allocate(Value):
    """A promise from a pool; the name of what is promised is recorded as the fact `as`.

    `route_guide`: a person who has one of `roles` and knows the route that the fact `route` names.
    `stock`: so many of the goods that the fact `goods` names as the fact `quantity` says, from one
    store: the region's own, else the nearest that has enough.
    """

    pool: Pool
    as_: Name = Field(alias="as")
    route: FactName | None = None
    roles: tuple[RoleId, ...] = Field(default=(), max_length=4)
    goods: FactName | None = None
    quantity: FactName | None = None


class OrderDayOf(Value):
    """The next day on which the customer that the fact names orders, at the hour when orders are
    taken; nothing for one of whom no order days are known."""

    order_day_of: FactName

    @property
    def says(self) -> Asked:
        """The fact that it makes known, as if it had been asked for."""
        return Asked(type="time", text=Text(zh="下次订货日", en="Next order day"))


class Step(Value):
    """One thing to be done by one owner; with `for_each` by each of several, and `owner` has what
    is nobody's. `contact`: whom outside the company it takes. `show`: facts its owner needs.
    `calls_with`: answers that the called plan is given besides those handed on.

    `not_before`: it does not begin sooner. `works_out`: facts that follow from the register when
    it begins. `decide`: its owner decides. `broadcast`: its owner sends it. `notice`: a text, with
    `{fact}` in it, for its owner to copy and pass on. `uses`: the promised stock that is used up
    once it is done. `redo_when`: when one of these facts is corrected after it was done, it is to
    be done again. `sets`: the answers that its being done gives, without anybody being asked.
    """

    owner: OwnerField
    for_each: ForEach | None = None
    do: Text
    contact: ContactKind | None = None
    show: tuple[FactName, ...] = Field(default=(), max_length=10)
    after: After = ()
    when: Conditions = Field(default_factory=dict)
    not_before: Wait | None = None
    allocate: Allocate | None = None
    uses: FactName | None = None
    works_out: dict[Name, OrderDayOf] = Field(default_factory=dict, max_length=4)
    due: Due
    record: dict[Name, Record] = Field(default_factory=dict, max_length=8)
    decide: Decide | None = None
    broadcast: Broadcast | None = None
    notice: Text | None = None
    redo_when: tuple[FactName, ...] = Field(default=(), max_length=8)
    sets: dict[FactName, str] = Field(default_factory=dict, max_length=4)
    calls: PlanId | None = None
    calls_with: dict[FactName, str | int] = Field(default_factory=dict, max_length=4)
    overview: Literal["spares", "stock"] | None = None
    tell_reporter: Text | None = None

    @property
    def works_out_only(self) -> dict[FactName, Asked]:
        """What it works out and nobody is asked for besides."""
        return {n: one.says for n, one in self.works_out.items() if n not in self.record}

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
