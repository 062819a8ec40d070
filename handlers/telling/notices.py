"""Notices: the text that a step's owner copies and passes on to a customer or the public.

In: a step with a notice, its incident, who reads. Out: a message of its own that is made for
copying, kept up to date in place. Forbidden here: sending the text to anybody but colleagues.
"""

from handlers.buttons import button
from handlers.catalogue import plain, say
from handlers.telling.filled import fill
from handlers.telling.happening import Reader
from plans.format import Plan
from plans.incident import Incident, StepState, StepStatus
from plans.model import PersonId, StepId
from plans.text import Lang
from storage.delivery import COPIED_LIMIT, Button, Message

Row = tuple[Button, ...]
LANGS: tuple[Lang, ...] = ("zh", "en")


def notice_slot(incident: Incident, step: StepId, person: PersonId) -> str:
    """The live message of one person about one round of a step's notice."""
    return f"notice/{incident.number}/{step}/{incident.steps[step].round}/{person}"


def given_to(state: StepState) -> tuple[PersonId, ...]:
    """Who gets it unasked: whoever has the step, or is asked first. Whoever is told later because
    others are silent has a button for it."""
    if state.status is not StepStatus.OPEN:
        return ()
    if state.taken_by is not None:
        return (state.taken_by,)
    return state.asked if state.asked == state.told else ()


def notice_message(plan: Plan, incident: Incident, step: StepId, reader: Reader) -> Message | None:
    """The text as a block that one tap copies, with a button for each language that does the same;
    None for a step without one."""
    notice = plan.step(step).notice
    if notice is None:
        return None
    do = plan.step(step).do.in_(reader.lang)
    head = say(reader.lang, "notices.head", number=incident.number, do=do)
    text = fill(notice, plan, incident, reader)
    copies = [
        _copying(lang, fill(notice, plan, incident, Reader(reader.roster, lang, reader.at)), reader)
        for lang in sorted(LANGS, key=lambda lang: lang != reader.lang)
    ]
    row = tuple(copy for copy in copies if copy is not None)
    return Message(text=f"{head}\n<pre>{plain(text)}</pre>", buttons=(row,) if row else ())


def _copying(lang: Lang, text: str, reader: Reader) -> Button | None:
    """What is longer than Telegram copies by a button is copied by a tap on it."""
    if len(text.encode("utf-16-le")) // 2 > COPIED_LIMIT:
        return None
    label = say(reader.lang, "notices.copy" if lang == reader.lang else f"notices.copy_{lang}")
    return Button(text=label.unescape(), copies=text)


def notice_rows(plan: Plan, number: int, step: StepId, reader: Reader) -> list[Row]:
    """The button under a step that brings its text; none for a step without one."""
    if plan.step(step).notice is None:
        return []
    return [(button(say(reader.lang, "notices.ask"), "copy", number, step),)]
