"""What is on record after all, against what must be; what people were shown, against what was
committed.

In: the store of a Muster that was killed, that of an undisturbed one, the stand-in. Out: nothing,
or an AssertionError that says what is lost or there twice.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.outbox.calls import without_tags
from handlers.catalogue import say
from handlers.documents import INCIDENTS, PARKED, STRANGERS
from plans.events import EVENT, Event, NoteAdded
from plans.evolve import evolve
from plans.incident import Incident
from simulator import Simulator
from simulator.messages import Shown
from storage.delivery import Delivery, DeliveryState, Menu, Message
from storage.port import DELIVERIES, SLOTS, Store
from tests.process.stand_in import MORNING

MARKS = tuple(say(lang, "general.repeat_mark").unescape() for lang in ("zh", "en"))
DONE = {DeliveryState.SENT, DeliveryState.FOLDED}


@dataclass(frozen=True)
class Record:
    """What a store holds. `deliveries` without answers to presses whose time had run out, which
    come by chance; `noted` is where any delivery has been posted, theirs too."""

    incidents: dict[int, Incident]
    timelines: dict[int, list[Event]]
    strangers: dict[int, int]
    deliveries: list[Delivery]
    slots: dict[str, tuple[int, int]]
    parked: int
    noted: set[tuple[int, int]]

    def unfinished(self) -> list[Delivery]:
        return [d for d in self.deliveries if d.state not in DONE]

    def notes(self) -> dict[int, list[str]]:
        """The texts of the notes, in order, of each incident that has any."""
        notes = {
            number: [e.text for e in events if isinstance(e, NoteAdded) and e.text]
            for number, events in self.timelines.items()
        }
        return {number: texts for number, texts in notes.items() if texts}


async def record_of(store: Store) -> Record:
    async with store.turn(at=MORNING) as turn:
        deliveries = await turn.find(DELIVERIES)
        incidents = {i.number: i for i in await turn.find(INCIDENTS)}
        return Record(
            incidents,
            {
                n: [EVENT.validate_python(entry.event) for entry in await turn.timeline(n)]
                for n in incidents
            },
            {s.telegram: s.seen for s in await turn.find(STRANGERS)},
            sorted((d for d in deliveries if _committed(d)), key=_place),
            {s.slot: (s.chat, s.message_id) for s in await turn.find(SLOTS)},
            len(await turn.find(PARKED)),
            {(d.chat, d.message_id) for d in deliveries if d.message_id is not None},
        )


def _committed(delivery: Delivery) -> bool:
    """Not the words for a press whose time to be answered had run out: that is chance."""
    return not delivery.id.startswith("answer:")


def _place(delivery: Delivery) -> int:
    return int(delivery.id)


def assert_same_history(found: Record, expected: Record) -> None:
    """Every effect of every update exactly once, whenever it was."""
    assert found.parked == expected.parked == 0
    assert found.incidents.keys() == expected.incidents.keys()
    for number, events in expected.timelines.items():
        assert _timeless(found.timelines[number]) == _timeless(events), f"#{number}"
        assert _timeless(found.incidents[number]) == _timeless(expected.incidents[number])
    assert found.strangers == expected.strangers
    assert _addressed(found) == _addressed(expected)


def assert_folded(record: Record) -> None:
    """Every incident is what its timeline says."""
    for number, events in record.timelines.items():
        incident: Incident | None = None
        for event in events:
            incident = evolve(incident, event)
        assert incident == record.incidents[number], f"#{number}"


@dataclass(frozen=True)
class Counts:
    """How many messages there are, how many that nobody noted down, how many with a mark."""

    posts: int
    unnoted: int
    marked: int


def assert_shown(sim: Simulator, record: Record, before: set[tuple[int, int]]) -> Counts:
    """Each delivery was shown; one that was begun twice says so. `before`: messages of old."""
    posts = {
        (shown.chat_id, shown.message_id): shown
        for shown in sim.world.messages(by_bot=True)
        if (shown.chat_id, shown.message_id) not in before
    }
    newest = {d.slot: d for d in record.deliveries if d.slot is not None}
    for delivery in record.deliveries:
        if delivery.slot is None and not isinstance(delivery.content, Menu):
            assert delivery.message_id is not None
            _assert_shown_in(posts[delivery.chat, delivery.message_id], delivery)
    menus = {d.chat: d.content for d in record.deliveries if isinstance(d.content, Menu)}
    for chat, menu in menus.items():  # the newest of each; they leave no message
        assert sim.stage.menu(chat, chat) == list(menu.commands)
    for slot, delivery in newest.items():
        assert _unmarked(posts[record.slots[slot]]) == _words(delivery), slot
    unnoted = [post for place, post in posts.items() if place not in record.noted]
    return Counts(len(posts), len(unnoted), sum(map(_is_marked, posts.values())))


def assert_told(sim: Simulator, record: Record, text: str) -> None:
    """Whoever is to read it has a message with it, and no second one without a mark."""
    committed = Counter(
        d.chat
        for d in record.deliveries
        if d.slot is None and isinstance(d.content, Message) and text in _words(d)
    )
    assert committed
    for chat, times in committed.items():
        found = [s for s in sim.world.messages(chat, by_bot=True) if text in s.text]
        marked = sum(map(_is_marked, found))
        assert len(found) - marked <= times <= len(found), (chat, text)


def _assert_shown_in(shown: Shown, delivery: Delivery) -> None:
    if not isinstance(delivery.content, Message):
        assert "location" in shown.body
        return
    assert _words(delivery) in shown.text
    assert _is_marked(shown) == (delivery.attempts > 1), delivery.attempts


def _words(delivery: Delivery) -> str:
    assert isinstance(delivery.content, Message)
    return without_tags(delivery.content.text).strip()


def _unmarked(shown: Shown) -> str:
    text = shown.text
    for mark in MARKS:
        text = text.removeprefix(f"{mark}\n")
    return text


def _is_marked(shown: Shown) -> bool:
    return shown.text.startswith(MARKS)


def _addressed(record: Record) -> Counter[tuple[object, ...]]:
    return Counter((d.chat, d.slot, d.to, d.incident, d.urgency) for d in record.deliveries)


def _timeless(value: Any) -> Any:
    """The same without its moments, which differ from run to run."""
    match value:
        case Incident() | NoteAdded():
            return _timeless(value.model_dump())
        case list() | tuple():
            return [_timeless(part) for part in value]
        case dict():
            return {
                key: _timeless(part)
                for key, part in value.items()
                if not isinstance(part, datetime)
            }
        case _ if hasattr(value, "model_dump"):
            return _timeless(value.model_dump())
        case _:
            return value
