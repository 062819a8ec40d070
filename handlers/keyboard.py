"""The keyboard: what lies under the thumb in everybody's private chat.

In: a person, the plans. Out: the keyboard in their language; what a label of it stands for, also
of one in the other language or of an older one. Forbidden here: a label for what the person may
not do.
"""

from collections.abc import Mapping
from typing import get_args

from telegram import Message as TelegramMessage
from telegram.ext import filters

from handlers.access import COMMANDS, meets
from handlers.catalogue import say
from handlers.context import Context
from handlers.typed import command_of, label
from plans.format import Plan
from plans.model import PersonId
from plans.roster import Roster
from plans.text import Lang
from storage.delivery import Keyboard

LABELS_SHOWN = 4
REPORTS_SHOWN = 2
# Behind the reports, for those out there; and for those who look after them.
OUT_THERE = ("mine", "call")
AT_WORK = ("mine", "incidents", "who", "for", "call")


def keyboard(plans: Mapping[str, Plan], roster: Roster, person: PersonId) -> Keyboard:
    """The person's own: two rows of two."""
    lang = roster.language_of(person)
    at_work = roster.may(person, "file_for") or roster.may(person, "command")
    reports = [] if at_work else list(report_labels(plans, lang))[:REPORTS_SHOWN]
    commands = [
        say(lang, f"keyboard.{command}").unescape()
        for command in (AT_WORK if at_work else OUT_THERE)
        if command in COMMANDS and meets(roster, person, COMMANDS[command].needs)
    ]
    return Keyboard(labels=tuple([*reports, *commands][:LABELS_SHOWN]), permanent=True)


def report_labels(plans: Mapping[str, Plan], lang: Lang) -> dict[str, Plan]:
    """The labels that begin a report, in the plans' order."""
    return {
        f"{plan.icon} {plan.offered_at_place.in_(lang)}": plan
        for plan in plans.values()
        if plan.offered_at_place is not None
    }


def report_named(plans: Mapping[str, Plan], text: str) -> Plan | None:
    """The plan whose label that is, in whichever language."""
    langs: tuple[Lang, ...] = get_args(Lang)
    labels = {label(k): plan for lang in langs for k, plan in report_labels(plans, lang).items()}
    return labels.get(label(text))


async def own_keyboard(context: Context) -> Keyboard | None:
    """The speaker's, as they are by now; None in a group."""
    speaker = context.speaker
    if not speaker.private:
        return None
    roster = await context.desk.roster(context.turn)
    return keyboard(context.desk.plans, roster, speaker.person)


class KeyboardPressed(filters.MessageFilter):
    """A message that is nothing but a label of the keyboard."""

    def __init__(self, plans: Mapping[str, Plan]) -> None:
        super().__init__()
        self._plans = plans

    def filter(self, message: TelegramMessage) -> bool:
        return bool(self.command(message))

    def command(self, message: TelegramMessage | None) -> str:
        """The command that the label stands for; "" for any other message."""
        if message is None or not message.text or message.entities:
            return ""
        plan = report_named(self._plans, message.text)
        return plan.command if plan is not None else command_of(message)[0]
