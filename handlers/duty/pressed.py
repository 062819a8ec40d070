"""Duty buttons: leave, come back, choose a stand-in, hand over, quiet hours, stay for an incident.

In: presses. Out: absences entered, stand-ins chosen, steps handed over. Forbidden here: entering
for somebody else without the right to (see `plans.roster.absence`).
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from telegram import Update

from handlers.awaited import await_words
from handlers.buttons import Pressed
from handlers.catalogue import say
from handlers.command.coming import look_at_commands
from handlers.context import Context
from handlers.directing.found import person_of
from handlers.documents import INCIDENTS, PEOPLE
from handlers.duty import stand_in
from handlers.duty.card import until_buttons
from handlers.duty.coming import welcome_back
from handlers.duty.entering import ask_stand_in, choose, leave, show
from handlers.duty.held import send_held
from handlers.duty.open_steps import hand_over_all
from handlers.duty.state import bring_back, let_stand_in, state_of
from handlers.duty.words import usual_ends
from handlers.telling.happening import Reader
from plans.model import PersonId
from plans.moment import FARTHEST
from plans.roster import may_enter_duty
from plans.roster.states import STAYS_LIMIT
from storage.delivery import Message, Urgency


async def on_duty_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """One of the duty buttons: what, whose duty, and an option."""
    action, mark, option = pressed.args
    person = person_of(context.speaker.roster, mark)
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


async def _on_show(update: Update, context: Context, person: PersonId, _: str) -> None:
    context.toast(update)
    await show(context, person)


async def _on_off(update: Update, context: Context, person: PersonId, _: str) -> None:
    context.toast(update)
    await leave(context, person, context.turn.at, None)


async def _on_away(update: Update, context: Context, person: PersonId, _: str) -> None:
    context.toast(update)
    reader = context.reader
    text = say(reader.lang, "duty.until_when")
    rows = until_buttons(reader, person, usual_ends(context))
    await_words(context.turn, context.speaker.person, "duty_until", person)
    await context.reply(Message(text=text, buttons=rows))


async def _on_until(update: Update, context: Context, person: PersonId, option: str) -> None:
    minutes = int(option) if option.isdecimal() and len(option) < 10 else 0
    until = datetime.fromtimestamp(minutes * 60, UTC)
    if not context.turn.at < until <= context.turn.at + FARTHEST:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    await leave(context, person, context.turn.at, until)


async def _on_plan(update: Update, context: Context, person: PersonId, _: str) -> None:
    context.toast(update)
    await_words(context.turn, context.speaker.person, "duty_span", person)
    await context.say("duty.from_when")


async def _on_back(update: Update, context: Context, person: PersonId, _: str) -> None:
    context.toast(update)
    state = context.speaker.roster.state(person)
    if state is None or not state.has_absence:
        await show(context, person)
        return
    was_away = state.is_away(context.turn.at)
    await bring_back(context.turn, context.desk, person)
    if was_away:
        await welcome_back(context.turn, context.desk, state)
    else:
        await stand_in.release(context.turn, context.desk, person, state.stand_in)
    if not was_away or person != context.speaker.person:
        await show(context, person)


async def _on_who(update: Update, context: Context, person: PersonId, _: str) -> None:
    context.toast(update)
    state = await state_of(context.turn, context.desk, person)
    await (ask_stand_in(context, person) if state.has_absence else show(context, person))


async def _on_stand(update: Update, context: Context, person: PersonId, option: str) -> None:
    chosen = None if option == "-" else person_of(context.speaker.roster, option)
    if option != "-" and chosen is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    await choose(context, person, chosen)


async def _on_give(update: Update, context: Context, person: PersonId, option: str) -> None:
    to = person_of(context.speaker.roster, option)
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
    await send_held(context.turn, context.desk, person)
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
    await look_at_commands(context.turn, context.desk)
    context.toast(update, "duty.staying", number=incident.number)


async def _on_leave(update: Update, context: Context, person: PersonId, option: str) -> None:
    state = await state_of(context.turn, context.desk, person)
    left = frozenset(n for n in state.stays_for if str(n) != option)
    context.turn.put(PEOPLE, state.model_copy(update={"stays_for": left}))
    await look_at_commands(context.turn, context.desk)
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
