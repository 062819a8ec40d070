"""The desk: where an input becomes a decision and a decision becomes documents and messages.

In: a turn and a command for an incident. Out: the incident after it, or a refusal; everything that
follows is put into the turn. Forbidden here: Telegram, the network, the clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from handlers.documents import (
    BOARDS,
    CARD_REFRESH,
    GROUPS,
    INCIDENTS,
    PEOPLE,
    PLANS,
    SHIFTS,
    VEHICLES,
    Board,
    FrozenPlan,
)
from handlers.registers import REGISTERS, register
from handlers.telling.announce import announce
from handlers.telling.happening import Happening
from plans import commands as c
from plans.company import Company, with_register
from plans.engine import decide
from plans.events import EVENT, Event, ResourcePromised, ResourceReleased
from plans.evolve import evolve
from plans.format import Plan
from plans.incident import FactValue, Incident
from plans.model import FactName, PersonId, RegionId
from plans.roster import Roster
from plans.vehicles import VehicleState
from storage.port import Entry, Kind, Turn

VERSIONS_HELD = 100
ROSTER_KINDS: tuple[Kind[Any], ...] = (PEOPLE, GROUPS, VEHICLES, SHIFTS, *REGISTERS)


@dataclass(frozen=True)
class Desk:
    """The company as its file says and the plans in force. What has been entered in the chat since
    stands in the roster's company, not here."""

    company: Company
    plans: Mapping[str, Plan]
    _frozen: dict[str, Plan] = field(default_factory=dict, repr=False)
    _rosters: "_LastRoster" = field(default_factory=lambda: _LastRoster(), repr=False)

    async def roster(self, turn: Turn) -> Roster:
        """The company as it is now. Read anew only after something about it has changed."""
        versions = tuple(turn.version(kind) for kind in ROSTER_KINDS)
        last = self._rosters
        if last.roster is not None and versions == last.versions:
            return last.roster
        roster = await _read_roster(turn, self.company)
        if None not in versions:  # else the turn has changed it and may yet fail
            last.versions, last.roster = versions, roster
        return roster

    @property
    def latest_roster(self) -> Roster:
        """The roster as last read, for what needs no more than a language."""
        return self._rosters.roster or Roster(self.company)

    async def plan_of(self, turn: Turn, incident: Incident) -> Plan:
        """The plan frozen into the incident. KeyError: the store has lost it."""
        version = incident.plan_version
        if version not in self._frozen:
            frozen = await turn.get(PLANS, version)
            if frozen is None:
                raise KeyError(version)
            if len(self._frozen) >= VERSIONS_HELD:
                self._frozen.clear()
            self._frozen[version] = frozen.plan  # a version names its content: it never changes
        return self._frozen[version]

    async def start(
        self,
        turn: Turn,
        plan: Plan,
        by: PersonId,
        region: RegionId,
        facts: Mapping[FactName, FactValue],
    ) -> Incident | c.Refusal:
        """Start an incident on the plan as it is now."""
        version = version_of(plan)
        if await turn.get(PLANS, version) is None:
            turn.put(PLANS, FrozenPlan(version=version, plan=plan))
        number = await turn.next_number("incident")
        command = c.StartIncident(turn.at, by, number, version, region, facts)
        return await self._decide(turn, plan, None, command)

    async def act(
        self, turn: Turn, number: int, command: c.Command, heard_in: int | None = None
    ) -> Incident | c.Refusal:
        """Decide on a command for an incident that is there; `heard_in` is the chat it came from.

        KeyError: there is no such incident.
        """
        incident = await turn.get(INCIDENTS, str(number))
        if incident is None:
            raise KeyError(number)
        plan = await self.plan_of(turn, incident)
        return await self._decide(turn, plan, incident, command, heard_in)

    async def _decide(
        self,
        turn: Turn,
        plan: Plan,
        before: Incident | None,
        command: c.Command,
        heard_in: int | None = None,
    ) -> Incident | c.Refusal:
        roster = await self.roster(turn)
        there = roster if before is None else roster.for_incident(before.number)
        decided = decide(plan, before, command, there)
        if isinstance(decided, c.Refusal):
            return decided
        after = before
        for event in decided:
            after = evolve(after, event)
            turn.remember(_entry(after, event))
            await _keep_promise(turn, roster, after.number, event)
        if after is None:
            raise ValueError("a decision on nothing must start an incident")
        if decided:
            turn.put(INCIDENTS, after)
            await _keep_down(turn, roster, plan, before, after)
            refresh_at = turn.at + CARD_REFRESH if after.is_open else None
            turn.put(BOARDS, Board(incident=after.number, refresh_at=refresh_at))
            now = await self.roster(turn)
            happening = Happening(plan, before, after, decided, now, turn.at, heard_in)
            await announce(turn, happening)
        return after


@dataclass
class _LastRoster:
    """The roster last read, and of which contents."""

    versions: tuple[int | None, ...] = ()
    roster: Roster | None = None


async def _read_roster(turn: Turn, company: Company) -> Roster:
    return Roster(
        with_register(company, await register(turn)),
        {p.person: p for p in await turn.find(PEOPLE)},
        {g.group: g for g in await turn.find(GROUPS)},
        {v.plate: v for v in await turn.find(VEHICLES)},
        tuple(await turn.find(SHIFTS)),
    )


def version_of(plan: Plan) -> str:
    """A name for exactly this content of the plan."""
    content = plan.model_dump_json(by_alias=True).encode()
    return f"{plan.plan}@{sha256(content).hexdigest()[:16]}"


def _entry(incident: Incident, event: Event) -> Entry:
    body = EVENT.dump_python(event, mode="json")
    return Entry(incident=incident.number, n=incident.entries, at=event.at, event=body)


async def _keep_promise(turn: Turn, roster: Roster, number: int, event: Event) -> None:
    """A promise stands in the vehicle's own document, so that no other incident is given it."""
    if isinstance(event, ResourcePromised):
        state = await _vehicle(turn, roster, event.promise.plate)
        turn.put(VEHICLES, state.model_copy(update={"promised_to": number}))
    elif isinstance(event, ResourceReleased):
        state = await _vehicle(turn, roster, event.plate)
        turn.put(VEHICLES, state.model_copy(update={"promised_to": None}))


async def _keep_down(
    turn: Turn, roster: Roster, plan: Plan, before: Incident | None, after: Incident
) -> None:
    """A vehicle that an open incident is about is no spare for anybody else."""
    was, now = _subjects(plan, before, roster), _subjects(plan, after, roster)
    for plate in was ^ now:
        state = await _vehicle(turn, roster, plate)
        if plate in now:
            turn.put(VEHICLES, state.model_copy(update={"down_in": after.number}))
        elif state.down_in == after.number:
            turn.put(VEHICLES, state.model_copy(update={"down_in": None}))


def _subjects(plan: Plan, incident: Incident | None, roster: Roster) -> set[str]:
    if incident is None or not incident.is_open or plan.subject is None:
        return set()
    return {str(incident.fact(plan.subject))} & set(roster.company.vehicles)


async def _vehicle(turn: Turn, roster: Roster, plate: str) -> VehicleState:
    """As it is by now: one decision may change it more than once."""
    return await turn.get(VEHICLES, plate) or roster.vehicle_state(plate)
