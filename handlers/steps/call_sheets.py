"""Call sheets: a call list as a file, with how each call went.

In: presses; what the errand has written. Out: what is to stand in the file; the file sent to
whoever asked, in private. Forbidden here: writing files; a list for whom the part is not.
"""

from dataclasses import dataclass
from datetime import datetime

from telegram import Update

from handlers.buttons import Pressed
from handlers.catalogue import say
from handlers.context import Context
from handlers.desk import Desk
from handlers.documents import INCIDENTS
from handlers.steps.calling import may_see
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from handlers.telling.spread import do_of
from plans.format import Plan
from plans.incident import Incident, Share
from plans.model import CustomerId, PersonId, StepId
from storage.delivery import Message, Paper, Urgency
from storage.document import Document
from storage.port import Kind, Turn

NAME_LIMIT = 20
_WIDTHS = {"n": 5, "name": 26, "grade": 8, "phone": 20, "address": 34, "route": 12, "result": 12}


class CallSheetWanted(Document):
    """That somebody asked for the list of one part as a file."""

    person: PersonId
    incident: int
    step: StepId
    look_at: datetime


CALL_SHEETS = Kind(
    "call_sheets",
    CallSheetWanted,
    key=lambda w: f"{w.incident}/{w.step}/{w.person}",
    due=lambda w: w.look_at,
)


@dataclass(frozen=True)
class Sheet:
    """What is to stand in the file."""

    title: str
    headings: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, ...], ...]


async def on_sheet(update: Update, context: Context, pressed: Pressed) -> None:
    """The list of one part as a file."""
    step = pressed.args[1]
    incident = await context.turn.get(INCIDENTS, str(pressed.number))
    state = incident.steps.get(step) if incident else None
    if incident is None or state is None or state.share is None or not state.share.calls:
        context.refuse(update, "refusals.old_button")
        return
    if not await may_see(context, incident, step, state):
        context.refuse(update, "refusals.needs_customers")
        return
    wanted = CallSheetWanted(
        person=context.speaker.person,
        incident=incident.number,
        step=step,
        look_at=context.turn.at,
    )
    context.turn.put(CALL_SHEETS, wanted)
    context.toast(update, "calling.sheet_begun")


async def content_of(turn: Turn, desk: Desk, wanted: CallSheetWanted) -> Sheet | None:
    """What to write, as it is now; None: there is no such list any more."""
    incident = await turn.get(INCIDENTS, str(wanted.incident))
    state = incident.steps.get(wanted.step) if incident else None
    if incident is None or state is None or state.share is None:
        return None
    plan, roster = await desk.plan_of(turn, incident), await desk.roster(turn)
    reader = Reader(roster, roster.language_of(wanted.person), turn.at)
    return _sheet(plan, incident, wanted.step, state.share, reader)


def _sheet(plan: Plan, incident: Incident, step: StepId, share: Share, reader: Reader) -> Sheet:
    lang, calls = reader.lang, share.calls or ()
    title = say(
        lang,
        "calling.sheet_title",
        number=incident.number,
        do=do_of(plan, incident, step, reader),
        who=reader.name(incident.steps[step].taken_by or share.owner),
        reached=len(calls) - len(share.left),
        count=len(calls),
        time=reader.moment(reader.at),
    )
    headings = [
        (say(lang, f"calling.column_{name}").unescape(), width) for name, width in _WIDTHS.items()
    ]
    rows = [_row(n, one, share, reader) for n, one in enumerate(calls, 1)]
    return Sheet(title.unescape(), tuple(headings), tuple(rows))


def _row(n: int, id_: CustomerId, share: Share, reader: Reader) -> tuple[str, ...]:
    customer, result = reader.roster.company.customers.get(id_), share.called.get(id_)
    said = say(reader.lang, f"calling.result_{result}").unescape() if result else ""
    if customer is None:
        return (str(n), id_, "", "", "", "", said)
    phone, route = customer.phone or "", customer.route or ""
    return (str(n), customer.name, customer.grade, phone, customer.address, route, said)


async def send(turn: Turn, desk: Desk, wanted: CallSheetWanted, sha256: str) -> None:
    """The file is written: send it, once."""
    if await turn.get(CALL_SHEETS, CALL_SHEETS.key(wanted)) is None:
        return
    turn.remove(CALL_SHEETS, CALL_SHEETS.key(wanted))
    incident = await turn.get(INCIDENTS, str(wanted.incident))
    if incident is None:
        return
    plan = await desk.plan_of(turn, incident)

    def write(reader: Reader) -> Paper:
        do = do_of(plan, incident, wanted.step, reader)
        name = say(reader.lang, "calling.sheet_name", number=wanted.incident).unescape()
        caption = say(reader.lang, "calling.sheet_caption", number=wanted.incident, do=do)
        return Paper(sha256=sha256, name=f"{name[:NAME_LIMIT]}.xlsx", caption=caption)

    await Letters(turn, await desk.roster(turn)).person(wanted.person, write, Urgency.URGENT)


async def refuse(turn: Turn, desk: Desk, wanted: CallSheetWanted) -> None:
    """The file could not be written."""
    turn.remove(CALL_SHEETS, CALL_SHEETS.key(wanted))
    await Letters(turn, await desk.roster(turn)).person(
        wanted.person,
        lambda reader: Message(text=say(reader.lang, "directory.not_written")),
        Urgency.URGENT,
    )
