"""All called: one press for a whole list of which some have not been ticked is asked about once.

In: the press, and the answer. Out: a question in private that says how many; the list, or the step
done. Forbidden here: ticking anybody (one word for many is no tick, and the record says so).
"""

from telegram import Update

from handlers.buttons import Pressed, button
from handlers.catalogue import say
from handlers.context import Context
from handlers.telling.happening import Reader
from plans.incident import Incident, Share
from storage.delivery import Message, Urgency
from storage.port import SLOTS

YES, BACK = "yes", "back"


async def asked_once_more(update: Update, context: Context, incident: Incident, step: str) -> bool:
    """Ask whether those whom nobody has ticked were called as well; False where there are none."""
    share = incident.steps[step].share
    left = _untouched(share)
    if share is None or not left:
        return False
    context.toast(update, "" if context.speaker.private else "menus.sent_privately")
    lang, number = context.speaker.lang, incident.number
    plan = await context.desk.plan_of(context.turn, incident)
    do, count = plan.step(step).do.in_(lang), len(share.calls or ())
    text = say(lang, "calling.all_sure", number=number, do=do, left=left, count=count)
    rows = (
        (button(say(lang, "calling.all_yes"), "all", number, step, YES),),
        (button(say(lang, "calling.all_back"), "all", number, step, BACK),),
    )
    context.turn.remove(SLOTS, _slot(context, number, step))  # asked again it makes a sound
    await _write(context, number, step, Message(text=text, buttons=rows))
    return True


async def take_buttons_away(context: Context, number: int, step: str, key: str) -> None:
    """What was asked says what was answered."""
    if await context.turn.get(SLOTS, _slot(context, number, step)) is not None:
        text = say(context.speaker.lang, key, number=number)
        await _write(context, number, step, Message(text=text))


async def on_back(update: Update, context: Context, pressed: Pressed) -> None:
    context.toast(update, "calling.all_back_toast")
    await take_buttons_away(context, pressed.number, pressed.args[1], "calling.all_went_back")


def _untouched(share: Share | None) -> int:
    """How many have neither been reached nor been called in vain."""
    return len([one for one in share.calls or () if one not in share.called]) if share else 0


async def _write(context: Context, number: int, step: str, message: Message) -> None:
    def write(_: Reader) -> Message:
        return message

    slot = _slot(context, number, step)
    await context.letters.person(context.speaker.person, write, Urgency.URGENT, slot=slot)


def _slot(context: Context, number: int, step: str) -> str:
    return f"all/{number}/{step}/{context.speaker.person}"
