"""Reassigning: /reassign. Steps of whoever is absent or silent go to others, one person's or those
of all who are absent at once.

In: the command, presses, typed names. Out: a preview line by line, then the steps handed over and
the same lines again. Forbidden here: who comes next (see `plans.reassigning`).
"""

from collections.abc import Iterable

from telegram import Update

from handlers.awaited import AWAITED, await_words
from handlers.buttons import Pressed, button, person_mark
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.directing.found import people_meant, person_of, told_apart
from handlers.directing.giving import GIVEN_LIMIT, Given, Transfer, give
from handlers.directing.picks import PICKS, Picks
from handlers.documents import INCIDENTS
from handlers.telling.happening import brief
from plans.incident import StepStatus
from plans.model import PersonId
from plans.reassigning import Held, held_steps, next_for
from plans.rights import may_reassign
from storage.delivery import Button, Message, Urgency
from storage.port import SLOTS

PEOPLE_SHOWN = 8
STEPS_SHOWN = 9
LINES_SHOWN = 30
LINE_WORDS = 24
_FIRST = ("unreachable", "away", "no_telegram", "silent", "there")
ABSENT = ("unreachable", "away", "no_telegram")


# Who has what


async def commanded(context: Context) -> list[Held]:
    """What is held in the incidents that the speaker commands, the oldest incident first."""
    speaker, at = context.speaker, context.turn.at
    found = []
    for incident in await context.turn.find(INCIDENTS, status="open"):
        for held in held_steps(incident, speaker.roster, at):
            state = incident.steps[held.step]
            if may_reassign(speaker.roster, incident, state, speaker.person):
                found.append(held)
    return found


async def on_reassign(_: Update, context: Context) -> None:
    """Those who cannot be counted on first, with how many steps each."""
    held, lang, reader = await commanded(context), context.speaker.lang, context.reader
    await_words(context.turn, context.speaker.person, "reassign")
    if not held:
        await context.say("directing.re_none")
        return
    by_person: dict[PersonId, list[Held]] = {}
    for one in held:
        by_person.setdefault(one.person, []).append(one)
    order = sorted(by_person, key=lambda p: (_FIRST.index(by_person[p][0].why), -len(by_person[p])))
    absent = [one for one in held if one.stranded]
    rows: list[tuple[Button, ...]] = []
    if absent:
        label = say(lang, "directing.re_all_button", count=_steps(absent))
        rows.append((button(label, "absent", "?"),))
    for person in order[:PEOPLE_SHOWN]:
        why = say(lang, f"directing.why_{by_person[person][0].why}")
        count = len(by_person[person])
        label = say(lang, "directing.re_person", name=reader.name(person), why=why, count=count)
        rows.append((button(label, "from", person_mark(person)),))
    more = len(order) - PEOPLE_SHOWN
    text = say(
        lang,
        "directing.re_whose",
        more=say(lang, "directing.re_more", count=more) if more > 0 else "",
    )
    await context.reply(Message(text=text, buttons=tuple(rows)))


def _steps(held: Iterable[Held]) -> int:
    return len({(one.incident.number, one.step) for one in held})


async def on_typed(context: Context, _: tuple[str, ...], text: str) -> None:
    """Somebody by name, whose steps are to be given to others."""
    reader, lang = context.reader, context.speaker.lang
    await_words(context.turn, context.speaker.person, "reassign")
    holding = {one.person for one in await commanded(context)}
    found = [p for p in people_meant(context.speaker.roster, text) if p in holding]
    if not found:
        await context.say("directing.re_nobody", typed=brief(text))
        return
    rows = [(button(told_apart(reader, p), "from", person_mark(p)),) for p in found[:PEOPLE_SHOWN]]
    await context.reply(Message(text=say(lang, "directing.re_which"), buttons=tuple(rows)))


# One person's steps


async def on_from(update: Update, context: Context, pressed: Pressed) -> None:
    """One person's steps, all of them ticked."""
    owner = person_of_any(context, pressed.args[0])
    held = [one for one in await commanded(context) if one.person == owner]
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
    if picks is None or person_mark(picks.owner) != pressed.args[0]:
        context.refuse(update, "refusals.old_button")
        return
    if not pressed.args[1].isdecimal() or len(pressed.args[1]) > 9:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    one = (int(pressed.args[1]), pressed.args[2])
    left = tuple(pick for pick in picks.picked if pick != one)
    picked = left if one in picks.picked else (*picks.picked, one)[:STEPS_SHOWN]
    held = [each for each in await commanded(context) if each.person == picks.owner]
    await _show_picks(context, picks.model_copy(update={"picked": picked}), held)


async def _show_picks(context: Context, picks: Picks, held: list[Held]) -> None:
    lang, reader = context.speaker.lang, context.reader
    mark = person_mark(picks.owner)
    rows = []
    for one in held[:STEPS_SHOWN]:
        sign = "☑️" if (one.incident.number, one.step) in picks.picked else "⬜"
        label = f"{sign} #{one.incident.number} {await _do(context, one)}"
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


async def _do(context: Context, one: Held) -> str:
    plan = await context.desk.plan_of(context.turn, one.incident)
    do = plan.step(one.step).do.in_(context.speaker.lang)
    return do if len(do) <= LINE_WORDS else f"{do[: LINE_WORDS - 1]}…"


async def on_whom(update: Update, context: Context, pressed: Pressed) -> None:
    """To whom? The stand-in, those next in line, the department; or a typed name."""
    picks = await context.turn.get(PICKS, context.speaker.person)
    if picks is None or person_mark(picks.owner) != pressed.args[0] or not picks.picked:
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
    mark, reader = person_mark(picks.owner), context.reader
    return tuple(
        (button(told_apart(reader, p), "give_to", mark, person_mark(p)),)
        for p in people[:PEOPLE_SHOWN]
    )


async def _offered(context: Context, picks: Picks) -> list[PersonId]:
    roster, at = context.speaker.roster, context.turn.at
    next_ = []
    for one in await commanded(context):
        if one.person == picks.owner and (one.incident.number, one.step) in picks.picked:
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
    text = say(context.speaker.lang, "directing.re_which")
    await context.reply(Message(text=text, buttons=rows))


async def on_give_to(update: Update, context: Context, pressed: Pressed) -> None:
    picks = await context.turn.get(PICKS, context.speaker.person)
    to = person_of(context.speaker.roster, pressed.args[1])
    if picks is None or person_mark(picks.owner) != pressed.args[0] or to is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    context.turn.remove(PICKS, context.speaker.person)
    context.turn.remove(AWAITED, context.speaker.person)
    transfers = []
    for number, step in picks.picked:
        incident = await context.turn.get(INCIDENTS, str(number))
        state = incident.steps.get(step) if incident is not None else None
        if state is not None and state.status is StepStatus.OPEN:
            transfers.append(Transfer(number, step, picks.owner, to))
    given = await give(context.turn, context.desk, context.speaker.person, transfers)
    await _report(context, given)


# Everybody who is absent


async def absent_transfers(context: Context) -> list[Transfer]:
    """Each step that only absent people have, with who is next for it."""
    roster, at = context.speaker.roster, context.turn.at
    found: dict[tuple[int, str], Transfer] = {}
    for one in await commanded(context):
        key = (one.incident.number, one.step)
        if one.stranded and key not in found:
            plan = await context.desk.plan_of(context.turn, one.incident)
            found[key] = Transfer(*key, one.person, next_for(plan, one, roster, at))
    return list(found.values())


async def on_absent(update: Update, context: Context, pressed: Pressed) -> None:
    """Show what would go to whom; or do it, as it stands by now."""
    transfers = await absent_transfers(context)
    if not transfers:
        context.refuse(update, "directing.re_no_absent")
        return
    context.toast(update)
    if pressed.args[0] == "go":
        context.turn.remove(AWAITED, context.speaker.person)
        given = await give(context.turn, context.desk, context.speaker.person, transfers)
        await _report(context, given)
        return
    lines = [await _line(context, Given(one)) for one in transfers]
    going = sum(one.to is not None for one in transfers[:GIVEN_LIMIT])
    lang = context.speaker.lang
    rows: tuple[tuple[Button, ...], ...] = ()
    if going:
        label = say(lang, "directing.re_go", count=going)
        rows = ((button(label, "absent", "go"),),)
    head = say(lang, "directing.re_preview", count=len(transfers))
    await context.reply(Message(text=_screen(context, head, lines), buttons=rows))


async def _report(context: Context, given: list[Given]) -> None:
    """What went to whom, and what did not and why."""
    went = sum(one.refused is None for one in given)
    head = say(context.speaker.lang, "directing.re_done", count=went, all=len(given))
    lines = [await _line(context, one, done=True) for one in given]
    await context.reply(Message(text=_screen(context, head, lines)))


def _screen(context: Context, head: Html, lines: list[Html]) -> str:
    more = len(lines) - LINES_SHOWN
    if more > 0:
        lines = [
            *lines[:LINES_SHOWN],
            say(context.speaker.lang, "directing.bundle_more", count=more),
        ]
    return "\n".join([head, *lines])


async def _line(context: Context, given: Given, *, done: bool = False) -> Html:
    one, reader, roster = given.transfer, context.reader, context.speaker.roster
    incident = await context.turn.get(INCIDENTS, str(one.incident))
    told = roster.can_be_told(one.owner, context.turn.at)
    do = ""
    if incident is not None:
        do = await _do(context, Held(incident, one.step, one.owner, "there", True))
    values: dict[str, object] = {
        "number": one.incident,
        "do": do,
        "who": reader.name(one.owner),
        "to": reader.name(one.to) if one.to else say(reader.lang, "directing.re_nobody_left"),
    }
    if told != "yes":
        why = say(reader.lang, f"directing.why_{told}")
        values["who"] = say(reader.lang, "directing.re_who", name=values["who"], why=why)
    if given.refused is not None and one.to is not None:
        values["to"] = say(
            reader.lang,
            f"refusals.{given.refused.reason}",
            **context.why_not(given.refused, one.incident),
        )
    mark = "✓ " if done and given.refused is None else "✗ " if done or one.to is None else ""
    return say(reader.lang, "directing.re_line", mark=mark, **values)


def person_of_any(context: Context, mark: str) -> PersonId | None:
    """Also somebody who has left meanwhile: their steps must go somewhere."""
    people = context.speaker.roster.company.people
    return next((p for p in people if person_mark(p) == mark), None)
