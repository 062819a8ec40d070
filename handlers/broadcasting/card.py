"""The card of a broadcast: how far it has come, for whoever looks after it.

In: a broadcast and its counts. Out: text and buttons. Forbidden here: sending.
"""

from handlers.broadcasting.documents import Cast
from handlers.buttons import button
from handlers.catalogue import Html, say
from handlers.telling.happening import Reader, brief
from plans.broadcast import Tally
from storage.delivery import Button, Message

COUNTED = ("missing", "unreachable", "confirmed")


def card(cast: Cast, tally: Tally, reader: Reader) -> Message:
    lang = reader.lang
    text = say(
        lang,
        "broadcast.card",
        number=cast.number,
        kind=say(lang, f"broadcast.kind_{cast.kind}"),
        time=reader.time(cast.at),
        text=brief(cast.words(lang)),
        progress=progress(cast, tally, reader),
    )
    if cast.about is not None:
        text = Html(f"{text}\n{say(lang, 'broadcast.card_about', number=cast.about)}")
    return Message(text=text, buttons=_buttons(cast, tally, reader))


def progress(cast: Cast, tally: Tally, reader: Reader) -> Html:
    """已发 120/300 · 确认 80 · 联系不上 4"""
    lang = reader.lang
    parts = [say(lang, "broadcast.progress", sent=tally.sent, all=tally.all)]
    if cast.confirm:
        parts.append(say(lang, "broadcast.progress_confirmed", confirmed=tally.confirmed))
    if tally.unreachable:
        parts.append(say(lang, "broadcast.progress_unreachable", unreachable=tally.unreachable))
    if cast.groups:
        parts.append(say(lang, "broadcast.progress_groups", groups=len(cast.groups)))
    lines = [" · ".join(parts)]
    if cast.round > 1:
        key = "broadcast.progress_chased" if cast.round > 2 else "broadcast.progress_chased_once"
        lines.append(say(lang, key, chases=cast.round - 1))
    if cast.confirm and tally.all and tally.confirmed == tally.all:
        lines.append(say(lang, "broadcast.all_confirmed"))
    return Html("\n".join(lines))


def _buttons(cast: Cast, tally: Tally, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    lang, number = reader.lang, cast.number
    row = [button(say(lang, "broadcast.lists"), "sent", number, "lists", 0)]
    if cast.confirm and tally.missing and not cast.over:
        row.append(button(say(lang, "broadcast.chase"), "sent", number, "chase", 0))
    if cast.over:
        return (tuple(row),)
    after = [button(say(lang, "broadcast.correct"), "sent", number, "correct", 0)]
    if cast.kind != "all_clear":
        after.append(button(say(lang, "broadcast.all_clear"), "sent", number, "end", 0))
    return (tuple(row), tuple(after))
