"""Ticking: some of one person's steps, ticked one by one, go to somebody else.

In: presses, a typed name. Out: the ticked steps handed over, as far as they are still that
person's. Forbidden here: who may (see `commanded`, and the engine).
"""

from telegram import Update

from handlers.awaited import AWAITED, await_words
from handlers.buttons import Pressed, button, mark_of, marked
from handlers.catalogue import say
from handlers.context import Context
from handlers.directing.commanded import commanded, said_of
from handlers.directing.found import people_meant, person_of, told_apart, which
from handlers.directing.giving import Given, Transfer, give
from handlers.directing.picks import PICKS, Picks
from handlers.directing.reassigned import report
from handlers.documents import INCIDENTS
from handlers.telling.happening import brief
from plans import commands as c
from plans.incident import StepStatus
from plans.model import PersonId
from plans.reassigning import Held, next_for
from storage.delivery import Button, Message, Urgency
from storage.port import SLOTS

PEOPLE_SHOWN = 8
STEPS_SHOWN = 9


async def on_from(update: Update, context: Context, pressed: Pressed) -> None:
    """One person's steps, all of them ticked."""
    owner = person_of_any(context, pressed.args[0])
    held = await commanded(context, owner) if owner is not None else []
    if owner is None or not held:
        context.refuse(update, "directing.re_gone")
        return
    context.toast(update)
    picked = tuple((one.incident.number, one.step) for one in held[:STEPS_SHOWN])
    picks = Picks(commander=context.speaker.person, owner=owner, picked=picked)
    context.turn.remove(SLOTS, _slot(picks))  # a new message, not the old one far above
    await _show_picks(context, picks, held)


async def on_tick(update: Update, context: Context, pressed: Pressed) -> None:
    """Tick a step, or untick it."""
    picks = await context.turn.get(PICKS, context.speaker.person)
    if picks is None or mark_of(picks.owner) != pressed.args[0]:
        context.refuse(update, "refusals.old_button")
        return
    if not pressed.args[1].isdecimal() or len(pressed.args[1]) > 9:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    one = (int(pressed.args[1]), pressed.args[2])
    held = await commanded(context, picks.owner)
    wanted = picks.picked if one in picks.picked else (*picks.picked, one)
    unticked = one if one in picks.picked else None
    theirs = [(each.incident.number, each.step) for each in held]
    picked = tuple(p for p in theirs if p in wanted and p != unticked)[:STEPS_SHOWN]
    await _show_picks(context, picks.model_copy(update={"picked": picked}), held)


async def _show_picks(context: Context, picks: Picks, held: list[Held]) -> None:
    lang, reader = context.speaker.lang, context.reader
    mark = mark_of(picks.owner)
    rows = []
    for one in held[:STEPS_SHOWN]:
        sign = "☑️" if (one.incident.number, one.step) in picks.picked else "⬜"
        label = f"{sign} #{one.incident.number} {await said_of(context, one)}"
        rows.append((button(label, "tick", mark, one.incident.number, one.step),))
    if picks.picked:
        label = say(lang, "directing.re_whom_button", count=len(picks.picked))
        rows.append((button(label, "whom", mark),))
    text = say(lang, "directing.re_tick", name=reader.name(picks.owner), count=len(held))
    context.turn.put(PICKS, picks)
    message = Message(text=text, buttons=tuple(rows))
    await context.letters.chat(context.speaker.chat, message, Urgency.NORMAL, slot=_slot(picks))


def _slot(picks: Picks) -> str:
    return f"picks/{picks.commander}"


async def on_whom(update: Update, context: Context, pressed: Pressed) -> None:
    """To whom? The stand-in, those next in line, the department; or a typed name."""
    picks = await context.turn.get(PICKS, context.speaker.person)
    if picks is None or mark_of(picks.owner) != pressed.args[0] or not picks.picked:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    await_words(context.turn, context.speaker.person, "reassign_to")
    people = await _offered(context, picks)
    text = say(
        context.speaker.lang,
        "directing.re_to",
        name=context.reader.name(picks.owner),
        count=len(picks.picked),
    )
    await context.reply(Message(text=text, buttons=_give_rows(context, picks, people)))


def _give_rows(
    context: Context, picks: Picks, people: list[PersonId]
) -> tuple[tuple[Button, ...], ...]:
    mark, reader = mark_of(picks.owner), context.reader
    return tuple(
        (button(told_apart(reader, p), "give_to", mark, mark_of(p)),) for p in people[:PEOPLE_SHOWN]
    )


async def _offered(context: Context, picks: Picks) -> list[PersonId]:
    roster, at = context.speaker.roster, context.turn.at
    next_ = []
    for one in await commanded(context, picks.owner):
        if (one.incident.number, one.step) in picks.picked:
            plan = await context.desk.plan_of(context.turn, one.incident)
            next_.append(next_for(plan, one, roster, at))
    own = {roster.company.roles[p.role].department for p in roster.roles_of(picks.owner)}
    regions = {p.region for p in roster.roles_of(picks.owner)}
    near = [
        person
        for person in roster.company.people
        if any(
            roster.company.roles[post.role].department in own and post.region in {*regions, None}
            for post in roster.roles_of(person)
        )
    ]
    found = [p for p in dict.fromkeys([*next_, *near]) if p is not None and p != picks.owner]
    return [p for p in found if roster.can_be_told(p, at) == "yes"]


async def on_to_typed(context: Context, _: tuple[str, ...], text: str) -> None:
    """The new owner by name."""
    picks = await context.turn.get(PICKS, context.speaker.person)
    if picks is None:
        await context.say("refusals.old_button")
        return
    await_words(context.turn, context.speaker.person, "reassign_to")
    found = [p for p in people_meant(context.speaker.roster, text) if p != picks.owner]
    if not found:
        await context.say("directing.found_none", typed=brief(text))
        return
    rows = _give_rows(context, picks, found)
    text = which(context.reader, found, PEOPLE_SHOWN)
    await context.reply(Message(text=text, buttons=rows))


async def on_give_to(update: Update, context: Context, pressed: Pressed) -> None:
    picks = await context.turn.get(PICKS, context.speaker.person)
    to = person_of(context.speaker.roster, pressed.args[1])
    if picks is None or mark_of(picks.owner) != pressed.args[0] or to is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    context.turn.remove(PICKS, context.speaker.person)
    context.turn.remove(AWAITED, context.speaker.person)
    ticked = [Transfer(*pick, picks.owner, to) for pick in picks.picked]
    gone = [await _gone(context, one) for one in ticked]
    left = [one for one, why in zip(ticked, gone, strict=True) if why is None]
    given = await give(context.turn, context.desk, context.speaker.person, left)
    given += [Given(one, why) for one, why in zip(ticked, gone, strict=True) if why is not None]
    await report(context, given)


async def _gone(context: Context, one: Transfer) -> c.Refusal | None:
    """Why a step ticked a while ago stays where it is: done, or taken by somebody else since."""
    incident = await context.turn.get(INCIDENTS, str(one.incident))
    state = incident.steps.get(one.step) if incident is not None else None
    if state is None or state.status is not StepStatus.OPEN:
        return c.Refusal(c.Reason.NOT_OPEN)
    if state.taken_by not in (None, one.owner):
        return c.Refusal(c.Reason.TAKEN, state.taken_by or "")
    return None


def person_of_any(context: Context, mark: str) -> PersonId | None:
    """Also somebody who has left meanwhile: their steps must go somewhere."""
    return marked(context.speaker.roster.company.people, mark)
