"""A button as a phone with a bad connection still shows it, after its message has changed."""

from dataclasses import dataclass

from simulator.messages import Shown
from tests.chat.town import Person


@dataclass(frozen=True)
class Old:
    """Remembered while it was there."""

    person: Person
    shown: Shown
    data: str

    @classmethod
    def of(cls, person: Person, label: str, on: str = "") -> "Old":
        shown = person.town.with_button(person.telegram, label, on)
        button = shown.button(label)
        assert button is not None
        return cls(person, shown, button["callback_data"])

    @property
    def labels(self) -> list[str]:
        """What its message has by now."""
        chat = self.person.telegram
        now = self.person.town.sim.world.messages(chat, by_bot=True)
        return next(one.labels for one in now if one.message_id == self.shown.message_id)

    async def pressed(self) -> str:
        """What the press is answered with."""
        town = self.person.town
        query = town.stage.press(self.person.telegram, self.shown, self.data, stale=True)
        await town.a_moment()
        return town.answer_to(query)
