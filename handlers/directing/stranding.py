"""Stranding: the steps that only absent people have, all given to others at once.

In: presses. Out: a preview line by line, then the steps handed over and the same lines again.
Forbidden here: who comes next (see `plans.reassigning`).
"""

from telegram import Update

from handlers.awaited import AWAITED
from handlers.buttons import Pressed, button
from handlers.catalogue import say
from handlers.context import Context
from handlers.directing.commanded import commanded
from handlers.directing.giving import GIVEN_LIMIT, Given, Transfer, give
from handlers.directing.reassigned import line_of, report, screen
from plans.reassigning import next_for
from storage.delivery import Button, Message


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
        await report(context, given)
        return
    lines = [await line_of(context, Given(one)) for one in transfers]
    going = sum(one.to is not None for one in transfers[:GIVEN_LIMIT])
    lang = context.speaker.lang
    rows: tuple[tuple[Button, ...], ...] = ()
    if going:
        label = say(lang, "directing.re_go", count=going)
        rows = ((button(label, "absent", "go"),),)
    head = say(lang, "directing.re_preview", count=len(transfers))
    await context.reply(Message(text=screen(context, head, lines), buttons=rows))
