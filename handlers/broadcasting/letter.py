"""Letters of a broadcast: what readers see, in private and in groups.

In: a broadcast, who reads. Out: messages. Forbidden here: choosing who reads; sending.
"""

from datetime import datetime
from typing import Protocol

from handlers.broadcasting.documents import Cast, CastKind
from handlers.buttons import button
from handlers.catalogue import Html, plain, say
from handlers.telling.happening import Reader, brief
from plans.model import PersonId
from plans.text import Lang
from storage.delivery import Message

ENDED_QUOTED = 24


class Worded(Protocol):
    """A draft, or what was sent."""

    @property
    def kind(self) -> CastKind: ...
    @property
    def by(self) -> PersonId: ...
    @property
    def confirm(self) -> bool: ...
    def words(self, lang: Lang) -> str: ...


def letter(
    worded: Worded,
    reader: Reader,
    *,
    number: int,
    at: datetime,
    about: Cast | None,
    again: bool = False,
) -> Message:
    """To one person; `again`: they have not confirmed it."""
    text = _text(worded, reader, at, about)
    if again:
        text = Html(f"{say(reader.lang, 'broadcast.asked_again')}\n{text}")
    if not worded.confirm:
        return Message(text=text)
    return Message(text=text, buttons=((button(_got(reader), "heard", number),),))


def letter_confirmed(cast: Cast, reader: Reader, about: Cast | None, at: datetime) -> Message:
    """The same once they have confirmed it."""
    text = _text(cast, reader, cast.at, about)
    done = say(reader.lang, "broadcast.you_confirmed", time=reader.time(at))
    return Message(text=Html(f"{text}\n{done}"))


def post(cast: Cast, reader: Reader, about: Cast | None, confirmed: int, all_: int) -> Message:
    """To a group, with how many of those who read along have confirmed."""
    text = _text(cast, reader, cast.at, about)
    if not cast.confirm:
        return Message(text=text)
    label = say(reader.lang, "broadcast.got_group", confirmed=confirmed, all=all_)
    return Message(text=text, buttons=((button(label, "heard", cast.number),),))


def _got(reader: Reader) -> Html:
    return say(reader.lang, "broadcast.got")


def _text(worded: Worded, reader: Reader, at: datetime, about: Cast | None) -> Html:
    lang = reader.lang
    values: dict[str, object] = {
        "kind": say(lang, f"broadcast.kind_{worded.kind}"),
        "text": plain(worded.words(lang)),
        "by": reader.name_and_role(worded.by),
        "time": reader.time(at),
    }
    if about is None:
        return say(lang, "broadcast.letter", **values)
    values["about"] = _about(worded.kind, about, reader)
    return say(lang, "broadcast.letter_about", **values)


def _about(kind: CastKind, about: Cast, reader: Reader) -> Html:
    """Which one it corrects, or ends: when it came, and how it began; of what is over, the first
    words say enough."""
    words = brief(about.words(reader.lang))
    if kind == "all_clear" and len(words) > ENDED_QUOTED:
        words = f"{words[: ENDED_QUOTED - 1]}…"
    return say(
        reader.lang,
        f"broadcast.about_{kind}",
        time=reader.time(about.at),
        what=say(reader.lang, f"broadcast.word_{about.kind}"),
        text=words,
    )
