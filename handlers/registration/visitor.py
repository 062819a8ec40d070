"""Whoever writes in private and is not in the register: who they are, and answering them.

In: an update and the roster. Out: answers within a bound. Forbidden here: what the form asks (see
`form`), rights.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from telegram import Update, User

from handlers.catalogue import say
from handlers.context import Context
from handlers.documents import STRANGERS, Stranger
from handlers.registration.documents import APPLICATIONS, VISITS, Application, Visit
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from plans.roster import Roster
from plans.text import Lang
from storage.delivery import Message, Urgency
from storage.port import Turn

NAME_LIMIT = 60
A_DAY = timedelta(hours=24)
# What a stranger may have from us in a day: answers to commands, and steps of the form.
ANSWERS_LIMIT = 10
FORM_LIMIT = 100
STRANGERS_LIMIT = 5_000


@dataclass(frozen=True)
class Visitor:
    """Somebody unknown, in their private chat."""

    context: Context
    roster: Roster
    telegram: int
    telegram_name: str
    lang: Lang

    @property
    def turn(self) -> Turn:
        return self.context.turn

    @property
    def reader(self) -> Reader:
        return Reader(self.roster, self.lang, self.turn.at)

    async def say(self, key: str, /, **values: object) -> None:
        await self.reply(Message(text=say(self.lang, key, **values)))

    async def reply(
        self, message: Message, urgency: Urgency = Urgency.URGENT, *, slot: str | None = None
    ) -> None:
        letters = Letters(self.turn, self.roster)
        await letters.chat(self.telegram, message, urgency, slot=slot)

    async def visit(self) -> Visit | None:
        return await self.turn.get(VISITS, str(self.telegram))

    def in_(self, lang: Lang) -> "Visitor":
        return replace(self, lang=lang)


async def visitor_of(update: Update, context: Context, roster: Roster) -> Visitor | None:
    """Whoever sent the update; None when it was nobody."""
    user = update.effective_user
    if user is None:
        return None
    visit = await context.turn.get(VISITS, str(user.id))
    lang = visit.lang if visit is not None else guessed_lang(user, roster)
    return Visitor(context, roster, user.id, own_name(user), lang)


def guessed_lang(user: User, roster: Roster) -> Lang:
    """What the person's app speaks; the company's language for apps that do not say."""
    if not user.language_code:
        return roster.company.language
    return "zh" if user.language_code.startswith("zh") else "en"


def own_name(user: User) -> str:
    """What the account calls itself, in one line without anything odd."""
    return clean_name(user.full_name[:NAME_LIMIT]) or str(user.id)


def clean_name(typed: str) -> str:
    """A name of at most NAME_LIMIT visible characters; empty for one that is none."""
    line = " ".join("".join(c if c.isprintable() else " " for c in typed).split())
    return line if len(line) <= NAME_LIMIT and any(c.isalnum() for c in line) else ""


async def waiting_application(turn: Turn, telegram: int) -> Application | None:
    found = await turn.find(APPLICATIONS, telegram=telegram)
    return next((a for a in reversed(found) if a.state == "waiting"), None)


async def may_answer(visitor: Visitor, *, form: bool = False) -> bool:
    """Whether the day's bound leaves room for one more answer; counts it."""
    known = await _stranger(visitor)
    limit, so_far = (FORM_LIMIT, known.steps) if form else (ANSWERS_LIMIT, known.answers)
    if so_far >= limit:
        return False
    changes = {"steps": so_far + 1} if form else {"answers": so_far + 1}
    visitor.turn.put(STRANGERS, known.model_copy(update=changes))
    return True


async def heard(visitor: Visitor) -> bool:
    """Count a message that is neither command nor answer; whether it was the first of all."""
    before = await visitor.turn.get(STRANGERS, str(visitor.telegram))
    known = await _stranger(visitor)
    visitor.turn.put(STRANGERS, known.model_copy(update={"seen": known.seen + 1}))
    return before is None


async def _stranger(visitor: Visitor) -> Stranger:
    """What is known of a stranger's day. For one more than can be kept, the first is forgotten,
    with the form they were filling in."""
    turn = visitor.turn
    known = await turn.get(STRANGERS, str(visitor.telegram))
    if known is None:
        kept = await turn.find(STRANGERS, limit=STRANGERS_LIMIT)
        if len(kept) >= STRANGERS_LIMIT:
            turn.remove(STRANGERS, str(kept[0].telegram))
            turn.remove(VISITS, str(kept[0].telegram))
        return Stranger(telegram=visitor.telegram, answered_at=turn.at)
    if turn.at - known.answered_at >= A_DAY:
        return known.model_copy(update={"answered_at": turn.at, "answers": 0, "steps": 0})
    return known
