"""Events: what has happened in an incident, in the past tense, each enough in itself.

In: what `decide` resolved (people, times, promises). Out: timeline entries that `evolve` folds.
Forbidden here: decisions; anything that must be looked up again later.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, StringConstraints, TypeAdapter

from plans.incident import (
    CallResult,
    CommandGap,
    Decision,
    FactValue,
    IncidentStatus,
    Parent,
    Promise,
    Share,
    SkipReason,
)
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
    """`asked` is empty when nobody can be told: then `nobody` says that no one holds the role.
    `taken_by`: it was not needed for a while, and whoever had it then has it again."""

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
    taken_by: PersonId | None = None


class StepPostponed(Happened):
    """All else is ready, but it does not begin before `until`; None: something else is not ready
    any more."""

    type: Literal["step_postponed"] = "step_postponed"
    step: StepId
    until: datetime | None


class DeadlineMoved(Happened):
    """What the deadline hangs on has been said anew; or it came in hours in which nobody is
    disturbed for it. `climb_at`: when silence is looked after; None: as before."""

    type: Literal["deadline_moved"] = "deadline_moved"
    step: StepId
    due_at: datetime
    previous: datetime | None
    remind_at: datetime | None
    climb_at: datetime | None = None


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


class StepDecided(Happened):
    """What was decided at a step; that it is done follows."""

    type: Literal["step_decided"] = "step_decided"
    step: StepId
    decision: Decision


class FactForgotten(Happened):
    """What followed from a decision that is void: it is not known any more."""

    type: Literal["fact_forgotten"] = "fact_forgotten"
    name: FactName


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
    """`retry_at`: when those who did not answer are brought up again; None: they are not."""

    type: Literal["call_ticked"] = "call_ticked"
    step: StepId
    customer: CustomerId
    result: CallResult
    retry_at: datetime | None = None


class CallsBroughtUp(Happened):
    """So many on the list of a part did not answer; `asked` are to call them again."""

    type: Literal["calls_brought_up"] = "calls_brought_up"
    step: StepId
    asked: tuple[PersonId, ...]
    count: int


class PartAnswered(Happened):
    """What the owner of one part has answered; what stands for all follows from it."""

    type: Literal["part_answered"] = "part_answered"
    step: StepId
    name: FactName
    value: str


class BroadcastSent(Happened):
    """The step's broadcast was sent, as number `number` of the company's."""

    type: Literal["broadcast_sent"] = "broadcast_sent"
    step: StepId
    number: int
    people: int
    groups: int


class BroadcastCounted(Happened):
    """How far it has come: of `people` so many have it, have confirmed it, cannot be reached."""

    type: Literal["broadcast_counted"] = "broadcast_counted"
    step: StepId
    number: int
    people: int
    sent: int
    confirmed: int
    unreachable: int


class ResourcePromised(Happened):
    """In place of what was promised under that fact before, if anything."""

    type: Literal["resource_promised"] = "resource_promised"
    step: StepId
    fact: FactName
    promise: Promise


class ResourceReleased(Happened):
    """`thing`: the vehicle's plate, the person, or the region whose store kept it."""

    type: Literal["resource_released"] = "resource_released"
    fact: FactName
    thing: str = Field(validation_alias=AliasChoices("thing", "plate"))
    refused: bool = False


class ResourceUsed(Happened):
    """What was kept in a store has left it for good."""

    type: Literal["resource_used"] = "resource_used"
    fact: FactName
    thing: str


class StepWithheld(Happened):
    """Back to waiting: what it waits for is not settled any more, or it is needed after all.
    `keeps`: whoever had it is to have it again. `again_for`: it was done, and this fact has been
    corrected since."""

    type: Literal["step_withheld"] = "step_withheld"
    step: StepId
    keeps: bool = False
    again_for: FactName | None = None


class RoundBegun(Happened):
    """The steps are to be gone through once more, from the beginning, and `facts` are not known any
    more. `since`: how often each step that was over had been begun by then."""

    type: Literal["round_begun"] = "round_begun"
    round: str
    steps: tuple[StepId, ...]
    facts: tuple[FactName, ...] = ()
    since: Mapping[StepId, int] = {}


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


class CallJoined(Happened):
    """A step of another incident waits for this one, too, which was under way already."""

    type: Literal["call_joined"] = "call_joined"
    parent: Parent


class FollowUpSet(Happened):
    """A plan will begin by itself, since this has closed; `title` is None until it is known."""

    type: Literal["follow_up_set"] = "follow_up_set"
    plan: str
    begins_at: datetime
    title: Text | None = None


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


class HeadquartersSet(Happened):
    """A headquarters directs the incident: `chief` by post, None when no chief is there. Through
    `by`, or as the plan says (None). `seek_at`: when their silence is told."""

    type: Literal["headquarters_set"] = "headquarters_set"
    chief: PersonId | None
    deputy: PersonId | None
    noted: bool
    seek_at: datetime | None


class CommanderSought(Happened):
    """Nobody commands, or `missing` has the command and is not there, or silent. `asked`: the
    chiefs who can put that right; `told`: whoever else is to know."""

    type: Literal["commander_sought"] = "commander_sought"
    gap: CommandGap
    missing: PersonId | None
    asked: tuple[PersonId, ...]
    told: tuple[PersonId, ...]
    seek_at: datetime
    again: bool = False


class CommanderFound(Happened):
    """`person`, who has the command, is there again."""

    type: Literal["commander_found"] = "commander_found"
    person: PersonId
    seek_at: datetime | None


class CommanderAuthorised(Happened):
    """`by`, a chief, lets `person` act as commander, in the place of `instead`."""

    type: Literal["commander_authorised"] = "commander_authorised"
    person: PersonId
    instead: PersonId | None
    seek_at: datetime


class CommanderRelieved(Happened):
    """`person` (None: nobody) commands no more; `to`, a chief, does. None: nobody does."""

    type: Literal["commander_relieved"] = "commander_relieved"
    person: PersonId | None
    to: PersonId | None
    deputy: PersonId | None


class CommandNoted(Happened):
    """Whoever has the command knows that they do."""

    type: Literal["command_noted"] = "command_noted"


class HeadquartersStoodDown(Happened):
    """The incident goes on without a headquarters; `person` had the command."""

    type: Literal["headquarters_stood_down"] = "headquarters_stood_down"
    person: PersonId | None


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
    | StepPostponed
    | DeadlineMoved
    | PersonPassedOver
    | OwnerReminded
    | DeadlineMissed
    | StepEscalated
    | StepAcknowledged
    | StepDeclined
    | StepHandedOver
    | StepCompleted
    | StepDecided
    | FactForgotten
    | StepSkipped
    | StepWithheld
    | RoundBegun
    | StepShared
    | CallTicked
    | CallsBroughtUp
    | PartAnswered
    | ResourcePromised
    | ResourceReleased
    | ResourceUsed
    | ResourceLost
    | BroadcastSent
    | BroadcastCounted
    | PlanCalled
    | ChildLinked
    | ChildEnded
    | ParentEnded
    | CallJoined
    | FollowUpSet
    | CheckBegun
    | CheckAsked
    | CheckAnswered
    | CheckMissed
    | CheckEnded
    | NoteAdded
    | HeadquartersSet
    | CommanderSought
    | CommanderFound
    | CommanderAuthorised
    | CommanderRelieved
    | CommandNoted
    | HeadquartersStoodDown
    | IncidentClosed
    | IncidentMerged
    | IncidentCancelled,
    Field(discriminator="type"),
]

EVENT: TypeAdapter[Event] = TypeAdapter(Event)
