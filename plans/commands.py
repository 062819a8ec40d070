"""Commands: what somebody, or time, asks of an incident. Imperative; time and ids come inside.

In: what a handler or the clock learned. Out: input for `decide`. Forbidden here: Telegram's ids.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from plans.incident import CallResult, FactValue, IncidentStatus, Parent
from plans.model import CheckId, CustomerId, FactName, PersonId, RegionId, StepId
from plans.place import Place
from plans.text import Text


@dataclass(frozen=True)
class StartIncident:
    """`facts` may lack even required ones: a person who fell silent is still helped. `reporter`:
    for whom `by` reports; None: for themselves."""

    at: datetime
    by: PersonId
    number: int
    plan_version: str
    region: RegionId
    facts: Mapping[FactName, FactValue] = field(default_factory=dict)
    drill: bool = False
    routine: bool = False
    parent: Parent | None = None
    reporter: PersonId | None = None


@dataclass(frozen=True)
class JoinReport:
    at: datetime
    by: PersonId
    place: Place | None = None


@dataclass(frozen=True)
class RecordFact:
    """Record or correct. `step`: asked for at that step."""

    at: datetime
    by: PersonId
    name: FactName
    value: FactValue
    step: StepId | None = None


@dataclass(frozen=True)
class MovePlace:
    at: datetime
    by: PersonId
    place: Place


@dataclass(frozen=True)
class AcknowledgeStep:
    at: datetime
    by: PersonId
    step: StepId


@dataclass(frozen=True)
class CompleteStep:
    at: datetime
    by: PersonId
    step: StepId


@dataclass(frozen=True)
class DecideStep:
    """`outcome`: one of the two that the step's decision has. `asked`: the number that whoever
    decides had before their eyes; `granted`: how many of them, None for all. Both None where it is
    not about a number."""

    at: datetime
    by: PersonId
    step: StepId
    outcome: str
    granted: int | None = None
    reason: str = ""
    asked: int | None = None


@dataclass(frozen=True)
class DeclineStep:
    at: datetime
    by: PersonId
    step: StepId
    reason: str


@dataclass(frozen=True)
class SendBroadcast:
    """The step's broadcast goes out to so many, as number `number`; that does the step."""

    at: datetime
    by: PersonId
    step: StepId
    number: int
    people: int
    groups: int


@dataclass(frozen=True)
class CountBroadcast:
    """How far the broadcast that a step sent has come."""

    at: datetime
    step: StepId
    number: int
    people: int
    sent: int
    confirmed: int
    unreachable: int


@dataclass(frozen=True)
class HandOverStep:
    at: datetime
    by: PersonId
    step: StepId
    to: PersonId


@dataclass(frozen=True)
class ReassignStep:
    """Give the step to somebody else, whoever has it or does not answer."""

    at: datetime
    by: PersonId
    step: StepId
    to: PersonId


@dataclass(frozen=True)
class TickCall:
    """A customer on a call list was called."""

    at: datetime
    by: PersonId
    step: StepId
    customer: CustomerId
    result: CallResult


@dataclass(frozen=True)
class SwapResource:
    """Let the promised vehicle go and take `to`, or (None) the next in order."""

    at: datetime
    by: PersonId
    step: StepId
    to: str | None = None


@dataclass(frozen=True)
class SearchAgain:
    """Nothing was free: look once more."""

    at: datetime
    by: PersonId
    step: StepId


@dataclass(frozen=True)
class AnswerCheck:
    at: datetime
    by: PersonId
    check: CheckId


@dataclass(frozen=True)
class AddNote:
    at: datetime
    by: PersonId
    text: str = ""
    media: Literal["", "photo", "voice", "document", "video"] = ""
    file_id: str = ""
    place: Place | None = None


@dataclass(frozen=True)
class PassTime:
    """Do all that is due by `at`."""

    at: datetime


@dataclass(frozen=True)
class LosePerson:
    """A private message to this person could not be delivered."""

    at: datetime
    person: PersonId


@dataclass(frozen=True)
class LoseResource:
    """A promised vehicle has broken down itself: incident `number` is about it."""

    at: datetime
    plate: str
    number: int


@dataclass(frozen=True)
class LinkChild:
    """The plan that a step called has begun."""

    at: datetime
    step: StepId
    number: int
    title: Text


@dataclass(frozen=True)
class EndChild:
    """The incident that a step called for has ended, through `by`."""

    at: datetime
    by: PersonId | None
    step: StepId
    number: int
    status: IncidentStatus


@dataclass(frozen=True)
class EndParent:
    """The incident that called for this one has ended."""

    at: datetime
    number: int


@dataclass(frozen=True)
class JoinCall:
    """A step of another incident calls for what is under way here already."""

    at: datetime
    parent: Parent


@dataclass(frozen=True)
class MergeInto:
    at: datetime
    by: PersonId
    number: int


@dataclass(frozen=True)
class CancelIncident:
    """It was a mistake: nobody has to do anything."""

    at: datetime
    by: PersonId
    reason: str


@dataclass(frozen=True)
class DeclareMajor:
    """It is a major incident: a headquarters is to direct it."""

    at: datetime
    by: PersonId


@dataclass(frozen=True)
class AuthoriseCommander:
    """Let `person` act as commander; `instead`: whom `by` saw in command when they chose."""

    at: datetime
    by: PersonId
    person: PersonId
    instead: PersonId | None = None


@dataclass(frozen=True)
class RelieveCommander:
    """Take the command over from whoever has it (`to` is `by`), or (None) lay it down."""

    at: datetime
    by: PersonId
    to: PersonId | None = None


@dataclass(frozen=True)
class NoteCommand:
    """Whoever has the command knows it."""

    at: datetime
    by: PersonId


@dataclass(frozen=True)
class StandDownHeadquarters:
    at: datetime
    by: PersonId


Command = (
    StartIncident
    | JoinReport
    | RecordFact
    | MovePlace
    | AcknowledgeStep
    | CompleteStep
    | DecideStep
    | DeclineStep
    | SendBroadcast
    | CountBroadcast
    | HandOverStep
    | TickCall
    | ReassignStep
    | SwapResource
    | SearchAgain
    | AnswerCheck
    | AddNote
    | DeclareMajor
    | AuthoriseCommander
    | RelieveCommander
    | NoteCommand
    | StandDownHeadquarters
    | PassTime
    | LosePerson
    | LoseResource
    | LinkChild
    | EndChild
    | EndParent
    | JoinCall
    | MergeInto
    | CancelIncident
)


class Reason(StrEnum):
    """Why something was refused; the catalogue has words for each."""

    ENDED = "ended"
    NO_SUCH_STEP = "no_such_step"
    NOT_OPEN = "not_open"
    ALREADY_DONE = "already_done"
    ALREADY_YOURS = "already_yours"
    TAKEN = "taken"
    NOT_YOURS = "not_yours"
    NO_PART = "no_part"
    NEEDS_FACT = "needs_fact"
    BAD_VALUE = "bad_value"
    NOT_THEIRS = "not_theirs"
    OUT_OF_REACH = "out_of_reach"
    NOTHING_ELSE = "nothing_else"
    NOTHING_FREE = "nothing_free"
    NOBODY_ELSE = "nobody_else"
    NOBODY_FREE = "nobody_free"
    NO_OTHER_STORE = "no_other_store"
    NO_STORE = "no_store"
    NOT_FREE = "not_free"
    TOO_LATE = "too_late"
    NOT_ASKED = "not_asked"
    NO_REASON = "no_reason"
    MAJOR_ALREADY = "major_already"
    NO_HEADQUARTERS = "no_headquarters"
    NO_CHIEF = "no_chief"
    NO_HEAD = "no_head"
    COMMANDED = "commanded"
    COMMANDS_ALREADY = "commands_already"
    NOT_THERE = "not_there"
    STILL_MAJOR = "still_major"
    OVER_LIMIT = "over_limit"
    NOT_THEIRS_TO_DECIDE = "not_theirs_to_decide"
    OWN_REQUEST = "own_request"
    TO_DECIDE = "to_decide"
    HAS_CHANGED = "has_changed"
    TOO_MANY = "too_many"
    CARRIED_OUT = "carried_out"
    GATE = "gate"
    NOT_TO_LOWER = "not_to_lower"


@dataclass(frozen=True)
class Refusal:
    """A refusal is a value with a reason a person can read. `detail`: a person, step or fact id."""

    reason: Reason
    detail: str = ""
