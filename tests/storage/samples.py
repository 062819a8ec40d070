"""Documents made up for the store's tests."""

from datetime import UTC, datetime, timedelta

from pydantic import Field, JsonValue

from storage.delivery import Delivery, DeliveryState, Message, Slot
from storage.document import Document
from storage.port import INCIDENTS_NAME, Entry, Kind

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


class Incident(Document):
    number: int
    region: str = "north"
    drill: bool = False
    note: str = ""
    facts: dict[str, JsonValue] = Field(default_factory=dict)
    look_at: datetime | None = None


class Note(Document):
    author: str
    n: int
    text: str = ""


INCIDENTS = Kind(
    INCIDENTS_NAME,
    Incident,
    key=lambda i: str(i.number),
    indexed={"region": lambda i: i.region, "drill": lambda i: i.drill},
    due=lambda i: i.look_at,
)
NOTES = Kind("notes", Note, key=lambda n: f"{n.author}/{n.n}", indexed={"n": lambda n: n.n})
KINDS = (INCIDENTS, NOTES)


def minutes(n: float) -> datetime:
    return AT + timedelta(minutes=n)


def delivery(
    name: str, incident: int | None = None, state: DeliveryState = DeliveryState.PENDING
) -> Delivery:
    text = "备用车已派出 / a spare vehicle is on its way"
    return Delivery(
        id=name, chat=-100, content=Message(text=text), at=AT, incident=incident, state=state
    )


def slot(name: str, incident: int) -> Slot:
    return Slot(slot=name, chat=-100, message_id=7, incident=incident)


def entry(incident: int, n: int, event: dict[str, JsonValue] | None = None) -> Entry:
    return Entry(incident=incident, n=n, at=AT, event=event or {"event": "step_completed"})
