"""The context handlers get: the turn under way, the desk, and who speaks.

In: an update being handled inside a turn. Out: what a handler may use. Forbidden here: the Bot
API; a handler talks only through the turn.
"""

from contextvars import ContextVar
from dataclasses import dataclass

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from handlers.catalogue import say
from handlers.desk import Desk
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from plans import commands as c
from plans.incident import Incident
from plans.model import PersonId
from plans.roster import Roster
from plans.text import Lang
from storage.delivery import Answer, Message, Urgency
from storage.port import Turn


@dataclass
class Scene:
    """One update being handled. `error` is set when a handler failed: then nothing is committed."""

    turn: Turn
    desk: Desk
    bot_name: str
    error: BaseException | None = None


SCENE: ContextVar[Scene] = ContextVar("scene")
Nothing = dict[object, object]


@dataclass(frozen=True)
class Speaker:
    """Whoever sent the update: a person of the company, in a chat."""

    person: PersonId
    roster: Roster
    lang: Lang
    chat: int
    private: bool


class Context(CallbackContext[ExtBot[None], Nothing, Nothing, Nothing]):
    """PTB's context with the turn. `speaker` is set by the gate before any handler runs."""

    def __init__(
        self,
        application: "App",
        chat_id: int | None = None,
        user_id: int | None = None,
    ) -> None:
        super().__init__(application=application, chat_id=chat_id, user_id=user_id)
        self._speaker: Speaker | None = None

    @property
    def scene(self) -> Scene:
        return SCENE.get()

    @property
    def turn(self) -> Turn:
        return self.scene.turn

    @property
    def desk(self) -> Desk:
        return self.scene.desk

    @property
    def is_known(self) -> bool:
        """Whether the gate has let somebody through."""
        return self._speaker is not None

    @property
    def speaker(self) -> Speaker:
        """ValueError: the gate has let nobody through."""
        if self._speaker is None:
            raise ValueError("no known person sent this")
        return self._speaker

    @speaker.setter
    def speaker(self, speaker: Speaker) -> None:
        self._speaker = speaker

    @property
    def letters(self) -> Letters:
        return Letters(self.turn, self.speaker.roster)

    @property
    def own_lang(self) -> Lang:
        """The speaker's own language, for what only they see, also in a group."""
        if self._speaker is None:
            return self.desk.company.language
        return self._speaker.roster.language_of(self._speaker.person)

    @property
    def reader(self) -> Reader:
        return Reader(self.speaker.roster, self.speaker.lang, self.turn.at)

    async def say(self, key: str, /, **values: object) -> None:
        """Answer with one wording where the person just spoke."""
        await self.reply(Message(text=say(self.speaker.lang, key, **values)))

    async def reply(self, message: Message) -> None:
        """Answer where the person just spoke."""
        await self.letters.chat(self.speaker.chat, message, Urgency.URGENT)

    def toast(self, update: Update, key: str = "", /, **values: object) -> None:
        """Answer a button press, with a few words or none."""
        self._answer(update, key, refusal=False, values=values)

    def refuse(self, update: Update, key: str, /, **values: object) -> None:
        """Answer a button press with why nothing was done."""
        self._answer(update, key, refusal=True, values=values)

    def _answer(
        self, update: Update, key: str, *, refusal: bool, values: dict[str, object]
    ) -> None:
        if update.callback_query is None:
            return
        lang = self.own_lang
        text = say(lang, key, **values).unescape()[:200] if key else ""
        user = update.effective_user
        self.turn.answer(
            Answer(
                query_id=update.callback_query.id,
                text=text,
                alert=refusal,
                refusal=refusal,
                person_chat=user.id if user else None,
            )
        )

    async def act(self, number: int, command: c.Command) -> Incident | c.Refusal:
        """Decide on a command; see `Desk.act`."""
        return await self.desk.act(self.turn, number, command, self.speaker.chat)

    def why_not(self, refusal: c.Refusal, number: int) -> dict[str, object]:
        """The values a refusal's wording may need."""
        detail, reader = refusal.detail, self.reader
        whose = reader.name(detail) if reader.roster.person(detail) else reader.role(detail)
        return {"number": number, "name": reader.name(detail), "whose": whose}


App = Application[ExtBot[None], Context, Nothing, Nothing, Nothing, None]
