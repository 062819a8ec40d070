"""Deliveries: one message to one chat, with the state of its sending.

In: what handlers want told. Out: what the outbox sends and what became of it. Forbidden here:
network, wording, decisions.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from storage.document import Document

# Telegram counts 4096 (captions 1024) characters after its HTML has been read; written down, the
# same text may be longer: every `&` takes five.
HTML_LIMIT = 20_000
BUTTON_ROWS_LIMIT = 12
COPIED_LIMIT = 256


class Button(Document):
    """An inline button: `data` comes back when pressed (1-64 bytes), or `url` opens, or `copies` is
    put on the phone's clipboard."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    data: Annotated[str, StringConstraints(max_length=64)] = ""
    url: str = ""
    copies: Annotated[str, StringConstraints(max_length=COPIED_LIMIT)] = ""


class Keyboard(Document):
    """What replaces the phone's keyboard in a private chat.

    `location` is the label of a button that sends the phone's place, `contact` of one that sends
    the person's own number; `labels` are typed when pressed; `permanent` keeps it there between
    messages; `remove` takes the keyboard away.
    """

    location: str = ""
    contact: str = ""
    labels: tuple[str, ...] = ()
    permanent: bool = False
    remove: bool = False


class Message(Document):
    """A text in Telegram's HTML, with buttons under it or a keyboard in place of the phone's.

    `ask` opens the reply box at once (ForceReply, so that groups in privacy mode can answer);
    it is the hint shown in the box.
    """

    kind: Literal["message"] = "message"
    text: Annotated[str, StringConstraints(min_length=1, max_length=HTML_LIMIT)]
    buttons: tuple[tuple[Button, ...], ...] = Field(default=(), max_length=BUTTON_ROWS_LIMIT)
    keyboard: Keyboard | None = None
    ask: str = ""


class Pin(Document):
    """A place on the map, WGS-84 degrees."""

    kind: Literal["pin"] = "pin"
    lat: float
    lon: float


class File(Document):
    """A photo, voice note or document that Telegram already holds, passed on by its file id."""

    kind: Literal["file"] = "file"
    media: Literal["photo", "voice", "document", "video"]
    file_id: str
    caption: Annotated[str, StringConstraints(max_length=HTML_LIMIT)] = ""


class Paper(Document):
    """A file of ours, kept in the store under its hash, sent under a name."""

    kind: Literal["paper"] = "paper"
    sha256: str
    name: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    caption: Annotated[str, StringConstraints(max_length=HTML_LIMIT)] = ""


class PhoneCard(Document):
    """A phone number as a card that opens the phone's dialler; also for short ones like 120."""

    kind: Literal["phone_card"] = "phone_card"
    phone: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    name: Annotated[str, StringConstraints(min_length=1, max_length=64)]


class Menu(Document):
    """The commands that this one chat is shown; none: the ones everybody sees again."""

    kind: Literal["menu"] = "menu"
    commands: Annotated[tuple[tuple[str, str], ...], Field(max_length=100)] = ()


class Leave(Document):
    """Leave the group. What is said before it is delivered before it."""

    kind: Literal["leave"] = "leave"


Content = Annotated[
    Message | Pin | File | Paper | PhoneCard | Menu | Leave, Field(discriminator="kind")
]


class Urgency(StrEnum):
    URGENT = "urgent"  # somebody must act: pings, escalations, answers to a report
    NORMAL = "normal"  # cards, confirmations
    BULK = "bulk"  # broadcasts, digests


class DeliveryState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    FOLDED = "folded"  # a newer text of the same live message, or a bundle, went instead


_OVER = frozenset((DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.FOLDED))
# Still to be sent, also where that may have happened already.
UNDER_WAY = tuple(state for state in DeliveryState if state not in _OVER)


class Delivery(Document):
    """One message to one chat.

    `id` is unique; `chat` is the Telegram chat id at the time of writing. `slot` names a message
    that is kept live: the first delivery to a slot posts it, later ones edit it in place. `to` is
    the person a private message is for, so that a failure can be told to the engine. `at` is when
    it was committed; `aloud`: it rings though it is not urgent; `attempts` counts sends begun;
    `repeat` marks that an earlier send may have arrived.
    """

    id: str
    chat: int
    content: Content
    at: datetime
    urgency: Urgency = Urgency.NORMAL
    aloud: bool = False
    slot: str | None = None
    to: str | None = None
    incident: int | None = None
    step: str | None = None
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0
    repeat: bool = False
    message_id: int | None = None
    error: str = ""
    sent_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Nothing more will be done for it."""
        return self.state in _OVER


class Slot(Document):
    """Where a live message stands: the chat and the id of the message to edit."""

    slot: str
    chat: int
    message_id: int
    incident: int | None = None


class Answer(Document):
    """An answer to a button press. `person_chat` gets the text when the query has expired and
    `refusal` is set, so that a person always learns why nothing happened."""

    query_id: str
    text: Annotated[str, StringConstraints(max_length=200)] = ""
    alert: bool = False
    refusal: bool = False
    person_chat: int | None = None
