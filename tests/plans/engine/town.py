"""A town to have incidents in: the sample company, what changes about it, and time.

In: what people do at which minute. Out: what follows, as lines (see `lines`), or why it was
refused. The town does what the rest of the product does around `decide`: fold events, keep who
holds which vehicle, pass time at the moment that is due.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import plans
from plans import commands as c
from plans import events as e
from plans.company import Company, CompanyFile, read_company
from plans.engine import decide
from plans.evolve import evolve
from plans.format import Plan
from plans.incident import FactValue, Incident, PersonPromise, VehiclePromise
from plans.place import Place
from plans.plan_check import PlanFile, read_plan
from plans.roster import PersonState, Roster
from plans.stock import Holding
from plans.stock_moves import moves_of
from plans.vehicles import VehicleState
from tests.plans.engine.lines import line_of

BEGAN = datetime(2026, 7, 1, 0, 0, tzinfo=UTC)
ROOM = Path(plans.__file__).parent
LIBRARY = sorted(path.stem for path in (ROOM / "library").glob("*.yaml"))
ON_THE_ROAD = Place(lat=30.19, lon=120.41)


@cache
def sample_company() -> Company:
    read = read_company((ROOM / "samples" / "company.yaml").read_text("utf-8"))
    assert isinstance(read, CompanyFile), read.said("en")
    return read.company


@cache
def plan_of(text: str) -> Plan:
    read = read_plan(text, "plan.yaml", sample_company())
    assert isinstance(read, PlanFile), read.said("en")
    return read.plan


def library_plan(name: str) -> Plan:
    return plan_of((ROOM / "library" / f"{name}.yaml").read_text("utf-8"))


@dataclass
class Town:
    """Starts with everybody there and every vehicle free."""

    company: Company = field(default_factory=sample_company)
    people: dict[str, PersonState] = field(default_factory=dict)
    vehicles: dict[str, VehicleState] = field(default_factory=dict)
    stock: dict[tuple[str, str], Holding] = field(default_factory=dict)
    incidents: int = 0

    @property
    def roster(self) -> Roster:
        return Roster(self.company, people=self.people, vehicles=self.vehicles, stock=self.stock)

    def without_spares(self) -> "Town":
        spares = (plate for plate, v in self.company.vehicles.items() if v.spare)
        self.vehicles = {p: VehicleState(plate=p, ready=False) for p in spares}
        return self

    def loses(self, *people: str) -> "Town":
        for person in people:
            self._change(person, reachable=False)
        return self

    def sends_away(self, person: str, until: float, stand_in: str | None = None) -> "Town":
        self._change(person, away_until=minute(until), stand_in=stand_in)
        return self

    def never_knew(self, *people: str) -> "Town":
        for person in people:
            self._change(person, telegram=None)
        return self

    def empties(self, *roles: str) -> "Town":
        """Nobody holds these roles any more, nor is deputy in them."""
        written = self.company.model_dump()
        for person in written["people"].values():
            person["roles"] = [post for post in person["roles"] if post["role"] not in roles]
        self.company = Company.model_validate(written)
        return self

    def _change(self, person: str, **changes: object) -> None:
        state = self.roster.state(person)
        assert state is not None, person
        self.people[person] = state.model_copy(update=changes)

    def counts(self, region: str, goods: str, count: int) -> "Town":
        held = self.roster.holding(region, goods)
        self.stock[region, goods] = held.counted(count, BEGAN, "p_cang")
        return self

    def keep_stock(self, before: Incident | None, event: e.Event, number: int) -> None:
        """What the rest of the product does with what lies in stores."""
        for move in moves_of(before, event):
            held = self.roster.holding(move.region, move.goods)
            if move.what == "reserve":
                assert held.free >= move.quantity, f"{move.goods} is promised twice"
            self.stock[move.region, move.goods] = move.carried_out(held, number)

    def keep(self, events: tuple[e.Event, ...], number: int) -> None:
        for event in events:
            match event:
                case e.ResourceReleased(thing=region) if region in self.company.regions:
                    pass
                case e.ResourcePromised(promise=PersonPromise(person=person)):
                    guide = self.roster.state(person)
                    assert guide is not None
                    assert guide.promised_to is None, f"{person} is promised twice"
                    self._change(person, promised_to=number)
                case e.ResourceReleased(thing=person) if person in self.company.people:
                    self._change(person, promised_to=None)
                case e.ResourcePromised(promise=VehiclePromise() as promise):
                    state = self.roster.vehicle_state(promise.plate)
                    assert state.free, f"{promise.plate} is promised twice"
                    self.vehicles[promise.plate] = state.model_copy(update={"promised_to": number})
                case e.ResourceReleased(thing=plate):
                    state = self.roster.vehicle_state(plate)
                    assert state.promised_to == number, f"{plate} is not ours to release"
                    self.vehicles[plate] = state.model_copy(update={"promised_to": None})

    def keep_command(self, incident: Incident) -> None:
        """Whoever acts as commander knows of it, and nobody else."""
        known = incident.headquarters if incident.is_open else None
        acting = known.acting if known is not None else None
        for person in dict.fromkeys((*self.people, *([acting] if acting else []))):
            state = self.roster.state(person)
            acts = state is not None and incident.number in state.acts_in
            if state is not None and acts != (person == acting):
                self._change(person, acts_in=state.acts_in ^ {incident.number})


def minute(at: float) -> datetime:
    return BEGAN + timedelta(minutes=at)


@dataclass
class Talk:
    """One incident in a town. `now` is the minute; commands happen then."""

    plan: Plan
    town: Town = field(default_factory=Town)
    now: float = 0
    incident: Incident | None = None
    events: list[e.Event] = field(default_factory=list)

    def at(self, now: float) -> "Talk":
        """Go to that minute without time having passed for anybody (see `passes_to`)."""
        self.now = now
        return self

    def starts(self, by: str, region: str = "east", **facts: FactValue) -> list[str]:
        return self.is_filed(by, None, region, **facts)

    def is_filed(
        self, by: str, reporter: str | None, region: str = "east", **facts: FactValue
    ) -> list[str]:
        self.town.incidents += 1
        number = self.town.incidents
        return self.tell(
            c.StartIncident(minute(self.now), by, number, "1", region, facts, reporter=reporter)
        )

    def acknowledges(self, by: str, step: str) -> list[str]:
        return self.tell(c.AcknowledgeStep(minute(self.now), by, step))

    def completes(self, by: str, step: str) -> list[str]:
        return self.tell(c.CompleteStep(minute(self.now), by, step))

    def decides(
        self,
        by: str,
        outcome: str,
        asked: int | None,
        granted: int | None = None,
        reason: str = "",
        step: str = "approve",
    ) -> list[str]:
        at = minute(self.now)
        return self.tell(c.DecideStep(at, by, step, outcome, granted, reason, asked))

    def declines(self, by: str, step: str, reason: str = "busy") -> list[str]:
        return self.tell(c.DeclineStep(minute(self.now), by, step, reason))

    def hands_over(self, by: str, step: str, to: str) -> list[str]:
        return self.tell(c.HandOverStep(minute(self.now), by, step, to))

    def reassigns(self, by: str, step: str, to: str) -> list[str]:
        return self.tell(c.ReassignStep(minute(self.now), by, step, to))

    def records(self, by: str, name: str, value: FactValue) -> list[str]:
        return self.tell(c.RecordFact(minute(self.now), by, name, value))

    def swaps(self, by: str, step: str = "send_spare", to: str | None = None) -> list[str]:
        return self.tell(c.SwapResource(minute(self.now), by, step, to))

    def loses_vehicle(self, plate: str, number: int) -> list[str]:
        return self.tell(c.LoseResource(minute(self.now), plate, number))

    def cancels(self, by: str, reason: str = "a slip") -> list[str]:
        return self.tell(c.CancelIncident(minute(self.now), by, reason))

    def searches_again(self, by: str, step: str = "send_spare") -> list[str]:
        return self.tell(c.SearchAgain(minute(self.now), by, step))

    def answers(self, by: str, check: str = "in_touch") -> list[str]:
        return self.tell(c.AnswerCheck(minute(self.now), by, check))

    def notes(self, by: str, text: str) -> list[str]:
        return self.tell(c.AddNote(minute(self.now), by, text))

    def moves(self, by: str, place: Place) -> list[str]:
        return self.tell(c.MovePlace(minute(self.now), by, place))

    def joins(self, by: str, place: Place | None = None) -> list[str]:
        return self.tell(c.JoinReport(minute(self.now), by, place))

    def loses(self, person: str) -> list[str]:
        self.town.loses(person)
        return self.tell(c.LosePerson(minute(self.now), person))

    def merges_into(self, by: str, number: int) -> list[str]:
        return self.tell(c.MergeInto(minute(self.now), by, number))

    def passes(self) -> list[str]:
        """All that is due by now, late as it may be."""
        return self.tell(c.PassTime(minute(self.now)))

    def passes_to(self, until: float) -> list[str]:
        """Time passes as the clock makes it pass: at every moment that is due, one by one."""
        lines: list[str] = []
        for _ in range(10_000):
            due = self.state.due_next()
            if due is None or due > minute(until):
                break
            self.now = (due - BEGAN).total_seconds() / 60
            said = self.tell(c.PassTime(due))
            assert said, f"nothing follows at {self.now:g}, though it was due"
            lines += [f"{self.now:g}: {line}" for line in said]
        self.now = until
        return lines

    @property
    def state(self) -> Incident:
        assert self.incident is not None
        return self.incident

    def _roster(self) -> Roster:
        roster = self.town.roster
        return roster if self.incident is None else roster.for_incident(self.incident.number)

    def tell(self, command: c.Command) -> list[str]:
        decided = decide(self.plan, self.incident, command, self._roster())
        if isinstance(decided, c.Refusal):
            return [f"refused: {decided.reason} {decided.detail}".strip()]
        for event in decided:
            before, self.incident = self.incident, evolve(self.incident, event)
            self.town.keep_stock(before, event, self.incident.number)
        self.events += decided
        self.town.keep(decided, self.state.number)
        self.town.keep_command(self.state)
        return [line_of(event, BEGAN) for event in decided]
