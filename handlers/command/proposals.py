"""Proposals: who could command, each with a button by which a chief authorises them.

In: an incident without a commander, who reads. Out: a message for a chief (the press is theirs), or
for whoever can only phone one. Forbidden here: deciding who may press (asked when it is pressed).
"""

from collections.abc import Sequence

from handlers.buttons import button, mark_of
from handlers.catalogue import Html, say
from handlers.command.lines import commander_lines
from handlers.paging import paged
from handlers.telling.around import phone_line
from handlers.telling.happening import Reader, brief
from plans.engine.commanding import is_major
from plans.format import Plan
from plans.heads import Head, heads, may_authorise
from plans.incident import Incident
from plans.model import PersonId
from storage.delivery import Button, Message

PROPOSED = 3
CHIEFS_SHOWN = 4
Rows = tuple[tuple[Button, ...], ...]


def asking(plan: Plan, incident: Incident, person: PersonId, reader: Reader) -> Message:
    """What a chief, or whoever else is told, reads while nobody commands."""
    roster = reader.roster.for_incident(incident.number)
    chief = person in roster.chiefs()
    lines = [_head(plan, incident, reader), *_chiefs(incident, reader)]
    rows = stay_rows(incident, person, reader)
    if chief and roster.can_be_told(person, reader.at) == "yes":
        lines.append(say(reader.lang, "command.ask_take"))
        rows = (take_row(incident, reader),)
    if not may_authorise(roster, person, reader.at):
        lines.append(say(reader.lang, "command.ask_phone"))
        return Message(text="\n".join(lines))
    down: Rows = ()
    if chief and _was_lowered(plan, incident):
        lines.append(say(reader.lang, "command.ask_down"))
        down = ((button(say(reader.lang, "command.down"), "hq", incident.number, "down", "-"),),)
    could = _others(plan, incident, reader)
    lines.append(say(reader.lang, f"command.{_how(incident, could, chief=chief)}"))
    lines += [_proposal(head, reader) for head in could[:PROPOSED]]
    buttons = (*rows, *choices(incident, could, reader), *down)
    return Message(text="\n".join(lines), buttons=buttons)


def _was_lowered(plan: Plan, incident: Incident) -> bool:
    """Whether the level that the plan wants a headquarters at is not reached any more."""
    by_level = plan.headquarters is not None and bool(plan.headquarters.when)
    return by_level and not is_major(plan, incident)


def _others(plan: Plan, incident: Incident, reader: Reader) -> tuple[Head, ...]:
    """Whoever could be authorised, but the one who has the command."""
    known = incident.headquarters
    could = heads(plan, reader.roster.for_incident(incident.number), incident, reader.at)
    return tuple(h for h in could if known is None or h.person != known.appointed)


def _how(incident: Incident, could: Sequence[Head], *, chief: bool) -> str:
    """What is asked of the reader."""
    if not could:
        return "ask_no_head"
    if not chief:
        return "ask_on_word"
    known = incident.headquarters
    return "ask_silent" if known is not None and known.gap == "silent" else "ask_authorise"


def _head(plan: Plan, incident: Incident, reader: Reader) -> Html:
    """What is the matter, and that all the rest goes on."""
    title = brief(plan.title.in_(reader.lang))
    line = Html("".join(commander_lines(incident, reader)))
    number = incident.number
    return say(
        reader.lang, "command.ask_head", icon=plan.icon, number=number, title=title, line=line
    )


def _chiefs(incident: Incident, reader: Reader) -> list[Html]:
    """Each chief with where they are; the phone ends the line."""
    roster = reader.roster.for_incident(incident.number)
    lines = []
    for chief in roster.chiefs()[:CHIEFS_SHOWN]:
        why = roster.can_be_told(chief, reader.at)
        state = say(reader.lang, f"directing.why_{'there' if why == 'yes' else why}")
        lines.append(
            say(
                reader.lang,
                "command.chief",
                name=reader.name(chief),
                state=state,
                phone=reader.phone(chief),
            )
        )
    return lines


def _proposal(head: Head, reader: Reader) -> Html:
    why = say(reader.lang, "command.by_plan") if head.named else Html("")
    role = reader.role(head.role)
    who = phone_line(reader, head.person)
    return say(reader.lang, "command.proposal", who=who, role=role, why=why)


def choices(incident: Incident, could: Sequence[Head], reader: Reader) -> Rows:
    """A button for each of the first, and one for all the others."""
    rows: Rows = tuple((choice(incident, head.person, reader),) for head in could[:PROPOSED])
    if len(could) > PROPOSED:
        more = say(reader.lang, "command.somebody_else")
        rows = (*rows, (button(more, "hq", incident.number, "more", 0),))
    return rows


def choice(incident: Incident, person: PersonId, reader: Reader) -> Button:
    """To authorise somebody in the place of whoever is seen in command now."""
    label = say(reader.lang, "command.authorise", name=reader.name(person))
    return button(label, "hq", incident.number, "let", seen(incident, person))


def seen(incident: Incident, person: PersonId) -> str:
    """Whom, and whom one sees in command: a press by a chief who has seen less counts for
    nothing."""
    known = incident.headquarters
    instead = known.appointed if known is not None else None
    return mark_of(person) + (mark_of(instead) if instead else "")


def stay_rows(incident: Incident, person: PersonId, reader: Reader) -> Rows:
    """Whoever has the command and has left may say that they are there for this incident."""
    known = incident.headquarters
    if known is None or known.gap != "away" or known.appointed != person:
        return ()
    label = say(reader.lang, "duty.stay", number=incident.number)
    return ((button(label, "duty", "stay", mark_of(person), incident.number),),)


def take_row(incident: Incident, reader: Reader) -> tuple[Button, ...]:
    return (button(say(reader.lang, "command.take"), "hq", incident.number, "take", "-"),)


def everybody(plan: Plan, incident: Incident, page: int, reader: Reader) -> Message:
    """All who could be authorised, a page at a time."""
    number = incident.number
    buttons = []
    for head in _others(plan, incident, reader):
        label = f"{reader.name(head.person)} · {reader.role(head.role)}"
        buttons.append(button(label, "hq", number, "let", seen(incident, head.person)))
    rows = paged(buttons, page, lambda label, to: button(label, "hq", number, "more", to))
    key = "command.whom" if buttons else "command.ask_no_head"
    return Message(text=say(reader.lang, key, number=number), buttons=tuple(rows))
