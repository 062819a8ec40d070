"""Duty in chat: /duty, its buttons, and the times and names typed for it.

In: commands, presses, words. Out: absences entered, stand-ins chosen, steps handed over. Forbidden
here: entering for somebody else without the right to (see `plans.roster.absence`).
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from telegram import Update

from handlers.awaited import await_words
from handlers.buttons import Pressed, button, person_mark
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.documents import INCIDENTS, PEOPLE
from handlers.duty import stand_in
from handlers.duty.card import duty_card, until_buttons
from handlers.duty.coming import welcome_back
from handlers.duty.open_steps import hand_over_all
from handlers.duty.state import bring_back, let_stand_in, send_away, state_of
from handlers.involved import has_part
from handlers.telling.happening import Reader
from handlers.typed import command_of
from plans.model import PersonId
from plans.moment import FARTHEST
from plans.roster import may_enter_duty, parse_span, parse_until
from plans.roster.states import STAYS_LIMIT
from storage.delivery import Message, Urgency

NAMES_OFFERED = 8
MORNING_H, EVENING_H = 8, 20


async def on_duty(update: Update, context: Context) -> None:
    """/duty, /duty with a time, /duty with somebody's name."""
    _, typed = command_of(update.effective_message)
    person = context.speaker.person
    if not typed:
        await _show(context, person)
    elif (until := parse_until(typed, context.turn.at, _zone(context))) is not None:
        await _leave(context, person, context.turn.at, until)
    elif (span := parse_span(typed, context.turn.at, _zone(context))) is not None:
        await _leave(context, person, *span)
    else:
        await _show_named(context, typed)


async def _show_named(context: Context, typed: str) -> None:
    """Somebody else's duty; several of the name are offered."""
    roster, by = context.speaker.roster, context.speaker.person
    found = named(context.reader, typed)
    allowed = [person for person in found if may_enter_duty(roster, by, person)]
    if not allowed:
        await context.say("duty.not_theirs" if found else "duty.no_such_name")
    elif len(allowed) == 1:
        await _show(context, allowed[0])
    else:
        reader = context.reader
        rows = tuple(
            (button(reader.name_and_role(p), "duty", "show", person_mark(p), "-"),)
            for p in allowed[:NAMES_OFFERED]
        )
        text = say(reader.lang, "duty.which_one")
        await context.reply(Message(text=text, buttons=rows))


def named(reader: Reader, typed: str) -> list[PersonId]:
    """People in the register whose name has the typed words in it; exactly so named first."""
    wanted = " ".join(typed.lower().split())
    people = reader.roster.company.people.items()
    found = [
        (person.name.lower() != wanted, id_)
        for id_, person in people
        if wanted and not person.retired and wanted in person.name.lower()
    ]
    exact = [id_ for other, id_ in found if not other]
    return exact or [id_ for _, id_ in found]


# Buttons


async def on_duty_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """One of the duty buttons: what, whose duty, and an option."""
    action, mark, option = pressed.args
    person = by_mark(context, mark)
    if person is None or action not in _ACTIONS:
        context.refuse(update, "refusals.old_button")
        return
    if action == "cannot":
        await _cannot(update, context, person)
        return
    if not may_enter_duty(context.speaker.roster, context.speaker.person, person):
        context.refuse(update, "refusals.needs_duty")
        return
    await _ACTIONS[action](update, context, person, option)


def by_mark(context: Context, mark: str) -> PersonId | None:
    people = context.speaker.roster.company.people
    return next((p for p in people if person_mark(p) == mark), None)


async def _on_show(update: Update, context: Context, person: PersonId, _: str) -> None:
    context.toast(update)
    await _show(context, person)


async def _on_off(update: Update, context: Context, person: PersonId, _: str) -> None:
    context.toast(update)
    await _leave(context, person, context.turn.at, None)


async def _on_away(update: Update, context: Context, person: PersonId, _: str) -> None:
    context.toast(update)
    reader = context.reader
    text = say(reader.lang, "duty.until_when")
    rows = until_buttons(reader, person, _usual(context))
    await_words(context.turn, context.speaker.person, "duty_until", person)
    await context.reply(Message(text=text, buttons=rows))


async def _on_until(update: Update, context: Context, person: PersonId, option: str) -> None:
    until = datetime.fromtimestamp(int(option) * 60, UTC) if option.isdecimal() else None
    if until is None or not context.turn.at < until <= context.turn.at + FARTHEST:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    await _leave(context, person, context.turn.at, until)


async def _on_plan(update: Update, context: Context, person: PersonId, _: str) -> None:
    context.toast(update)
    await_words(context.turn, context.speaker.person, "duty_span", person)
    await context.say("duty.from_when")


async def _on_back(update: Update, context: Context, person: PersonId, _: str) -> None:
    context.toast(update)
    state = context.speaker.roster.state(person)
    if state is None or (state.due_next() is None and state.away_since is None):
        await _show(context, person)
        return
    was_away = state.is_away(context.turn.at)
    await bring_back(context.turn, context.desk, person)
    if was_away:
        await welcome_back(context.turn, context.desk, state)
    if not was_away or person != context.speaker.person:
        await _show(context, person)


async def _on_who(update: Update, context: Context, person: PersonId, _: str) -> None:
    context.toast(update)
    await _ask_stand_in(context, person)


async def _on_stand(update: Update, context: Context, person: PersonId, option: str) -> None:
    chosen = None if option == "-" else by_mark(context, option)
    if option != "-" and chosen is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    await _choose(context, person, chosen)


async def _on_give(update: Update, context: Context, person: PersonId, option: str) -> None:
    to = by_mark(context, option)
    if to is None:
        context.refuse(update, "refusals.old_button")
        return
    went, kept = await hand_over_all(context.turn, context.desk, person, context.speaker.person, to)
    key = "duty.handed_some" if kept else "duty.handed"
    context.toast(update, key, count=went, kept=kept, to=context.reader.name(to))


async def _on_keep(update: Update, context: Context, _person: PersonId, _: str) -> None:
    context.toast(update, "duty.kept")


async def _on_quiet(update: Update, context: Context, person: PersonId, option: str) -> None:
    state = await state_of(context.turn, context.desk, person)
    context.turn.put(PEOPLE, state.model_copy(update={"quiet": option == "on"}))
    context.toast(update, "duty.quiet_set_on" if option == "on" else "duty.quiet_set_off")


async def _on_stay(update: Update, context: Context, person: PersonId, option: str) -> None:
    incident = await context.turn.get(INCIDENTS, option)
    if incident is None or not incident.is_open:
        context.refuse(update, "refusals.ended", number=option)
        return
    state = await state_of(context.turn, context.desk, person)
    open_now = {i.number for i in await context.turn.find(INCIDENTS, status="open")}
    stays = (state.stays_for & open_now) | {incident.number}
    if len(stays) > STAYS_LIMIT:
        context.refuse(update, "duty.stays_too_many", limit=STAYS_LIMIT)
        return
    context.turn.put(PEOPLE, state.model_copy(update={"stays_for": stays}))
    context.toast(update, "duty.staying", number=incident.number)


async def _on_leave(update: Update, context: Context, person: PersonId, option: str) -> None:
    state = await state_of(context.turn, context.desk, person)
    left = frozenset(n for n in state.stays_for if str(n) != option)
    context.turn.put(PEOPLE, state.model_copy(update={"stays_for": left}))
    context.toast(update, "duty.staying_no_more", number=option)


async def _cannot(update: Update, context: Context, person: PersonId) -> None:
    """Whoever was to stand in cannot: the absent one is asked again."""
    speaker, state = context.speaker, await state_of(context.turn, context.desk, person)
    if state.stand_in != speaker.person:
        context.refuse(update, "duty.no_stand_in_any_more")
        return
    await let_stand_in(context.turn, context.desk, person, None)
    context.toast(update, "duty.cannot_toast", name=context.reader.name(person))

    def write(reader: Reader) -> Message:
        asked = stand_in.question(reader, person, own=True, but=speaker.person)
        said = say(reader.lang, "duty.declined", name=reader.name(speaker.person))
        return asked.model_copy(update={"text": f"{said}\n{asked.text}"})

    await_words(context.turn, person, "duty_stand_in", person)
    await context.letters.person(person, write, Urgency.URGENT)


_Action = Callable[[Update, Context, PersonId, str], Awaitable[None]]


async def _never(update: Update, context: Context, _person: PersonId, _: str) -> None:
    context.refuse(update, "refusals.old_button")


_ACTIONS: dict[str, _Action] = {
    "show": _on_show,
    "off": _on_off,
    "away": _on_away,
    "until": _on_until,
    "plan": _on_plan,
    "back": _on_back,
    "who": _on_who,
    "stand": _on_stand,
    "cannot": _never,  # the stand-in's own, see on_duty_pressed
    "give": _on_give,
    "keep": _on_keep,
    "quiet": _on_quiet,
    "stay": _on_stay,
    "leave": _on_leave,
}


# Words


async def hear_until(context: Context, args: tuple[str, ...], text: str) -> None:
    """The typed end of an absence that begins now."""
    until = parse_until(text, context.turn.at, _zone(context))
    if until is None:
        await_words(context.turn, context.speaker.person, "duty_until", *args)
        await context.say("duty.not_a_time")
        return
    await _leave(context, args[0], context.turn.at, until)


async def hear_span(context: Context, args: tuple[str, ...], text: str) -> None:
    """The typed beginning and end of an absence planned ahead."""
    span = parse_span(text, context.turn.at, _zone(context))
    if span is None:
        await_words(context.turn, context.speaker.person, "duty_span", *args)
        await context.say("duty.not_a_span")
        return
    await _leave(context, args[0], *span)


async def hear_stand_in(context: Context, args: tuple[str, ...], text: str) -> None:
    """The typed name of a stand-in."""
    person = args[0]
    found = [p for p in named(context.reader, text) if p != person]
    if len(found) == 1:
        await _choose(context, person, found[0])
        return
    await_words(context.turn, context.speaker.person, "duty_stand_in", person)
    if not found:
        await context.say("duty.no_such_name")
        return
    reader = context.reader
    rows = tuple(
        (button(reader.name_and_role(p), "duty", "stand", person_mark(person), person_mark(p)),)
        for p in found[:NAMES_OFFERED]
    )
    await context.reply(Message(text=say(reader.lang, "duty.which_one"), buttons=rows))


# What they all come to


async def _show(context: Context, person: PersonId, said: Html | str = "") -> None:
    reader = await _fresh_reader(context)
    opened = await context.turn.find(INCIDENTS, status="open")
    numbers = [i.number for i in reversed(opened) if has_part(i, person)]
    await context.reply(duty_card(reader, person, numbers, said))


async def _leave(
    context: Context, person: PersonId, since: datetime, until: datetime | None
) -> None:
    """Enter the absence, then ask who stands in; the absence counts whatever the answer."""
    if not may_enter_duty(context.speaker.roster, context.speaker.person, person):
        await context.say("refusals.needs_duty")
        return
    await send_away(context.turn, context.desk, person, since, until)
    reader, lang = await _fresh_reader(context), context.speaker.lang
    own = person == context.speaker.person
    said = say(
        lang,
        "duty.entered" if own else "duty.entered_for",
        name=reader.name(person),
        when=stand_in.when(reader, person),
    )
    if not own:
        await _tell_entered(context, person)
    await _ask_stand_in(context, person, said)


async def _tell_entered(context: Context, person: PersonId) -> None:
    """Somebody else has entered it: the absent one knows."""
    by = context.speaker.person
    reader = await _fresh_reader(context)

    def write(own: Reader) -> Message:
        back = button(say(own.lang, "duty.back"), "duty", "back", person_mark(person), "-")
        seen = Reader(reader.roster, own.lang, own.at)
        values = {"name": seen.name(by), "when": stand_in.when(seen, person)}
        return Message(text=say(own.lang, "duty.entered_by", **values), buttons=((back,),))

    await context.letters.person(person, write, Urgency.URGENT)


async def _ask_stand_in(context: Context, person: PersonId, said: Html | str = "") -> None:
    reader = await _fresh_reader(context)
    asked = stand_in.question(reader, person, own=person == context.speaker.person)
    text = f"{said}\n{asked.text}" if said else asked.text
    await_words(context.turn, context.speaker.person, "duty_stand_in", person)
    await context.reply(asked.model_copy(update={"text": text}))


async def _choose(context: Context, person: PersonId, chosen: PersonId | None) -> None:
    """The stand-in is told; then what is left open is offered to them, or to the next in line."""
    turn, desk = context.turn, context.desk
    roster = await desk.roster(turn)
    own = person == context.speaker.person
    if not may_enter_duty(roster, context.speaker.person, person):
        await context.say("refusals.needs_duty")
        return
    if chosen == person or (chosen is not None and roster.can_be_told(chosen, turn.at) != "yes"):
        await_words(turn, context.speaker.person, "duty_stand_in", person)
        await context.say("refusals.out_of_reach", name=context.reader.name(chosen))
        return
    state = await let_stand_in(turn, desk, person, chosen)
    await stand_in.tell_stand_in(turn, desk, person)
    reader, lang = await _fresh_reader(context), context.speaker.lang
    key = "duty.stands_in" if chosen else "duty.nobody_stands_in"
    lines = [say(lang, key, name=reader.name(chosen))]
    begins_at = max(turn.at, state.away_since or turn.at)
    if warned := stand_in.warning(reader, person, begins_at):
        lines.append(warned)
    await context.reply(Message(text="\n".join(lines)))
    if state.is_away(turn.at):
        offer = await stand_in.offer_hand_over(turn, desk, person, reader, own)
        if offer is not None:
            await context.reply(offer)


async def _fresh_reader(context: Context) -> Reader:
    """With what this turn has changed."""
    roster = await context.desk.roster(context.turn)
    return Reader(roster, context.speaker.lang, context.turn.at)


def _zone(context: Context) -> ZoneInfo:
    return ZoneInfo(context.speaker.roster.company.company.time_zone)


def _usual(context: Context) -> list[tuple[str, datetime]]:
    now = context.turn.at.astimezone(_zone(context)).replace(second=0, microsecond=0)
    tonight = now.replace(hour=EVENING_H, minute=0)
    morning = (now + timedelta(days=1)).replace(hour=MORNING_H, minute=0)
    moments = [("two_hours", now + timedelta(hours=2))]
    moments += [("tonight", tonight)] if tonight > moments[0][1] else []
    moments += [("morning", morning), ("three_days", morning + timedelta(days=2))]
    return moments
