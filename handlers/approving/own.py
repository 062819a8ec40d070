"""Own: what the speaker has asked for, and where each of these stands.

In: the open incidents. Out: one message, or None when there is nothing. Forbidden here: emergencies
that the speaker reported, which have their cards.
"""

from handlers.buttons import button
from handlers.catalogue import say
from handlers.context import Context
from handlers.incidents.involved import involved_in
from handlers.telling.decisions import about, standing_lines
from handlers.telling.step_lines import now_lines
from plans.format import Plan
from plans.incident import Incident
from storage.delivery import Message

LISTED = 10


async def own_requests(context: Context) -> Message | None:
    """The newest first, each with the last that is known of it."""
    lang, lines, buttons = context.speaker.lang, [], []
    for incident in await involved_in(context.turn, context.speaker):
        plan = await context.desk.plan_of(context.turn, incident)
        if context.speaker.person in (incident.reporter, incident.filed_by) and _is_asked(plan):
            lines.append(_line(context, plan, incident))
            buttons.append(button(f"#{incident.number}", "show", incident.number))
    if not lines:
        return None
    more = len(lines) - LISTED
    rest = [say(lang, "approving.own_more", count=more)] if more > 0 else []
    text = "\n".join([say(lang, "approving.own"), *lines[:LISTED], *rest])
    shown = buttons[:LISTED]
    return Message(
        text=text, buttons=tuple(tuple(shown[i : i + 5]) for i in range(0, len(shown), 5))
    )


def _is_asked(plan: Plan) -> bool:
    return plan.form or any(step.decide is not None for step in plan.steps.values())


def _line(context: Context, plan: Plan, incident: Incident) -> str:
    reader = context.reader
    known = [
        *standing_lines(plan, incident, reader),
        *now_lines(plan, incident, reader, decisions=False),
    ]
    return say(
        reader.lang,
        "approving.own_line",
        icon=plan.icon,
        number=incident.number,
        title=plan.title.in_(reader.lang),
        about=about(plan, incident, reader),
        state=known[-1] if known else say(reader.lang, "approving.own_under_way"),
    )
