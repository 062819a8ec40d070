"""The desk: where an input becomes a decision and a decision becomes documents and messages.

In: a turn and a command for an incident. Out: the incident after it, or a refusal; everything that
follows is put into the turn. Forbidden here: Telegram, the network, the clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from handlers.documents import (
    BOARDS,
    INCIDENTS,
    PLANS,
    Board,
    FrozenPlan,
)
from handlers.incidents import children, holding
from handlers.records.rosters import Kept, nothing_read, read_roster
from handlers.reporting.joining import brought, differs, propose, running_there
from handlers.reporting.wanted import WANTED, Wanted
from handlers.stores import keeping
from handlers.telling.announce import announce
from handlers.telling.happening import Happening
from handlers.telling.letters import Letters
from handlers.telling.pace import refresh_at
from plans import commands as c
from plans.company import Company
from plans.engine import decide
from plans.engine.calling import handed_on
from plans.events import EVENT, Event, FactRecorded
from plans.evolve import evolve
from plans.format import Plan
from plans.incident import FactValue, Incident
from plans.model import FactName, PersonId, RegionId
from plans.roster import Roster
from storage.port import Entry, Turn

VERSIONS_HELD = 100


@dataclass(frozen=True)
class Desk:
    """The company as its file says, the plans in force, which people raise, and the routines, which
    begin by the clock. What has been entered in the chat since
    stands in the roster's company, not here."""

    company: Company
    plans: Mapping[str, Plan]
    routines: Mapping[str, Plan] = field(default_factory=dict)
    _frozen: dict[str, Plan] = field(default_factory=dict, repr=False)
    _last: "_Last" = field(default_factory=lambda: _Last(), repr=False)

    async def roster(self, turn: Turn) -> Roster:
        """The company as it is now, with what this turn has changed. Read anew only where
        something about it has changed."""
        self._last.kept = self._last.kept or nothing_read(self.company)
        return await read_roster(turn, self.company, self._last.kept)

    @property
    def latest_roster(self) -> Roster:
        """The roster as last read, for what needs no more than a language."""
        kept = self._last.kept
        return kept.latest.roster if kept is not None else Roster(self.company)

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
        *,
        reporter: PersonId | None = None,
    ) -> Incident | c.Refusal:
        """Start an incident on the plan as it is now; `reporter`: for whom `by` reports it. Where
        there is one of it at a time in a region, join the one there is."""
        roster = await self.roster(turn)
        running = await running_there(turn, plan, roster, region, facts)
        if running is not None:
            return await self._join(turn, running, reporter or by, facts, told=by)
        version = version_of(plan)
        number = await turn.next_number("incident")
        command = c.StartIncident(turn.at, by, number, version, region, facts, reporter=reporter)
        return await self.begin(turn, plan, command)

    async def begin(self, turn: Turn, plan: Plan, command: c.StartIncident) -> Incident | c.Refusal:
        """Start an incident as the command says; the plan is frozen as it is now."""
        if await turn.get(PLANS, command.plan_version) is None:
            turn.put(PLANS, FrozenPlan(version=command.plan_version, plan=plan))
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
        decided = children.named(self.plans, decided)
        after = await _fold(turn, roster, before, decided)
        called = await children.called_for(turn, self.plans, plan, after, decided, roster)
        for one in called:
            linked = decide(plan, after, one.link(turn.at), there)
            if not isinstance(linked, c.Refusal):
                after = await _fold(turn, roster, after, linked)
                decided = (*decided, *linked)
        if decided:
            turn.put(INCIDENTS, after)
            children.keep_follow_ups(turn, self.plans, plan, after, decided)
            lost = await holding.keep_down(turn, roster, plan, before, after)
            await holding.keep_command(turn, roster, before, after)
            await _keep_fresh(turn, after)
            now = await self.roster(turn)
            happening = Happening(plan, before, after, decided, now, turn.at, heard_in)
            await announce(turn, happening)
            for number, plate in lost:
                await self.act(turn, number, c.LoseResource(turn.at, plate, after.number))
        await self._offer_children(turn, plan, after, decided)
        for one in called:
            await self._begin_child(turn, plan, after, one)
        if before is not None and before.is_open and not after.is_open:
            await self._tell_kin(turn, after)
        return after

    async def _join(
        self,
        turn: Turn,
        running: Incident,
        person: PersonId,
        facts: Mapping[FactName, FactValue],
        told: PersonId,
    ) -> Incident:
        """What the report adds is put on record; what it says otherwise is offered to `told`."""
        plan = await self.plan_of(turn, running)
        for command in brought(plan, running, turn.at, person, facts):
            joined = await self.act(turn, running.number, command)
            running = joined if isinstance(joined, Incident) else running
        letters = Letters(turn, await self.roster(turn), running.number)
        await propose(letters, plan, running, told, facts)
        return running

    async def _begin_child(
        self, turn: Turn, plan: Plan, parent: Incident, called: children.Called
    ) -> None:
        if called.running is not None:
            await self._join_child(turn, plan, parent, called, called.running)
            return
        command = called.start(plan, parent, turn.at, version_of(called.plan))
        await self.begin(turn, called.plan, command)
        turn.put(WANTED, Wanted(incident=called.number, at=turn.at))

    async def _join_child(
        self,
        turn: Turn,
        plan: Plan,
        parent: Incident,
        called: children.Called,
        running: Incident,
    ) -> None:
        """What the step calls for is under way there: it waits for that. Whoever answers for it is
        offered what the other incident knows better."""
        joined = c.JoinCall(turn.at, called.parent(plan, parent))
        await self.act(turn, running.number, joined)
        await self._offer(turn, running, children.handed(plan, parent, called))

    async def _offer_children(
        self, turn: Turn, plan: Plan, after: Incident, decided: tuple[Event, ...]
    ) -> None:
        """What has been corrected since a step called another plan may be news there, too."""
        changed = {e.name for e in decided if isinstance(e, FactRecorded) and e.previous}
        for step, state in after.steps.items() if changed else ():
            child = state.child if state.is_called_for else None
            running = await turn.get(INCIDENTS, str(child.number)) if child else None
            if running is not None and running.is_open:
                frozen = await self.plan_of(turn, running)
                told = handed_on(plan, after, frozen, step)
                news = {name: value for name, value in told.items() if name in changed}
                await self._offer(turn, running, news)

    async def _offer(
        self, turn: Turn, running: Incident, told: Mapping[FactName, FactValue]
    ) -> None:
        roster, plan = await self.roster(turn), await self.plan_of(turn, running)
        holders = roster.holders(plan.close.by[0], running.region)
        for person in dict.fromkeys((*holders[:1], running.reporter)):
            if differs(plan, running, told, turn.at) and roster.is_active(person):
                letters = Letters(turn, roster, running.number)
                await propose(letters, plan, running, person, told, reported=False)

    async def _tell_kin(self, turn: Turn, ended: Incident) -> None:
        """Parent and children learn of the end, as far as they are not in the archive."""
        for number, command in children.told_of_end(ended, turn.at):
            if await turn.get(INCIDENTS, str(number)) is not None:
                await self.act(turn, number, command)


async def _keep_fresh(turn: Turn, incident: Incident) -> None:
    """When its cards are written anew for their times; what happens meanwhile puts that off no
    further, since it changes some of them only."""
    board = await turn.get(BOARDS, str(incident.number))
    known, wanted = board.refresh_at if board else None, refresh_at(incident, turn.at)
    if wanted is not None and known is not None and known > turn.at:
        wanted = min(wanted, known)
    turn.put(BOARDS, Board(incident=incident.number, refresh_at=wanted))


async def _fold(
    turn: Turn, roster: Roster, before: Incident | None, events: tuple[Event, ...]
) -> Incident:
    """The incident after the events, each of them on record. ValueError: there is none."""
    after = before
    for event in events:
        earlier, after = after, evolve(after, event)
        turn.remember(_entry(after, event))
        await holding.keep_promise(turn, roster, earlier, event, after.number)
        await keeping.follow(turn, roster, earlier, event, after.number)
    if after is None:
        raise ValueError("a decision on nothing must start an incident")
    return after


@dataclass
class _Last:
    """The rosters last read."""

    kept: Kept | None = None


def version_of(plan: Plan) -> str:
    """A name for exactly this content of the plan."""
    content = plan.model_dump_json(by_alias=True).encode()
    return f"{plan.plan}@{sha256(content).hexdigest()[:16]}"


def _entry(incident: Incident, event: Event) -> Entry:
    body = EVENT.dump_python(event, mode="json")
    return Entry(incident=incident.number, n=incident.entries, at=event.at, event=body)
