"""Deciding: what somebody pressed or typed, said to the engine; and why nothing came of it.

In: an incident, a step, yes or no, how many, why. Out: the incident after it, or a refusal.
Forbidden here: answering.
"""

from dataclasses import dataclass

from handlers.context import Context
from handlers.telling.decisions import NO_NUMBER, decision_words
from plans import commands as c
from plans.engine import decide as carry_out
from plans.format import Plan
from plans.incident import Incident
from plans.model import StepId


@dataclass(frozen=True)
class Said:
    """Yes or no, to how many (None: all of them), and why. `about`: the number that the speaker was
    shown, as it stands in a button."""

    yes: bool
    about: str
    granted: int | None = None
    reason: str = ""


async def decide(
    context: Context, incident: Incident, step: StepId, said: Said
) -> Incident | c.Refusal:
    """Tell the engine."""
    plan = await context.desk.plan_of(context.turn, incident)
    command = _command(context, plan, step, said)
    if isinstance(command, c.Refusal):
        return command
    return await context.act(incident.number, command)


async def refused(
    context: Context, incident: Incident, step: StepId, about: str
) -> c.Refusal | None:
    """Why the answer would be refused, whatever it is; so that nobody types in vain."""
    roster = (await context.desk.roster(context.turn)).for_incident(incident.number)
    plan = await context.desk.plan_of(context.turn, incident)
    command = _command(context, plan, step, Said(yes=False, about=about, reason="-"))
    if isinstance(command, c.Refusal):
        return command
    tried = carry_out(plan, incident, command, roster)
    return tried if isinstance(tried, c.Refusal) else None


def _command(context: Context, plan: Plan, step: StepId, said: Said) -> c.DecideStep | c.Refusal:
    decides = plan.steps[step].decide if step in plan.steps else None
    if decides is None:
        return c.Refusal(c.Reason.NO_SUCH_STEP, step)
    return c.DecideStep(
        context.turn.at,
        context.speaker.person,
        step,
        decides.outcomes[0 if said.yes else 1],
        said.granted,
        said.reason,
        None if said.about == NO_NUMBER else int(said.about),
    )


def why_not(
    context: Context, refusal: c.Refusal, incident: Incident, step: StepId
) -> tuple[str, dict[str, object]]:
    """The key and the values of why nothing was decided; what has been decided already is said."""
    values = context.why_not(refusal, incident.number)
    state = incident.steps.get(step)
    if refusal.reason is c.Reason.ALREADY_DONE and state is not None and state.decision is not None:
        what = decision_words(state.decision, context.reader)
        return "approving.already", {**values, "what": what}
    return f"refusals.{refusal.reason}", values
