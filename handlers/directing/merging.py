"""Merging: two incidents that are one. /merge 12 13, or a button under /incident.

In: the command, presses. Out: the later incident merged into the earlier, its reporters and what
they said on record there. Forbidden here: merging what the speaker has no command over, in either
region.
"""

from telegram import Update

from handlers.buttons import Pressed, button
from handlers.catalogue import plain, say
from handlers.context import Context
from handlers.documents import INCIDENTS
from handlers.incidents.involved import visible_to
from handlers.telling.where import where
from handlers.typed import command_of
from plans import commands as c
from plans.incident import Incident
from plans.orders import ORDER_PLAN
from plans.place import Place
from storage.delivery import Message

OFFERED = 8
ASK = "?"


async def on_merge(update: Update, context: Context) -> None:
    """/merge 12 13; in whichever order."""
    _, typed = command_of(update.effective_message)
    numbers = [word.lstrip("#＃") for word in typed.replace("，", " ").replace(",", " ").split()]
    if len(numbers) != 2 or not all(n.isdecimal() and len(n) < 10 for n in numbers):
        await context.say("directing.merge_how")
        return
    first, second = sorted(int(n) for n in numbers)
    key, values = await _merge(context, first, second)
    await context.say(key, **values)


async def on_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """Ask into which, or do it."""
    if pressed.args[1] == ASK:
        await _ask(update, context, pressed.number)
        return
    if not pressed.args[1].isdecimal() or len(pressed.args[1]) > 9:
        context.refuse(update, "refusals.old_button")
        return
    first, second = sorted((pressed.number, int(pressed.args[1])))
    key, values = await _merge(context, first, second)
    if key == "directing.merged":
        context.toast(update, key, **values)
    else:
        context.refuse(update, key, **values)


async def _ask(update: Update, context: Context, number: int) -> None:
    """Offer the open incidents that it may be one with."""
    incident, lang, reader = (
        await context.turn.get(INCIDENTS, str(number)),
        context.speaker.lang,
        context.reader,
    )
    if incident is None or (why := _refused(context, incident)):
        key = why if incident is not None else "general.no_such_incident"
        context.refuse(update, key, number=number)
        return
    others = [
        other
        for other in await visible_to(context.turn, context.speaker)
        if other.number != number
        and (other.region == incident.region or other.plan == incident.plan)
        and not _refused(context, other)
    ]
    if not others:
        context.refuse(update, "directing.merge_none", number=number)
        return
    context.toast(update)
    rows = []
    for other in others[:OFFERED]:
        title = (await context.desk.plan_of(context.turn, other)).title.in_(lang)
        label = f"#{other.number} {title} {where(other, reader)}"
        rows.append((button(label, "merge", number, other.number),))
    text = say(lang, "directing.merge_into", number=number)
    await context.reply(Message(text=text, buttons=tuple(rows)))


def _refused(context: Context, incident: Incident) -> str:
    """The key of why the incident cannot be merged by the speaker; empty: it can."""
    if not incident.is_open:
        return "refusals.ended"
    if incident.routine or incident.plan == ORDER_PLAN:
        return "directing.merge_unlike"
    there = context.speaker.roster.for_incident(incident.number)
    may = there.may(context.speaker.person, "command", incident.region)
    return "" if may else "directing.merge_not_yours"


async def _merge(context: Context, first: int, second: int) -> tuple[str, dict[str, object]]:
    """Merge the later into the earlier; the key and values of what to say."""
    turn, person = context.turn, context.speaker.person
    if first == second:
        return "directing.merge_itself", {"number": first}
    for number in (first, second):
        incident = await turn.get(INCIDENTS, str(number))
        if incident is None:
            return "general.no_such_incident", {"number": number}
        if why := _refused(context, incident):
            return why, {"number": number}
    later = await turn.get(INCIDENTS, str(second))
    done = await context.act(second, c.MergeInto(turn.at, person, first))
    if later is None or isinstance(done, c.Refusal):
        return "refusals.ended", {"number": second}
    await _keep_facts(context, later, first)
    if later.headquarters is not None:  # whoever commands is to be known anew
        await context.act(first, c.DeclareMajor(turn.at, person))
    place = later.place()
    for reporter in later.reporters:
        await context.act(first, c.JoinReport(turn.at, reporter, place))
        place = None
    return "directing.merged", {"number": second, "into": first}


async def _keep_facts(context: Context, later: Incident, first: int) -> None:
    """What only the later report said is known of the earlier incident now; what it said
    differently, or what nobody asks there, is a note: people decide."""
    turn, person, lang = context.turn, context.speaker.person, context.speaker.lang
    plan, said = await context.desk.plan_of(turn, later), []
    for name, fact in later.facts.items():
        earlier = await turn.get(INCIDENTS, str(first))
        if earlier is None or name not in plan.ask or earlier.fact(name) == fact.value:
            continue
        if name not in earlier.facts:
            known = await context.act(first, c.RecordFact(turn.at, person, name, fact.value))
            if not isinstance(known, c.Refusal):
                continue
        if not isinstance(fact.value, Place):  # that comes with the report
            what = plan.ask[name].called(lang)
            shown = context.reader.about(later).fact(plan, name, fact.value)
            said.append(f"{what} {shown}")
    if said:
        words = plain("; ".join(said) if lang == "en" else "；".join(said))
        note = say(lang, "directing.merge_said", number=later.number, said=words).unescape()
        await context.act(first, c.AddNote(turn.at, person, note))
