"""Commanding: who directs a major incident, and what changes that.

In: a level that is reached, what somebody in command says. Out: a headquarters set up, a commander
authorised or relieved. Forbidden here: command that passes by silence; past the setting up it
changes by a press only (what silence leads to: see `seeking`).
"""

from typing import assert_never

from plans import commands as c
from plans import events as e
from plans.engine.conditions import holds
from plans.engine.deciding import Deciding
from plans.engine.seeking import is_there, seek, two_there
from plans.evolve import evolve
from plans.format import Plan
from plans.heads import heads, may_authorise, rank_of
from plans.incident import HeadquartersState, Incident
from plans.model import PersonId
from plans.roster import Roster

Commanding = (
    c.DeclareMajor
    | c.AuthoriseCommander
    | c.RelieveCommander
    | c.NoteCommand
    | c.StandDownHeadquarters
)


def command(deciding: Deciding, command: Commanding) -> c.Refusal | None:
    match command:
        case c.DeclareMajor():
            return _declare(deciding, command)
        case c.AuthoriseCommander():
            return _authorise(deciding, command)
        case c.RelieveCommander():
            return _relieve(deciding, command)
        case c.NoteCommand():
            return _note(deciding, command)
        case c.StandDownHeadquarters():
            return _stand_down(deciding, command)
        case _:
            assert_never(command)


def settle(deciding: Deciding) -> None:
    """Set the headquarters up as soon as the plan says so; that the reason is gone ends nothing."""
    incident = deciding.incident
    if incident.is_open and incident.headquarters is None and is_major(deciding.plan, incident):
        _set_up(deciding, None)


def settle_started(plan: Plan, roster: Roster, started: tuple[e.Event, ...]) -> tuple[e.Event, ...]:
    """What has just started, with its headquarters where the plan says so at once."""
    incident: Incident | None = None
    for event in started:
        incident = evolve(incident, event)
    if incident is None:
        return started
    deciding = Deciding(plan, roster, incident, started[0].at, started[0].by, list(started))
    settle(deciding)
    return tuple(deciding.events)


def is_major(plan: Plan, incident: Incident) -> bool:
    """Whether the plan itself asks for a headquarters, as things are."""
    written = plan.headquarters
    if written is None or not written.when:
        return False
    return holds(written.when, incident.facts, incident.earlier) is True


def _set_up(deciding: Deciding, by: PersonId | None) -> None:
    """By post, and by itself only here: the first chief who is there, and the next as deputy."""
    chief, deputy = two_there(deciding)
    noted = chief is not None and chief == deciding.by
    silent_at = deciding.at + deciding.reminders.acknowledge
    deciding.emit(
        e.HeadquartersSet(
            at=deciding.at,
            by=by,
            chief=chief,
            deputy=deputy,
            noted=noted,
            seek_at=None if noted or chief is None else silent_at,
        )
    )
    if chief is None:
        seek(deciding, "nobody")


def _declare(deciding: Deciding, command: c.DeclareMajor) -> c.Refusal | None:
    incident = deciding.incident
    if not deciding.roster.may(command.by, "command", incident.region):
        return c.Refusal(c.Reason.NO_PART)
    if incident.headquarters is not None:
        return c.Refusal(c.Reason.MAJOR_ALREADY)
    _set_up(deciding, command.by)
    return None


def _authorise(deciding: Deciding, command: c.AuthoriseCommander) -> c.Refusal | None:
    """While somebody commands, only for whoever has seen that, and not over a chief before them."""
    roster, known, at = deciding.roster, deciding.incident.headquarters, deciding.at
    if known is None:
        return c.Refusal(c.Reason.NO_HEADQUARTERS)
    if not may_authorise(roster, command.by, at):
        return c.Refusal(c.Reason.NO_CHIEF)
    free = known.gap is not None
    if not free and (command.instead != known.appointed or _outranked(deciding, command.by)):
        return c.Refusal(c.Reason.COMMANDED, known.appointed or "")
    if command.person == known.appointed:
        return c.Refusal(c.Reason.COMMANDED, command.person)
    if not is_there(deciding, command.person):
        return c.Refusal(c.Reason.OUT_OF_REACH, command.person)
    could = [head.person for head in heads(deciding.plan, roster, deciding.incident, at)]
    if command.person not in could:
        return c.Refusal(c.Reason.NO_HEAD, command.person)
    deciding.emit(
        e.CommanderAuthorised(
            at=at,
            by=command.by,
            person=command.person,
            instead=known.appointed,
            seek_at=at + deciding.reminders.acknowledge,
        )
    )
    return None


def _outranked(deciding: Deciding, person: PersonId) -> bool:
    """Whether a chief who goes before this one commands."""
    known, roster = deciding.incident.headquarters, deciding.roster
    if known is None or known.chief is None or known.commander is None:
        return False
    return rank_of(roster, known.chief) < rank_of(roster, person)


def _relieve(deciding: Deciding, command: c.RelieveCommander) -> c.Refusal | None:
    known = deciding.incident.headquarters
    if known is None:
        return c.Refusal(c.Reason.NO_HEADQUARTERS)
    if command.to is None:
        return _lay_down(deciding, command, known)
    return _take_over(deciding, command, known)


def _lay_down(
    deciding: Deciding, command: c.RelieveCommander, known: HeadquartersState
) -> c.Refusal | None:
    """By whoever has the command, or by a chief who does not come after them."""
    if known.appointed is None:
        return c.Refusal(c.Reason.NO_HEADQUARTERS)
    own = command.by == known.appointed
    if not own and command.by not in deciding.roster.chiefs():
        return c.Refusal(c.Reason.NO_CHIEF)
    if not own and _outranked(deciding, command.by):
        return c.Refusal(c.Reason.COMMANDED, known.appointed)
    _relieved(deciding, known, None, None)
    seek(deciding, "nobody")
    return None


def _take_over(
    deciding: Deciding, command: c.RelieveCommander, known: HeadquartersState
) -> c.Refusal | None:
    """By post: a chief who is there takes over from whoever acts, or from a chief after them."""
    by = command.by
    if by not in deciding.roster.chiefs() or command.to != by:
        return c.Refusal(c.Reason.NO_CHIEF)
    if known.commander == by:
        return c.Refusal(c.Reason.COMMANDS_ALREADY)
    if not is_there(deciding, by):
        return c.Refusal(c.Reason.NOT_THERE)
    if _outranked(deciding, by) and known.gap is None:
        return c.Refusal(c.Reason.COMMANDED, known.appointed or "")
    _, deputy = two_there(deciding, by)
    _relieved(deciding, known, by, deputy)
    return None


def _relieved(
    deciding: Deciding, known: HeadquartersState, to: PersonId | None, deputy: PersonId | None
) -> None:
    person = known.appointed if known.appointed != to else None
    deciding.emit(
        e.CommanderRelieved(at=deciding.at, by=deciding.by, person=person, to=to, deputy=deputy)
    )


def _note(deciding: Deciding, command: c.NoteCommand) -> c.Refusal | None:
    """That they know follows from any word of theirs (see `heard_from`)."""
    known = deciding.incident.headquarters
    if known is None:
        return c.Refusal(c.Reason.NO_HEADQUARTERS)
    if known.commander != command.by:
        return c.Refusal(c.Reason.COMMANDED, known.appointed or "")
    return None


def _stand_down(deciding: Deciding, command: c.StandDownHeadquarters) -> c.Refusal | None:
    known = deciding.incident.headquarters
    if known is None:
        return c.Refusal(c.Reason.NO_HEADQUARTERS)
    if command.by != known.commander and command.by not in deciding.roster.chiefs():
        return c.Refusal(c.Reason.NO_CHIEF)
    if is_major(deciding.plan, deciding.incident):
        return c.Refusal(c.Reason.STILL_MAJOR)
    deciding.emit(e.HeadquartersStoodDown(at=deciding.at, by=command.by, person=known.appointed))
    return None
