"""Lists: /mine, /incidents, /incident 12, and what can be corrected.

In: commands and buttons. Out: what is open, with the buttons to act on it. Forbidden here:
changing anything; showing an incident to whom it does not concern.
"""

from dataclasses import replace

from telegram import Update

from handlers.approving.own import own_requests
from handlers.buttons import Pressed, button
from handlers.catalogue import Html, say
from handlers.command.lines import commander_lines
from handlers.command.major import may_declare
from handlers.context import Context
from handlers.directing.taking import all_waiting_for
from handlers.documents import ARCHIVED, INCIDENTS
from handlers.incidents.involved import involved_in, visible_to
from handlers.incidents.pressing import open_to_speaker
from handlers.incidents.versions import version_line
from handlers.routines.listing import folded
from handlers.telling.cards import head
from handlers.telling.decisions import deciding_lines, standing_lines
from handlers.telling.history import history_lines
from handlers.telling.level_buttons import level_rows
from handlers.telling.spread import spread_rows, spread_steps
from handlers.telling.step_lines import now_lines, step_buttons, step_line
from handlers.telling.where import where
from handlers.typed import command_of
from plans.format import Plan
from plans.incident import Incident
from plans.involved import steps_with
from plans.rights import may_cancel, may_inform, may_record
from storage.delivery import Button, Message

LISTED = 15


async def on_mine_pressed(update: Update, context: Context, _: Pressed) -> None:
    context.toast(update)
    await on_mine(update, context)


async def on_mine(_: Update, context: Context) -> None:
    """The speaker's open steps, one message each, with buttons; where several wait, one more to
    take them all."""
    waiting = len(await all_waiting_for(context.turn, context.speaker.person))
    if waiting > 1:
        lang = context.speaker.lang
        all_ = button(say(lang, "directing.take_all"), "take_all")
        text = say(lang, "directing.bundle_mine", count=waiting)
        await context.reply(Message(text=text, buttons=((all_,),)))
    found = 0
    for incident in await involved_in(context.turn, context.speaker):
        plan = await context.desk.plan_of(context.turn, incident)
        for step, state in steps_with(incident, context.speaker.person):
            line = step_line(plan, incident, step, context.reader)
            known = deciding_lines(plan, incident, step, context.reader)
            text = Html("\n".join([f"#{incident.number} {line}", *known]))
            rows = step_buttons(plan, incident, step, state, context.reader)
            found += 1
            if found <= LISTED:
                await context.reply(Message(text=text, buttons=tuple(rows)))
    own = await own_requests(context)
    if own is not None:
        await context.reply(own)
    elif not found:
        await context.say("general.no_mine")


async def on_incidents(_: Update, context: Context) -> None:
    reader, lang = context.reader, context.speaker.lang
    visible = await visible_to(context.turn, context.speaker)
    incidents = [incident for incident in visible if not incident.routine][:LISTED]
    routines = await folded(context.turn, context.desk, visible, reader)
    if not incidents:
        none = say(lang, "general.no_incidents")
        await context.reply(Message(text="\n".join([none, *routines])))
        return
    lines, buttons = [say(lang, "general.incidents")], []
    for incident in incidents:
        plan = await context.desk.plan_of(context.turn, incident)
        lines.append(
            say(
                lang,
                "general.incident_line",
                icon=plan.icon,
                number=incident.number,
                title=plan.title.in_(lang),
                region=where(incident, reader),
                since=reader.time(incident.reported_at),
            )
        )
        lines += [Html(f"　{line}") for line in commander_lines(incident, reader)]
        buttons.append(button(f"#{incident.number}", "show", incident.number))
    rows = tuple(tuple(buttons[i : i + 5]) for i in range(0, len(buttons), 5))
    await context.reply(Message(text="\n".join([*lines, *routines]), buttons=rows))


async def on_incident(update: Update, context: Context) -> None:
    _, typed = command_of(update.effective_message)
    if not typed.isdecimal() or len(typed) > 9:
        await context.say("general.which_incident")
        return
    await _show(context, int(typed))


async def on_show_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """Pressed in a group it is shown to whoever pressed, not to everybody once more."""
    context.toast(update, "" if context.speaker.private else "menus.sent_privately")
    if update.effective_user is not None:
        speaker, lang = context.speaker, context.own_lang
        context.speaker = replace(speaker, chat=update.effective_user.id, private=True, lang=lang)
    await _show(context, pressed.number)


async def _show(context: Context, number: int) -> None:
    """How the incident stands and what happened, latest last."""
    incident = await context.turn.get(INCIDENTS, str(number))
    speaker = context.speaker
    if incident is None:
        await _show_archived(context, number)
        return
    if not may_inform(speaker.roster, incident, speaker.person, context.turn.at):
        await context.say("general.no_such_incident", number=number)
        return
    plan = await context.desk.plan_of(context.turn, incident)
    entries = await context.turn.timeline(number)
    version = await version_line(context.turn, context.desk, incident, context.reader)
    lines = [
        *head(plan, incident, context.reader),
        *([version] if version else ()),
        *(standing_lines(plan, incident, context.reader) if plan.is_request else ()),
        *now_lines(plan, incident, context.reader, decisions=not plan.is_request),
        say(speaker.lang, "general.timeline"),
        *history_lines(plan, entries, context.reader.about(incident)),
    ]
    fix = button(say(speaker.lang, "steps.correct"), "fix", number)
    spread = spread_rows(plan, incident, spread_steps(plan, incident), context.reader)
    above = ((fix,), *level_rows(plan, incident, context.reader), *spread)
    rows = (*above, *_directing_rows(context, plan, incident)) if incident.is_open else ()
    await context.reply(Message(text="\n".join(lines), buttons=rows))


def _directing_rows(
    context: Context, plan: Plan, incident: Incident
) -> tuple[tuple[Button, ...], ...]:
    """What whoever looks after the incident may do with the whole of it."""
    speaker, lang = context.speaker, context.speaker.lang
    there, row = speaker.roster.for_incident(incident.number), []
    if there.may(speaker.person, "command", incident.region):
        row.append(button(say(lang, "directing.merge_button"), "merge", incident.number, "?"))
    if may_cancel(there, plan, incident, speaker.person, context.turn.at):
        row.append(button(say(lang, "directing.cancel_button"), "undo", incident.number, "?"))
    rows = (tuple(row),) if row else ()
    return (*rows, *_command_row(context, incident))


def _command_row(context: Context, incident: Incident) -> tuple[tuple[Button, ...], ...]:
    """To see to who commands, or to make it a major incident."""
    lang, number = context.speaker.lang, incident.number
    if incident.headquarters is not None:
        return ((button(say(lang, "command.card_button"), "hq", number, "card", "-"),),)
    if not may_declare(context, incident):
        return ()
    return ((button(say(lang, "command.major_button"), "major", number, "?"),),)


async def _show_archived(context: Context, number: int) -> None:
    """One line about an incident whose record has gone to the archive, if there is such a one."""
    archived = await context.turn.get(ARCHIVED, str(number))
    person, roster, reader = context.speaker.person, context.speaker.roster, context.reader
    near = archived is not None and any(
        post.region in (archived.region, None) for post in roster.roles_of(person)
    )
    if archived is None or not (near or person == archived.reporter):
        await context.say("general.no_such_incident", number=number)
        return
    await context.say(
        "general.archived",
        icon=archived.icon,
        number=number,
        title=archived.title.in_(context.speaker.lang),
        region=reader.region(archived.region),
        since=reader.time(archived.reported_at),
        until=reader.time(archived.ended_at),
    )


async def on_correct(update: Update, context: Context, pressed: Pressed) -> None:
    """Offer the facts of an incident to be corrected."""
    incident = await open_to_speaker(update, context, pressed.number)
    if incident is None:
        return
    context.toast(update)
    plan = await context.desk.plan_of(context.turn, incident)
    lang, person = context.speaker.lang, context.speaker.person
    roster = context.speaker.roster.for_incident(incident.number)
    # What a step has recorded can be wrong as well; whoever may act on that step corrects it.
    buttons = [
        button(asked.called(lang)[:40], "ask", incident.number, name)
        for name, asked in plan.asked().items()
        if name in plan.ask
        or (
            name in incident.facts
            and may_record(roster, plan, incident, name, person, context.turn.at)
        )
    ]
    text = say(lang, "report.what_to_correct")
    await context.reply(Message(text=text, buttons=tuple((b,) for b in buttons)))
