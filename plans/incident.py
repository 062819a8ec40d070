"""An incident as it stands: what has happened so far, folded into one value.

In: nothing. Out: frozen state that `evolve` builds from events and `decide` reads. Forbidden here:
decisions. Times are aware UTC datetimes.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Literal

from plans.area import Area
from plans.format.naming import part_of, whole_of
from plans.model import (
    CheckId,
    CustomerId,
    FactName,
    GoodsId,
    PersonId,
    RegionId,
    RoleId,
    StepId,
    Value,
)
from plans.place import Place
from plans.text import Text

# yes_no, choice and level: their key; vehicle: the plate; route: its name; customer, goods: the id;
# duration: whole minutes; number: itself; time: as `plans.moment` writes it; photo: its file id.
FactValue = Place | Area | int | str
NONE = "none"
# A choice has at most so many answers, so that none of them is forgotten.
EARLIER_LIMIT = 8


class Fact(Value):
    """What is known, since when and from whom. `corrected` counts later corrections."""

    value: FactValue
    at: datetime
    by: PersonId | None
    corrected: int = 0


class StepStatus(StrEnum):
    WAITING = "waiting"
    OPEN = "open"
    SHARED = "shared"  # its parts are under way
    DONE = "done"
    SKIPPED = "skipped"


class SkipReason(StrEnum):
    NOT_NEEDED = "not_needed"  # a fact says so
    SHORT = "short"  # nothing to promise in the pool
    ANSWERED = "answered"  # the silence that opened it has ended
    CLOSED = "closed"  # the incident ended first
    NOBODY = "nobody"  # there is nobody to be called


class Parent(Value):
    """The incident whose `step` called for this one; `ended`: it has ended before this one."""

    number: int
    title: Text
    step: StepId
    ended: bool = False


class Child(Value):
    """The incident that a step called for."""

    number: int
    title: Text
    status: "IncidentStatus" = "open"


class Following(Value):
    """A plan that begins by itself at `begins_at`, since the incident has closed."""

    plan: str
    begins_at: datetime
    title: Text | None = None


CallResult = Literal["reached", "no_answer"]


class Share(Value):
    """One owner's part of a step that several do at once: the people to be called (None: the owner
    decides whom) and how that went. `owner` is None where a role has it: `role`, or else the
    step's. Without `has_list` nobody is to be called. An empty list: the part is not needed any
    more. `heard_at`: when a call was last ticked. `answers`: what its owner has answered."""

    owner: PersonId | None
    region: RegionId
    calls: tuple[CustomerId, ...] | None
    called: Mapping[CustomerId, CallResult] = {}
    role: RoleId | None = None
    has_list: bool = True
    heard_at: datetime | None = None
    answers: Mapping[FactName, str] = {}

    @property
    def left(self) -> tuple[CustomerId, ...]:
        """Those who have not been reached yet."""
        return self.left_of(self.calls or ())

    @property
    def unanswered(self) -> tuple[CustomerId, ...]:
        """Those who were called and did not answer."""
        return tuple(one for one in self.calls or () if self.called.get(one) == "no_answer")

    def left_of(self, calls: tuple[CustomerId, ...]) -> tuple[CustomerId, ...]:
        """Those of them who have not been reached yet."""
        called = self.called
        # Asked of every part whenever anybody ticks; most of them have not begun.
        return tuple([one for one in calls if called.get(one) != "reached"]) if called else calls


class Decision(Value):
    """What was decided at a step: its outcome, on how many (`asked`), of which `granted`; None
    where it is not about a number; `goods`: what was counted. `reason`: why not, or a remark."""

    outcome: str
    asked: int | None = None
    granted: int | None = None
    reason: str = ""
    goods: GoodsId | None = None


class SentBroadcast(Value):
    """The broadcast that a step sent, and how far it has come."""

    number: int
    people: int
    sent: int = 0
    confirmed: int = 0
    unreachable: int = 0


class StepState(Value):
    """Where one step stands.

    `role` and `region` were resolved when it opened. `asked` are those whose answer is awaited
    now, `told` all who were ever told, `passed` those who could not be told or declined.
    `remind_at`, `climb_at` and `due_at` are the deadlines as facts; None: none is running.
    `retry_at`: when those who did not answer are brought up again. `opens_at`: when it begins, all
    else being ready. `again_for`: the fact whose correction has it done once more. Whoever had it
    when it was withheld, and is to have it again, stays `taken_by`.
    `held_up` is True once the deadline passed without the step being done. `share` is set in a part
    of a step that several do at once; in the whole, `parts` counts them and `shared_for` is the
    fact that they follow from. `broadcast`: the last one that it sent, be it before it was opened
    again. `again_in`: the round in which it is done once more; of its parts the first `past` were
    those of earlier rounds.
    """

    status: StepStatus = StepStatus.WAITING
    role: RoleId | None = None
    region: RegionId | None = None
    opened_at: datetime | None = None
    asked: tuple[PersonId, ...] = ()
    told: tuple[PersonId, ...] = ()
    passed: tuple[PersonId, ...] = ()
    taken_by: PersonId | None = None
    taken_at: datetime | None = None
    due_at: datetime | None = None
    remind_at: datetime | None = None
    climb_at: datetime | None = None
    retry_at: datetime | None = None
    opens_at: datetime | None = None
    again_for: FactName | None = None
    held_up: bool = False
    in_command: bool = False
    settled_at: datetime | None = None
    settled_by: PersonId | None = None
    skipped_for: SkipReason | None = None
    round: int = 0
    child: Child | None = None
    share: Share | None = None
    parts: int = 0
    past: int = 0
    again_in: str | None = None
    shared_for: FactValue | None = None
    decision: Decision | None = None
    broadcast: SentBroadcast | None = None

    @property
    def shared(self) -> bool:
        """Whether it stands for its parts and nobody has it as a whole."""
        return self.parts > self.past

    @property
    def is_called_for(self) -> bool:
        """Whether another incident is under way that settles the step when it closes."""
        return self.child is not None and self.child.status == "open"


class CheckState(Value):
    """Where a recurring check stands: asked and waiting until `answer_by`, or resting until
    `ask_at`; both None when it has ended."""

    ask_at: datetime | None = None
    answer_by: datetime | None = None
    asked: PersonId | None = None
    unanswered: int = 0


class VehiclePromise(Value):
    """A vehicle promised to this incident under a fact's name."""

    plate: str
    region: RegionId
    driver: PersonId | None
    tier: Literal["own", "nearest", "city"]
    distance_km: float | None

    @property
    def thing(self) -> str:
        """What the fact names."""
        return self.plate


class StockPromise(Value):
    """So many of some goods, kept in a region's store for this incident under a fact's name;
    `used`: they have left it."""

    goods: GoodsId
    quantity: int
    region: RegionId
    tier: Literal["own", "nearest", "city"]
    used: bool = False

    @property
    def thing(self) -> str:
        """What the fact names: the region whose store keeps them."""
        return self.region


class PersonPromise(Value):
    """A person promised to this incident under a fact's name."""

    person: PersonId
    region: RegionId
    tier: Literal["own", "other"]

    @property
    def thing(self) -> str:
        """What the fact names."""
        return self.person


Promise = VehiclePromise | PersonPromise | StockPromise

CommandGap = Literal["nobody", "away", "unreachable", "silent"]


class HeadquartersState(Value):
    """Who directs a major incident: `chief` by post, or `acting`, whom a chief (`authorised_by`)
    has put in their place; neither: nobody does. `deputy`: the next chief who was there.

    `noted`: they have said that they know. `gap`: why a commander is being sought; a commander who
    is "silent" commands all the same. `asked` are the chiefs asked for one, `told` all who have
    heard of it, `seeks` how often, `sought_since` when for the first time; `seek_at`: when they are
    asked next.
    """

    since: datetime
    chief: PersonId | None = None
    deputy: PersonId | None = None
    acting: PersonId | None = None
    authorised_by: PersonId | None = None
    noted: bool = False
    gap: CommandGap | None = None
    asked: tuple[PersonId, ...] = ()
    told: tuple[PersonId, ...] = ()
    seeks: int = 0
    sought_since: datetime | None = None
    seek_at: datetime | None = None

    @property
    def appointed(self) -> PersonId | None:
        """Who has the command, wherever they are just now."""
        return self.acting or self.chief

    @property
    def commander(self) -> PersonId | None:
        """Who commands; None while nobody does."""
        return None if self.gap in ("nobody", "away", "unreachable") else self.appointed


IncidentStatus = Literal["open", "closed", "merged", "cancelled"]


class Incident(Value):
    """One emergency being dealt with. `entries` counts the events folded in; `filed_by` is who
    reported it for the reporter, when that was somebody else. `also_called`: other incidents that
    wait for this one, which was under way when they called for it. `directed_by`: all who have ever
    commanded it, or were deputy. `earlier`: what was known under a name before it was corrected or
    taken back, the `EARLIER_LIMIT` latest of what an answer to choose can be called. `rounds`: of
    what has been begun once more, how often each step that was over had been begun by then."""

    number: int
    plan: str
    plan_version: str
    region: RegionId
    reporter: PersonId
    filed_by: PersonId | None = None
    reported_at: datetime
    also_reported: tuple[PersonId, ...] = ()
    status: IncidentStatus = "open"
    merged_into: int | None = None
    ended_at: datetime | None = None
    ended_by: PersonId | None = None
    drill: bool = False
    routine: bool = False
    parent: Parent | None = None
    also_called: tuple[Parent, ...] = ()
    following: tuple[Following, ...] = ()
    facts: Mapping[FactName, Fact] = {}
    earlier: Mapping[FactName, tuple[str, ...]] = {}
    steps: Mapping[StepId, StepState] = {}
    checks: Mapping[CheckId, CheckState] = {}
    rounds: Mapping[str, Mapping[StepId, int]] = {}
    promises: Mapping[FactName, Promise] = {}
    refused: tuple[str, ...] = ()
    headquarters: HeadquartersState | None = None
    directed_by: tuple[PersonId, ...] = ()
    entries: int = 0

    @property
    def reporters(self) -> tuple[PersonId, ...]:
        """Whoever reported it, whoever filed that for them, and whoever reported it again."""
        filed = () if self.filed_by is None else (self.filed_by,)
        return (self.reporter, *filed, *self.also_reported)

    @property
    def is_open(self) -> bool:
        return self.status == "open"

    def fact(self, name: FactName) -> FactValue | None:
        """The value known under that name, or None."""
        known = self.facts.get(name)
        return known.value if known else None

    def parts_of(self, step: StepId) -> Mapping[StepId, StepState]:
        """The parts there ever were, in the round that it is in, of a step that several do; none of
        any other step."""
        whole = self.steps[step]
        names = (part_of(step, n) for n in range(whole.past + 1, whole.parts + 1))
        return {name: self.steps[name] for name in names}

    def is_past(self, step: StepId) -> bool:
        """Whether it is a part of an earlier round: on record, and nobody's any more."""
        whole = whole_of(step)
        return whole != step and int(step.rpartition("/")[2]) <= self.steps[whole].past

    def knows(self, name: FactName, step: StepId) -> bool:
        """Whether the fact is known at that step; at a part, whether its owner has answered."""
        share = self.steps[step].share if step in self.steps else None
        return name in self.facts if share is None else name in share.answers

    def knows_since_opened(self, name: FactName, step: StepId) -> bool:
        """Whether the fact was said since the step opened; before, it was another vehicle's."""
        said, opened_at = self.facts.get(name), self.steps[step].opened_at
        return said is not None and opened_at is not None and said.at >= opened_at

    @property
    def parents(self) -> tuple[Parent, ...]:
        """Every incident that called for this one."""
        return (*((self.parent,) if self.parent else ()), *self.also_called)

    def place(self) -> Place | None:
        """The latest place known, whatever the plan calls it."""
        places = [f for f in self.facts.values() if isinstance(f.value, Place)]
        latest = max(places, key=lambda f: f.at, default=None)
        return latest.value if latest and isinstance(latest.value, Place) else None

    def area(self) -> Area | None:
        """The area it is about: the first that anybody was asked for."""
        areas = (fact.value for fact in self.facts.values() if isinstance(fact.value, Area))
        return next(areas, None)

    def due_next(self) -> datetime | None:
        """The earliest moment at which time alone changes something."""
        return min(self._moments(), default=None)

    def _moments(self) -> list[datetime]:
        moments: list[datetime | None] = []
        for step in self.steps.values():
            if step.status is StepStatus.OPEN:
                overdue = None if step.held_up else step.due_at
                moments += [step.remind_at, step.climb_at, step.retry_at, overdue]
            elif step.status is StepStatus.WAITING:
                moments.append(step.opens_at)
        for check in self.checks.values():
            moments += [check.ask_at, check.answer_by]
        if self.headquarters is not None and self.is_open:
            moments.append(self.headquarters.seek_at)
        return [m for m in moments if m is not None]
