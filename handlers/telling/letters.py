"""Letters: writing deliveries into a turn, each person and group in their own language.

In: who is to read, what it says. Out: deliveries in the turn. Forbidden here: sending; choosing
whom to tell.
"""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.telling.happening import Reader
from handlers.telling.quiet import hold
from plans.roster import Roster
from storage.delivery import Content, Delivery, Message, Urgency
from storage.port import DELIVERIES, Turn

Write = Callable[[Reader], Content | None]


@dataclass(frozen=True)
class Letters:
    """Writes for one incident (or none). `roster` tells languages and chats."""

    turn: Turn
    roster: Roster
    incident: int | None = None

    def reader_of(self, person: str) -> Reader:
        return Reader(self.roster, self.roster.language_of(person), self.turn.at)

    def reader_in(self, group: str) -> Reader:
        state = self.roster.group_state(group)
        lang = state.language if state else self.roster.company.language
        return Reader(self.roster, lang, self.turn.at)

    async def person(
        self,
        person: str,
        write: Write,
        urgency: Urgency = Urgency.NORMAL,
        *,
        slot: str | None = None,
        step: str | None = None,
    ) -> None:
        """A private message; nobody without a Telegram account gets one, nor who has left."""
        state = self.roster.state(person) if self.roster.is_active(person) else None
        content = write(self.reader_of(person))
        if state is None or state.telegram is None or content is None:
            return
        held = slot is None and await hold(
            self.turn, self.roster, person, content, urgency, self.incident
        )
        if not held:
            await self._deliver(state.telegram, content, urgency, slot, step, person)

    async def group(
        self,
        group: str,
        write: Write,
        urgency: Urgency = Urgency.NORMAL,
        *,
        slot: str | None = None,
        step: str | None = None,
    ) -> None:
        """A message to a group the bot can use."""
        chat = self.roster.chat_of(group)
        content = write(self.reader_in(group))
        if chat is not None and content is not None:
            await self._deliver(chat, content, urgency, slot, step, None)

    async def group_again(self, group: str, message: Message, slot: str) -> None:
        """A live message written anew though nothing has happened. Only the last such writing is
        kept, and there is none while it is still to be sent: in a storm of days they would fill
        the store."""
        chat, name = self.roster.chat_of(group), f"again/{slot}"
        last = await self.turn.get(DELIVERIES, name)
        if chat is None or (last is not None and not last.is_over):
            return
        self.turn.remove(DELIVERIES, name)
        self.turn.deliver(
            Delivery(
                id=name,
                chat=chat,
                content=message,
                at=self.turn.at,
                urgency=Urgency.BULK,
                slot=slot,
                incident=self.incident,
            )
        )

    async def chat(
        self,
        chat: int,
        content: Content,
        urgency: Urgency = Urgency.URGENT,
        *,
        slot: str | None = None,
    ) -> None:
        """An answer where somebody just spoke."""
        await self._deliver(chat, content, urgency, slot, None, None)

    async def _deliver(
        self,
        chat: int,
        content: Content,
        urgency: Urgency,
        slot: str | None,
        step: str | None,
        to: str | None,
    ) -> None:
        number = await self.turn.next_number("delivery")
        self.turn.deliver(
            Delivery(
                id=str(number),
                chat=chat,
                content=content,
                at=self.turn.at,
                urgency=urgency,
                slot=slot,
                to=to,
                incident=self.incident,
                step=step,
            )
        )
