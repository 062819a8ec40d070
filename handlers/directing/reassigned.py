"""Reassigned: line by line, what goes, or went, from whom to whom.

In: transfers and what became of them. Out: one screen of at most LINES_SHOWN lines. Forbidden
here: handing anything over.
"""

from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.directing.commanded import said_of
from handlers.directing.giving import Given
from handlers.documents import INCIDENTS
from plans.reassigning import Held
from storage.delivery import Message

LINES_SHOWN = 30


async def report(context: Context, given: list[Given]) -> None:
    """What went to whom, and what did not and why."""
    went = sum(one.refused is None for one in given)
    head = say(context.speaker.lang, "directing.re_done", count=went, all=len(given))
    lines = [await line_of(context, one, done=True) for one in given]
    await context.reply(Message(text=screen(context, head, lines)))


def screen(context: Context, head: Html, lines: list[Html]) -> str:
    more = len(lines) - LINES_SHOWN
    if more > 0:
        lines = [
            *lines[:LINES_SHOWN],
            say(context.speaker.lang, "directing.bundle_more", count=more),
        ]
    return "\n".join([head, *lines])


async def line_of(context: Context, given: Given, *, done: bool = False) -> Html:
    one, reader, roster = given.transfer, context.reader, context.speaker.roster
    incident = await context.turn.get(INCIDENTS, str(one.incident))
    told = roster.can_be_told(one.owner, context.turn.at)
    do = ""
    if incident is not None:
        do = await said_of(context, Held(incident, one.step, one.owner, "there", True))
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
