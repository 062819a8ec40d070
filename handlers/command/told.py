"""Word of the command: who directs a major incident, that nobody does, that it is over.

In: a happening and its event. Out: the chiefs asked, with a sound; the commander briefed; everybody
with a part told who commands. Forbidden here: choosing who is asked (the event says).
"""

from typing import assert_never

from handlers.buttons import button
from handlers.catalogue import Html, say
from handlers.command import asked_again
from handlers.command.asked_again import note_row
from handlers.command.briefing import brief_rows, situation
from handlers.command.lines import commander_lines
from handlers.command.proposals import asking, stay_rows
from handlers.command.standing import hq_slot, post, settle
from handlers.telling import gathered, levelled
from handlers.telling.cards import groups_of
from handlers.telling.happening import Happening, Reader, brief
from handlers.telling.letters import Letters, Write
from plans import events as e
from plans.engine.commanding import is_major
from plans.evolve_headquarters import HeadquartersEvent
from plans.incident import Incident, StepStatus
from plans.model import GroupId, PersonId
from storage.delivery import Message, Urgency
from storage.port import SLOTS, Entry

PEOPLE_TOLD = 50


async def tell(letters: Letters, happening: Happening, event: HeadquartersEvent) -> None:
    match event:
        case e.HeadquartersSet():
            await _set(letters, happening, event)
        case e.CommanderSought():
            await _sought(letters, happening, event)
        case e.CommanderFound():
            await _found(letters, happening, event)
        case e.CommanderAuthorised():
            await _authorised(letters, happening, event)
        case e.CommanderRelieved():
            await _relieved(letters, happening, event)
        case e.CommandNoted():
            await _noted(letters, happening, event)
        case e.HeadquartersStoodDown():
            await _settled(letters, happening, "command.stood_down", event.by)
        case _:
            assert_never(event)
    await settle(letters, happening)


async def tell_of_a_lower_level(letters: Letters, happening: Happening) -> None:
    """The plan asks for a headquarters no more: whoever commands is offered to stand it down, or,
    while nobody does, each chief who was asked for a commander."""
    before, after, plan = happening.before, happening.after, happening.plan
    known = after.headquarters
    if before is None or known is None or before.headquarters is None or not after.is_open:
        return
    if not is_major(plan, before) or is_major(plan, after):
        return
    number = after.number

    def write(reader: Reader) -> Message:
        down = button(say(reader.lang, "command.down"), "hq", number, "down", "-")
        text = say(reader.lang, "command.level_fell", number=number)
        return Message(text=text, buttons=((down,),))

    for person in (known.commander,) if known.commander is not None else known.asked:
        await post(letters, after, "fell", person, write)


async def _set(letters: Letters, happening: Happening, event: e.HeadquartersSet) -> None:
    """Whoever hears of the level that brought it hears of it there."""
    chief, deputy = event.chief, event.deputy
    if chief is not None:
        await _brief(letters, happening, chief, "command.you_are_chief", event)
    if deputy is not None:
        await letters.person(deputy, _line(happening, "command.you_are_deputy"), Urgency.URGENT)
    told = tuple(p for p in (chief, deputy) if p is not None)
    write = _line(happening, "command.set")
    known = happening.after.headquarters
    asked = known.told if known is not None else ()
    by_level: list[PersonId] = []
    if chief is not None:  # else the groups are told that nobody does
        by_level = levelled.people_told(letters, happening)
        for group in _groups(letters, happening):
            if group not in levelled.groups_told(letters, happening):
                await letters.group(group, write)
    await _to_people(letters, happening, write, event.by, *told, *asked, *by_level)


async def _sought(letters: Letters, happening: Happening, event: e.CommanderSought) -> None:
    """The chiefs are asked again and again; the groups hear of it once, command's every time, and
    whoever is told of several steps at once, in that message."""
    after, plan = happening.after, happening.plan

    def write_for(person: PersonId) -> Write:
        return lambda reader: asking(plan, after, person, reader)

    for person in (*event.asked, *event.told):
        if asked_again.is_asked_with_the_steps(happening, person):
            await asked_again.let_go_of_own(letters, after.number, person)
        elif asking(plan, after, person, letters.reader_of(person)).buttons:
            await post(letters, after, "ask", person, write_for(person))
        else:
            await letters.person(person, write_for(person), Urgency.URGENT)
    if event.gap == "silent" and event.missing is not None:
        await _remind(letters, happening, event.missing)
    if event.gap == "away" and event.missing is not None and event.missing not in event.asked:
        await post(letters, after, "left", event.missing, _to_who_has_left(happening))
    if event.again and gathered.says_again(happening):
        return
    groups = _command_groups(letters) if event.again else _groups(letters, happening)
    for group in groups:
        await letters.group(group, _line(happening, "command.nobody_told"), Urgency.URGENT)


async def _remind(letters: Letters, happening: Happening, commander: PersonId) -> None:
    after = happening.after
    if asked_again.is_asked_with_the_steps(happening, commander):
        await asked_again.let_go_of_own(letters, after.number, commander)
    else:
        await post(letters, after, "remind", commander, _to_commander(after))


def _to_who_has_left(happening: Happening) -> Write:
    """They may go on from afar, if they say so."""
    after = happening.after

    def write(reader: Reader) -> Message:
        missing = after.headquarters.appointed if after.headquarters is not None else None
        rows = stay_rows(after, missing or "", reader)
        text = say(reader.lang, "command.you_left", number=after.number)
        return Message(text=text, buttons=rows)

    return write


def _to_commander(after: Incident) -> Write:
    """A reminder to take note of it."""

    def write(reader: Reader) -> Message:
        number = after.number
        text = say(reader.lang, "command.remind", number=number)
        return Message(text=text, buttons=(note_row(number, reader),))

    return write


async def _found(letters: Letters, happening: Happening, event: e.CommanderFound) -> None:
    known, number = happening.after.headquarters, happening.after.number
    if known is not None and known.noted:
        await letters.person(
            event.person,
            lambda r: Message(text=say(r.lang, "command.toast_noted", number=number)),
            Urgency.URGENT,
        )
    else:
        write = _to_commander(happening.after)
        await post(letters, happening.after, "remind", event.person, write)
    await _no_more_sought(letters, happening, "command.found", event.person)


async def _authorised(letters: Letters, happening: Happening, event: e.CommanderAuthorised) -> None:
    await _brief(letters, happening, event.person, "command.you_are_acting", event)
    over = () if event.instead is None else (event.instead,)
    for person in over:
        await letters.person(person, _line(happening, "command.you_are_relieved"), Urgency.URGENT)
    told = (event.by, event.person, *over)
    await _settled(letters, happening, "command.authorised", *told)


async def _relieved(letters: Letters, happening: Happening, event: e.CommanderRelieved) -> None:
    """Where nobody follows, whoever is asked next is told by that."""
    person, to = event.person, event.to
    if person is not None and person != event.by:
        await letters.person(person, _line(happening, "command.you_are_relieved"), Urgency.URGENT)
    if to is None:
        return
    await _brief(letters, happening, to, "command.you_took_over", event)
    told = (to,) if person is None else (to, person)
    await _settled(letters, happening, "command.took_over", event.by, *told)


async def _noted(letters: Letters, happening: Happening, event: e.CommandNoted) -> None:
    """Whoever authorised them need not phone; their own briefing asks for nothing any more."""
    known, number = happening.after.headquarters, happening.after.number
    slot = hq_slot(number, "brief", event.by or "")
    if event.by is not None and await letters.turn.get(SLOTS, slot) is not None:
        head = await _briefing(letters, happening, event.by, "command.toast_noted", event)
        await letters.person(event.by, head, slot=slot)
    by = known.authorised_by if known is not None else None
    if by is not None and event.by is not None and event.by != by:
        await letters.person(by, _line(happening, "command.noted"), Urgency.NORMAL)


async def _brief(
    letters: Letters,
    happening: Happening,
    person: PersonId,
    key: str,
    event: HeadquartersEvent,
) -> None:
    """What they must know to command, in one message."""
    write = await _briefing(letters, happening, person, key, event)
    await post(letters, happening.after, "brief", person, write)


async def _briefing(
    letters: Letters,
    happening: Happening,
    person: PersonId,
    key: str,
    event: HeadquartersEvent,
) -> Write:
    after = happening.after
    entries: list[Entry] = await letters.turn.timeline(after.number)

    def write(reader: Reader) -> Message:
        known = situation(happening.plan, after, entries, reader)
        by = reader.name(event.by)
        head = say(reader.lang, key, number=after.number, by=by)
        rows = [note_row(after.number, reader)] if _is_to_note(happening, person) else []
        more = brief_rows(after.number, reader.lang)
        return Message(text=Html(f"{head}\n\n{known}"), buttons=(*rows, *more))

    return write


def _is_to_note(happening: Happening, person: PersonId) -> bool:
    known = happening.after.headquarters
    return known is not None and known.commander == person and not known.noted


def _line(happening: Happening, key: str) -> Write:
    """A wording with the line that says who commands."""
    after, plan = happening.after, happening.plan

    def write(reader: Reader) -> Message:
        line = Html("".join(commander_lines(after, reader)))
        title = brief(plan.title.in_(reader.lang))
        text = say(reader.lang, key, icon=plan.icon, number=after.number, title=title, line=line)
        return Message(text=text)

    return write


def _groups(letters: Letters, happening: Happening) -> list[GroupId]:
    reader = letters.reader_of(happening.after.reporter)
    own = groups_of(happening.plan, happening.after, reader)
    return list(dict.fromkeys((*own, *_command_groups(letters))))


def _command_groups(letters: Letters) -> list[GroupId]:
    roster = letters.roster
    departments = (roster.company.roles[role].department for role in roster.company.command)
    groups = (roster.group_for(department, None) for department in dict.fromkeys(departments))
    return [group for group in groups if group is not None]


async def _settled(
    letters: Letters, happening: Happening, key: str, *told: PersonId | None
) -> None:
    """Everybody with a part, but those who have been told already, learns how it stands now."""
    asked = await _no_more_sought(letters, happening, key, *told)
    write = _line(happening, key)
    await _to_groups(letters, happening, write)
    await _to_people(letters, happening, write, *told, *asked)


async def _no_more_sought(
    letters: Letters, happening: Happening, key: str, *told: PersonId | None
) -> tuple[PersonId, ...]:
    """Whoever was asked for a commander, or told that there is none, need not phone any more."""
    before = happening.before.headquarters if happening.before is not None else None
    asked = before.told if before is not None else ()
    for person in asked:
        if person not in told:
            await letters.person(person, _line(happening, key), Urgency.URGENT)
    return asked


async def _to_groups(letters: Letters, happening: Happening, write: Write) -> None:
    for group in _groups(letters, happening):
        await letters.group(group, write)


async def _to_people(
    letters: Letters, happening: Happening, write: Write, *but: PersonId | None
) -> None:
    for person in _people(letters, happening):
        if person not in but:
            await letters.person(person, write)


def _people(letters: Letters, happening: Happening) -> list[PersonId]:
    """Whoever reported, has or is asked for a step, is informed by the plan, or is in command."""
    after, roster = happening.after, letters.roster
    steps = [s for s in after.steps.values() if s.status is StepStatus.OPEN]
    at_work = (p for s in steps for p in ((s.taken_by,) if s.taken_by else s.asked))
    informed = (p for role in happening.plan.inform for p in roster.holders(role, after.region))
    found = dict.fromkeys((*after.reporters, *at_work, *informed, *roster.command()))
    return list(found)[:PEOPLE_TOLD]
