"""Events: what has happened in an incident, in the past tense, each enough in itself.

In: what `decide` resolved (people, times, promises). Out: timeline entries that `evolve` folds.
Forbidden here: decisions; anything that must be looked up again later.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, StringConstraints, TypeAdapter

from plans.incident import CallResult, FactValue, IncidentStatus, Parent, Promise, Share, SkipReason
from plans.model import CheckId, CustomerId, FactName, PersonId, RegionId, RoleId, StepId, Value
from plans.place import Place
from plans.text import Text

NOTE_LIMIT = 1000
WhyTold = Literal["silence", "overdue", "declined", "unreachable", "nobody"]
RungKind = Literal["holder", "deputy", "superior", "command"]
PassedWhy = Literal["away", "unreachable", "no_telegram"]


class Happened(Value):
    """When, and through whom (None: by itself)."""

    at: datetime
    by: PersonId | None = None


class IncidentStarted(Happened):
    type: Literal["incident_started"] = "incident_started"
    number: int
    plan: str
    plan_version: str
    region: RegionId
    reporter: PersonId
    steps: tuple[StepId, ...]
    checks: tuple[CheckId, ...]
    drill: bool = False
    routine: bool = False
    parent: Parent | None = None


class ReportJoined(Happened):
    type: Literal["report_joined"] = "report_joined"


class FactRecorded(Happened):
    """`previous` is set when this corrects what was known. `step`: recorded at that step."""

    type: Literal["fact_recorded"] = "fact_recorded"
    name: FactName
    value: FactValue
    previous: FactValue | None = None
    step: StepId | None = None


class PlaceMoved(Happened):
    """A live location went on; not a correction."""

    type: Literal["place_moved"] = "place_moved"
    name: FactName
    place: Place


class StepOpened(Happened):
    """`asked` is empty when nobody can be told: then `nobody` says that no one holds the role."""

    type: Literal["step_opened"] = "step_opened"
    step: StepId
    role: RoleId
    region: RegionId
    asked: tuple[PersonId, ...]
    nobody: bool
    due_at: datetime
    remind_at: datetime | None
    climb_at: datetime
    round: int


class PersonPassedOver(Happened):
    type: Literal["person_passed_over"] = "person_passed_over"
    step: StepId
    person: PersonId
    why: PassedWhy


class OwnerReminded(Happened):
    type: Literal["owner_reminded"] = "owner_reminded"
    step: StepId
    asked: tuple[PersonId, ...]


class DeadlineMissed(Happened):
    """`due_at` is when it was due; `at` may be later when the process was down."""

    type: Literal["deadline_missed"] = "deadline_missed"
    step: StepId
    due_at: datetime


class StepEscalated(Happened):
    type: Literal["step_escalated"] = "step_escalated"
    step: StepId
    rung: RungKind
    role: RoleId | None
    asked: tuple[PersonId, ...]
    why: WhyTold
    climb_at: datetime
    again: bool = False


class StepAcknowledged(Happened):
    type: Literal["step_acknowledged"] = "step_acknowledged"
    step: StepId
    due_at: datetime
    remind_at: datetime | None


class StepDeclined(Happened):
    type: Literal["step_declined"] = "step_declined"
    step: StepId
    reason: Annotated[str, StringConstraints(max_length=NOTE_LIMIT)]


class StepHandedOver(Happened):
    type: Literal["step_handed_over"] = "step_handed_over"
    step: StepId
    to: PersonId
    due_at: datetime
    climb_at: datetime
    remind_at: datetime | None


class StepCompleted(Happened):
    """`unreached`: how many on its call list are not ticked as reached; None: it has no list."""

    type: Literal["step_completed"] = "step_completed"
    step: StepId
    reached: int = 0
    unreached: int | None = None


class StepSkipped(Happened):
    type: Literal["step_skipped"] = "step_skipped"
    step: StepId
    reason: SkipReason


class StepShared(Happened):
    """The parts of a step that several do at once, new ones and those that have changed; an empty
    list of calls is a part that is not needed any more."""

    type: Literal["step_shared"] = "step_shared"
    step: StepId
    shared_for: FactValue | None
    shares: Mapping[StepId, Share]


class CallTicked(Happened):
    type: Literal["call_ticked"] = "call_ticked"
    step: StepId
    customer: CustomerId
    result: CallResult


class ResourcePromised(Happened):
    type: Literal["resource_promised"] = "resource_promised"
    step: StepId
    fact: FactName
    promise: Promise


class ResourceReleased(Happened):
    """`thing`: the vehicle's plate, or the person."""

    type: Literal["resource_released"] = "resource_released"
    fact: FactName
    thing: str = Field(validation_alias=AliasChoices("thing", "plate"))
    refused: bool = False


class StepWithheld(Happened):
    """Back to waiting: what it waits for is not settled any more, or it is needed after all."""

    type: Literal["step_withheld"] = "step_withheld"
    step: StepId


class PlanCalled(Happened):
    """The step is done by another plan; whoever carries decisions out starts it."""

    type: Literal["plan_called"] = "plan_called"
    step: StepId
    plan: str


class ChildLinked(Happened):
    """The plan that the step called has begun as incident `number`."""

    type: Literal["child_linked"] = "child_linked"
    step: StepId
    number: int
    title: Text


class ChildEnded(Happened):
    """Only "closed" settles the step; else its owner has it again, from now on."""

    type: Literal["child_ended"] = "child_ended"
    step: StepId
    number: int
    status: IncidentStatus
    remind_at: datetime | None = None
    climb_at: datetime | None = None


class ParentEnded(Happened):
    """The incident that called for this one has ended; this one goes on."""

    type: Literal["parent_ended"] = "parent_ended"
    number: int


class CheckBegun(Happened):
    type: Literal["check_begun"] = "check_begun"
    check: CheckId
    ask_at: datetime


class CheckAsked(Happened):
    type: Literal["check_asked"] = "check_asked"
    check: CheckId
    asked: PersonId
    answer_by: datetime


class CheckAnswered(Happened):
    type: Literal["check_answered"] = "check_answered"
    check: CheckId
    ask_at: datetime


class CheckMissed(Happened):
    type: Literal["check_missed"] = "check_missed"
    check: CheckId
    ask_at: datetime


class CheckEnded(Happened):
    type: Literal["check_ended"] = "check_ended"
    check: CheckId


class NoteAdded(Happened):
    """Something somebody sent about the incident: on record and passed on."""

    type: Literal["note_added"] = "note_added"
    text: Annotated[str, StringConstraints(max_length=NOTE_LIMIT)] = ""
    media: Literal["", "photo", "voice", "document", "video"] = ""
    file_id: str = ""
    place: Place | None = None


class ResourceLost(Happened):
    """What was promised has broken down itself; `incident` is the one about it."""

    type: Literal["resource_lost"] = "resource_lost"
    fact: FactName
    plate: str
    incident: int


class IncidentClosed(Happened):
    type: Literal["incident_closed"] = "incident_closed"


class IncidentMerged(Happened):
    type: Literal["incident_merged"] = "incident_merged"
    into: int


class IncidentCancelled(Happened):
    """Reported by mistake."""

    type: Literal["incident_cancelled"] = "incident_cancelled"
    reason: Annotated[str, StringConstraints(max_length=NOTE_LIMIT)]


Event = Annotated[
    IncidentStarted
    | ReportJoined
    | FactRecorded
    | PlaceMoved
    | StepOpened
    | PersonPassedOver
    | OwnerReminded
    | DeadlineMissed
    | StepEscalated
    | StepAcknowledged
    | StepDeclined
    | StepHandedOver
    | StepCompleted
    | StepSkipped
    | StepWithheld
    | StepShared
    | CallTicked
    | ResourcePromised
    | ResourceReleased
    | ResourceLost
    | PlanCalled
    | ChildLinked
    | ChildEnded
    | ParentEnded
    | CheckBegun
    | CheckAsked
    | CheckAnswered
    | CheckMissed
    | CheckEnded
    | NoteAdded
    | IncidentClosed
    | IncidentMerged
    | IncidentCancelled,
    Field(discriminator="type"),
]

EVENT: TypeAdapter[Event] = TypeAdapter(Event)
