"""Starting: from a first report to open steps. In: StartIncident. Out: events. Forbidden here:
required facts as a gate; a person who fell silent while reporting is still helped."""

from plans import commands as c
from plans import events as e
from plans.engine import ending
from plans.engine.deciding import Deciding
from plans.engine.gating import refusing
from plans.engine.knowing import is_valid
from plans.evolve import evolve
from plans.format import Plan
from plans.roster import Roster


def start(plan: Plan, command: c.StartIncident, roster: Roster) -> tuple[e.Event, ...] | c.Refusal:
    """IncidentStarted, the facts known, the checks, and every step that can open at once."""
    # What another incident hands on was said before: a moment may have passed since.
    said_at = command.at if command.parent is None else None
    bad = [n for n, v in command.facts.items() if not is_valid(plan, n, v, said_at)]
    if bad:
        return c.Refusal(c.Reason.BAD_VALUE, bad[0])
    if gate := refusing(plan, roster, command.facts, command.at):
        return c.Refusal(c.Reason.GATE, gate)
    by = None if command.routine else command.by
    started = e.IncidentStarted(
        at=command.at,
        by=by,
        number=command.number,
        plan=plan.plan,
        plan_version=command.plan_version,
        region=command.region,
        reporter=command.reporter or command.by,
        steps=tuple(plan.every_step()),
        checks=tuple(plan.checks),
        drill=command.drill,
        routine=command.routine,
        parent=command.parent,
    )
    deciding = Deciding(plan, roster, evolve(None, started), command.at, by, [started])
    for name, value in command.facts.items():
        deciding.emit(e.FactRecorded(at=command.at, by=command.by, name=name, value=value))
    for name, check in plan.checks.items():
        deciding.emit(e.CheckBegun(at=command.at, check=name, ask_at=command.at + check.every))
    ending.settle(deciding)
    return tuple(deciding.events)
