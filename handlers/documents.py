"""What handlers keep: the kinds of documents and their keys.

In: nothing. Out: `Kind`s for the store port. Forbidden here: reading or writing them.
"""

from datetime import datetime
from typing import Literal

from pydantic import Field

from plans.format import Plan
from plans.incident import FactValue, Incident
from plans.model import FactName, PersonId, RegionId, StepId
from plans.place import Place
from plans.roster import GroupState, PersonState, Shift
from plans.text import Text
from plans.vehicles import VehicleState
from storage.document import Document
from storage.port import INCIDENTS_NAME, Kind

QUESTIONS_LIMIT = 12
# How far back somebody can go.
ANSWERED_LIMIT = 6
HELD_LIMIT = 20


class FrozenPlan(Document):
    """A plan as it was when an incident started on it. `version` names its content; `since` is when
    it came into force (None: that was not noted)."""

    version: str
    plan: Plan
    since: datetime | None = None


class Question(Document):
    """Something one person is asked. `incident` is None while a report has not become one.

    `purpose`: a fact of the report, a fact recorded at a step, or why a step can't be done.
    `completes`: the answer also completes the step.
    """

    purpose: Literal["fact", "record", "decline"]
    incident: int | None = None
    fact: FactName = ""
    step: StepId = ""
    completes: bool = False


class Held(Document):
    """Something a person sent, to be put on record. `is_picture`: also one sent as a file."""

    text: str = ""
    media: Literal["", "photo", "voice", "document", "video"] = ""
    file_id: str = ""
    is_picture: bool = False
    place: Place | None = None


class Shared(Document):
    """A place that came out of the blue, and when; what happened there is asked."""

    place: Place
    at: datetime


class Conversation(Document):
    """What Muster and one person are in the middle of; survives a restart.

    `plan` is the plan of a report that has not become an incident; `facts` what it knows;
    `reporter` (or by name `reporter_name`) for whom it is made, when not for oneself. The
    first of `questions` is the one being asked, in `chat`; `answered` allows going back; `held` is
    what waits for its incident, oldest first. `nudge_at`: when silence is looked after next.
    `pictures` are the facts answered by an image sent as a file.
    """

    person: PersonId
    chat: int
    plan: str | None = None
    facts: dict[FactName, FactValue] = Field(default_factory=dict)
    reporter: PersonId | None = None
    reporter_name: str = ""
    questions: tuple[Question, ...] = Field(default=(), max_length=QUESTIONS_LIMIT)
    answered: tuple[Question, ...] = Field(default=(), max_length=QUESTIONS_LIMIT)
    pictures: frozenset[FactName] = frozenset()
    live_message: int | None = None
    held: tuple[Held, ...] = Field(default=(), max_length=HELD_LIMIT)
    shared: Shared | None = None
    asked_at: datetime | None = None
    nudges: int = 0
    nudge_at: datetime | None = None


class LivePlace(Document):
    """A live location that feeds an incident; the last place committed and when."""

    chat: int
    message: int
    person: PersonId
    incident: int
    place: Place
    at: datetime


class Board(Document):
    """That an open incident's cards need their times written anew at `refresh_at`."""

    incident: int
    refresh_at: datetime | None


class Evidence(Document):
    """A file somebody sent about an incident: to be fetched, then kept under its hash."""

    incident: int
    file_id: str
    media: str
    state: Literal["wanted", "kept", "lost"] = "wanted"
    sha256: str = ""
    error: str = ""
    tries: int = 0
    try_at: datetime | None = None


class Stranger(Document):
    """Somebody the company does not know; answered once, then counted in `seen`. In the day that
    began at `answered_at` they had so many `answers` to commands and `steps` of the form. `groups`:
    into how many they brought the bot."""

    telegram: int
    seen: int = 0
    answered_at: datetime
    answers: int = 0
    steps: int = 0
    groups: int = 0


class Parked(Document):
    """An update that could not be handled, kept with its error for an admin to look at."""

    input_id: str
    at: datetime
    error: str
    update: str


class Archived(Document):
    """The line that stays behind when an incident has gone to the archive."""

    number: int
    icon: str
    title: Text
    region: RegionId
    reporter: PersonId
    reported_at: datetime
    ended_at: datetime


def evidence_key(incident: int, file_id: str) -> str:
    """Under which a file about an incident is kept."""
    return f"{incident}/{file_id}"[:200]


INCIDENTS = Kind(
    INCIDENTS_NAME,
    Incident,
    key=lambda i: str(i.number),
    indexed={"status": lambda i: i.status},
    due=lambda i: i.due_next() if i.is_open else None,
)
PEOPLE = Kind("people", PersonState, key=lambda p: p.person, due=lambda p: p.due_next())
GROUPS = Kind("groups", GroupState, key=lambda g: g.group)
VEHICLES = Kind("vehicles", VehicleState, key=lambda v: v.plate)
SHIFTS = Kind(
    "shifts",
    Shift,
    key=lambda s: s.id,
    indexed={"person": lambda s: s.person},
    due=lambda s: s.due_next(),
)
PLANS = Kind("plans", FrozenPlan, key=lambda p: p.version)
CONVERSATIONS = Kind(
    "conversations", Conversation, key=lambda c: c.person, due=lambda c: c.nudge_at
)
LIVE_PLACES = Kind(
    "live_places",
    LivePlace,
    key=lambda p: f"{p.chat}/{p.message}",
    indexed={"incident": lambda p: p.incident},
)
BOARDS = Kind("boards", Board, key=lambda b: str(b.incident), due=lambda b: b.refresh_at)
EVIDENCE = Kind(
    "evidence",
    Evidence,
    # One picture may be sent to two incidents: each keeps its own.
    key=lambda e: evidence_key(e.incident, e.file_id),
    indexed={
        "incident": lambda e: e.incident,
        "state": lambda e: e.state,
        "sha256": lambda e: e.sha256,
    },
    due=lambda e: e.try_at,
)
STRANGERS = Kind("strangers", Stranger, key=lambda s: str(s.telegram))
PARKED = Kind("parked", Parked, key=lambda p: p.input_id)
ARCHIVED = Kind("archived", Archived, key=lambda a: str(a.number))
