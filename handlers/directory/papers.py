"""Papers: the register as a workbook, and the empty form, sent to administrators.

In: /import, /export; what the errand has written. Out: files. Forbidden here: writing them.
"""

from telegram import Update

from handlers.catalogue import say
from handlers.context import Context
from handlers.desk import Desk
from handlers.directory.documents import WORKBOOKS, WorkbookWanted
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from storage.delivery import Message, Paper, Urgency
from storage.port import Turn


async def on_import(_: Update, context: Context) -> None:
    """How to import, and an empty form to begin with."""
    _want(context, "form")
    await context.say("directory.import_how")


async def on_export(_: Update, context: Context) -> None:
    """The whole register."""
    _want(context, "register")
    await context.say("directory.export_begun")


def _want(context: Context, what: str) -> None:
    speaker = context.speaker
    wanted = {"person": speaker.person, "chat": speaker.chat, "what": what}
    look_at = {"look_at": context.turn.at}
    context.turn.put(WORKBOOKS, WorkbookWanted.model_validate({**wanted, **look_at}))


async def send(turn: Turn, desk: Desk, wanted: WorkbookWanted, sha256: str) -> None:
    """The file is written: send it, once."""
    if await turn.get(WORKBOOKS, f"{wanted.person}/{wanted.what}") is None:
        return
    turn.remove(WORKBOOKS, f"{wanted.person}/{wanted.what}")
    roster = await desk.roster(turn)
    # Rights may have gone meanwhile; the register holds everybody's numbers.
    if wanted.person not in roster.administrators():
        return
    await Letters(turn, roster).person(
        wanted.person,
        lambda reader: Paper(
            sha256=sha256,
            name=paper_name(wanted.what, reader),
            caption=say(reader.lang, f"directory.{wanted.what}_file"),
        ),
        Urgency.URGENT,
    )


async def refuse(turn: Turn, desk: Desk, wanted: WorkbookWanted) -> None:
    """The file could not be written."""
    turn.remove(WORKBOOKS, f"{wanted.person}/{wanted.what}")
    await Letters(turn, await desk.roster(turn)).person(
        wanted.person,
        lambda reader: Message(text=say(reader.lang, "directory.not_written")),
        Urgency.URGENT,
    )


def paper_name(what: str, reader: Reader) -> str:
    """What the file is called on the phone."""
    name = say(reader.lang, f"directory.{what}_name").unescape()
    return f"{name}-{reader.at.astimezone(reader.zone):%Y%m%d}.xlsx"
