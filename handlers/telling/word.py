"""Word of what happened that asks nobody to act: facts, notes, vehicles, checks, the end.

In: a happening. Out: messages to those whom it concerns. Forbidden here: pings (see
`pings`) and cards (see `live`).
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Literal, assert_never

from handlers.buttons import button
from handlers.catalogue import Html, plain, say
from handlers.command import told as command_told
from handlers.documents import EVIDENCE, evidence_key
from handlers.telling import (
    decided,
    ended,
    given_back,
    levelled,
    parts_told,
    rescheduled,
    stock_word,
)
from handlers.telling.around import phone_line
from handlers.telling.cards import groups_of
from handlers.telling.happening import Happening, Reader
from handlers.telling.letters import Letters, Write
from plans import events as e
from plans.incident import StepStatus
from plans.model import PersonId
from plans.plate import show_plate
from storage.delivery import File, Message, Pin, Urgency

PEOPLE_TOLD = 20
# What fits under a picture with the line above it.
CAPTION_WORDS = 900


async def tell(letters: Letters, happening: Happening) -> None:
    for event in happening.events:
        match event:
            case (
                e.StepCompleted()
                | e.CallsBroughtUp()
                | e.DeadlineMoved()
                | e.StepDecided()
                | e.StepWithheld()
            ):
                await _step(letters, happening, event)
            case e.FactRecorded():
                await _recorded(letters, happening, event)
            case e.NoteAdded():
                await _note(letters, happening, event)
            case e.ResourcePromised() | e.ResourceReleased():
                await _resource(letters, happening, event)
            case e.CheckAsked():
                await _check(letters, happening, event)
            case e.ReportJoined():
                await _joined(letters, happening, event)
            case e.ChildEnded():
                await given_back.child_ended(letters, happening, event)
            case (
                e.HeadquartersSet()
                | e.CommanderSought()
                | e.CommanderFound()
                | e.CommanderAuthorised()
                | e.CommanderRelieved()
                | e.CommandNoted()
                | e.HeadquartersStoodDown()
            ):
                await command_told.tell(letters, happening, event)
            case e.IncidentStarted():
                await _pin(letters, happening)
            case e.IncidentClosed() | e.IncidentMerged() | e.IncidentCancelled() | e.ResourceLost():
                await _ended(letters, happening, event)
            case (
                e.PlaceMoved()
                | e.StepOpened()
                | e.StepPostponed()
                | e.PersonPassedOver()
                | e.OwnerReminded()
                | e.DeadlineMissed()
                | e.StepEscalated()
                | e.StepAcknowledged()
                | e.StepDeclined()
                | e.StepHandedOver()
                | e.StepSkipped()
                | e.FactForgotten()
                | e.RoundBegun()
                | e.StepShared()
                | e.ResourceUsed()
                | e.CallTicked()
                | e.PartAnswered()
                | e.BroadcastSent()
                | e.BroadcastCounted()
                | e.PlanCalled()
                | e.ChildLinked()
                | e.ParentEnded()
                | e.CallJoined()
                | e.FollowUpSet()
                | e.CheckBegun()
                | e.CheckAnswered()
                | e.CheckMissed()
                | e.CheckEnded()
            ):
                pass  # told by pings and live messages
            case _:
                assert_never(event)
    await command_told.tell_of_a_lower_level(letters, happening)


def _reporters(happening: Happening) -> tuple[PersonId, ...]:
    """Whoever reported; for one who cannot be told, whoever filed it for them, to pass it on."""
    after = happening.after
    told = happening.roster.can_be_told(after.reporter, happening.at)
    filed = after.filed_by if told in ("no_telegram", "unreachable") else None
    return (after.reporter, *((filed,) if filed else ()), *after.also_reported)


async def _to_reporters(letters: Letters, happening: Happening, write: Write) -> None:
    for person in _reporters(happening):
        await letters.person(person, write, Urgency.URGENT)


async def _step(
    letters: Letters,
    happening: Happening,
    event: e.StepCompleted | e.CallsBroughtUp | e.DeadlineMoved | e.StepDecided | e.StepWithheld,
) -> None:
    if isinstance(event, e.CallsBroughtUp):
        await parts_told.brought_up(letters, happening, event)
    elif isinstance(event, e.DeadlineMoved):
        await rescheduled.tell(letters, happening, event)
    elif not isinstance(event, e.StepCompleted):
        await decided.tell(letters, happening, event)
    elif happening.step(event.step).decide is None:  # else it was told with the decision
        await _completed(letters, happening, event)
        await parts_told.completed(letters, happening, event)


async def _completed(letters: Letters, happening: Happening, event: e.StepCompleted) -> None:
    wording = happening.step(event.step).tell_reporter
    if wording is None or happening.after.steps[event.step].share is not None:
        return
    number = happening.after.number
    await _to_reporters(
        letters,
        happening,
        lambda r: Message(text=say(r.lang, "steps.told", number=number, text=wording.in_(r.lang))),
    )


async def _recorded(letters: Letters, happening: Happening, event: e.FactRecorded) -> None:
    if event.by is None or happening.before is None:
        return
    if event.previous is not None:
        await _corrected(letters, happening, event)
    for step in happening.plan.steps.values():
        record = step.record.get(event.name)
        if record is None:
            continue
        for target in record.tell:
            for person in _targets(letters, happening, target):
                if person != event.by:
                    write = await _said(letters, happening, event)
                    await letters.person(person, write, Urgency.URGENT)


async def _said(letters: Letters, happening: Happening, event: e.FactRecorded) -> Write:
    """What was recorded: in words, a picture as what it is."""
    if happening.plan.asked()[event.name].type != "photo":
        return _fact_words(happening, event)
    number, file_id = happening.after.number, str(event.value)
    evidence = await letters.turn.get(EVIDENCE, evidence_key(number, file_id))
    media: Literal["photo", "document"] = (
        "document" if evidence is not None and evidence.media == "document" else "photo"
    )

    def write(reader: Reader) -> File:
        words = _fact_words(happening, event)(reader)
        caption = words.text if isinstance(words, Message) else ""
        return File(media=media, file_id=file_id, caption=caption)

    return write


def _targets(letters: Letters, happening: Happening, target: str) -> tuple[PersonId, ...]:
    if target == "reporter":
        return _reporters(happening)
    return letters.roster.holders(target, happening.after.region)


def _fact_words(happening: Happening, event: e.FactRecorded) -> Write:
    asked = happening.plan.asked()[event.name]

    def write(reader: Reader) -> Message:
        values = {
            "number": happening.after.number,
            "name": reader.name(event.by),
            "value": reader.about(happening.after).fact(happening.plan, event.name, event.value),
        }
        if asked.type == "duration" and isinstance(event.value, int):
            time = reader.time(event.at + timedelta(minutes=event.value))
            phones = Html(f"\n{phone_line(reader, event.by)}") if event.by else Html("")
            text = say(reader.lang, "steps.eta_told", time=time, phones=phones, **values)
        else:
            what = asked.called(reader.lang)
            text = say(reader.lang, "steps.recorded_told", what=what, **values)
        return Message(text=text)

    return write


async def _corrected(letters: Letters, happening: Happening, event: e.FactRecorded) -> None:
    asked, previous = happening.plan.asked()[event.name], event.previous
    if previous is None:
        return
    if asked.type == "level":
        await levelled.tell(letters, happening, event)
        return

    def write(reader: Reader) -> Message:
        knowing = reader.about(happening.after)
        return Message(
            text=say(
                reader.lang,
                "steps.corrected_told",
                number=happening.after.number,
                name=reader.name(event.by),
                what=asked.called(reader.lang),
                previous=knowing.fact(happening.plan, event.name, previous),
                value=knowing.fact(happening.plan, event.name, event.value),
            )
        )

    steps = happening.after.steps.items()
    done = [s.settled_by for name, s in steps if event.name in happening.step(name).show]
    told = decided.told_anyway(happening, event.name)
    await _to_those_at_work(letters, happening, event.by, write, done, told)


async def _to_those_at_work(
    letters: Letters,
    happening: Happening,
    author: PersonId | None,
    write: Write,
    also: Sequence[PersonId | None] = (),
    told: Collection[PersonId] = (),
) -> None:
    """The groups with a part in it, whoever has or is asked for a step, whoever reported, and
    `also` (who has acted on what was said before); not the author, nor the chat it was said in, nor
    whoever is `told` otherwise."""
    for group in groups_of(
        happening.plan, happening.after, letters.reader_of(_reporters(happening)[0])
    ):
        if letters.roster.chat_of(group) != happening.heard_in:
            await letters.group(group, write)
    steps = happening.after.steps.values()
    opened = [s for s in steps if s.status is StepStatus.OPEN]
    people = [p for s in opened for p in ((s.taken_by,) if s.taken_by else s.asked)]
    known = happening.after.headquarters
    commander = known.commander if known is not None else None
    concerned = dict.fromkeys([*_reporters(happening), commander, *people, *also])
    spared = {author, *told}
    for person in [p for p in concerned if p is not None and p not in spared][:PEOPLE_TOLD]:
        await letters.person(person, write)


async def _note(letters: Letters, happening: Happening, event: e.NoteAdded) -> None:
    number, place, media = happening.after.number, event.place, event.media

    def words(reader: Reader) -> Message | File:
        values = {"number": number, "name": reader.name(event.by)}
        if media:
            caption = say(reader.lang, "general.note_media", **values)
            said = f"\n{plain(event.text[:CAPTION_WORDS])}" if event.text else ""
            return File(media=media, file_id=event.file_id, caption=caption + said)
        if place is not None:
            text = say(reader.lang, "general.note_place", place=reader.place(place), **values)
            return Message(text=text)
        return Message(text=say(reader.lang, "general.note_passed", text=event.text, **values))

    await _to_those_at_work(letters, happening, event.by, words)


async def _pin(letters: Letters, happening: Happening) -> None:
    """The place itself on the map, once, where the steps are."""
    place = happening.after.place()
    if place is None or place.lat is None or place.lon is None:
        return
    pin = Pin(lat=place.lat, lon=place.lon)
    reader = letters.reader_of(happening.after.reporter)
    for group in groups_of(happening.plan, happening.after, reader)[:1]:
        await letters.group(group, lambda _: pin)


async def _resource(
    letters: Letters, happening: Happening, event: e.ResourcePromised | e.ResourceReleased
) -> None:
    if not await stock_word.tell(letters, happening, event):
        await _vehicle(letters, happening, event)


async def _vehicle(
    letters: Letters, happening: Happening, event: e.ResourcePromised | e.ResourceReleased
) -> None:
    """The region that lends a spare is told, through its group; a person who is let go again, if
    they had been asked."""
    plate = event.promise.thing if isinstance(event, e.ResourcePromised) else event.thing
    if letters.roster.person(plate) is not None:
        await _freed(letters, happening, event)
        return
    vehicle = letters.roster.company.vehicles.get(plate)
    if vehicle is None:
        return
    key = "promised_told" if isinstance(event, e.ResourcePromised) else "released_told"
    if vehicle.region == happening.after.region and key == "promised_told":
        return
    role = letters.roster.company.roles[happening.plan.close.by[0]]
    group = letters.roster.group_for(role.department, vehicle.region)
    if group is not None:
        await letters.group(
            group,
            lambda r: Message(
                text=say(
                    r.lang,
                    f"steps.{key}",
                    number=happening.after.number,
                    plate=show_plate(plate),
                    region=r.region(happening.after.region),
                )
            ),
        )


async def _freed(
    letters: Letters, happening: Happening, event: e.ResourcePromised | e.ResourceReleased
) -> None:
    """Being asked to guide is told by the step; somebody who is let go before the end must know."""
    if isinstance(event, e.ResourcePromised) or not happening.after.is_open:
        return
    steps = happening.before.steps.values() if happening.before else ()
    if any(event.thing in state.told for state in steps):
        number = happening.after.number
        await letters.person(
            event.thing,
            lambda r: Message(text=say(r.lang, "guides.freed", number=number)),
            Urgency.URGENT,
        )


async def _check(letters: Letters, happening: Happening, event: e.CheckAsked) -> None:
    number, check = happening.after.number, happening.plan.checks[event.check]

    def write(reader: Reader) -> Message:
        answer = button(say(reader.lang, "steps.all_right"), "ok", number, event.check)
        text = say(reader.lang, "steps.check_ask", number=number, text=check.ask.in_(reader.lang))
        return Message(text=text, buttons=((answer,),))

    await letters.person(event.asked, write, Urgency.URGENT)


async def _joined(letters: Letters, happening: Happening, event: e.ReportJoined) -> None:
    number = happening.after.number
    await _to_those_at_work(
        letters,
        happening,
        event.by,
        lambda r: Message(
            text=say(r.lang, "report.joined_told", number=number, name=r.name(event.by))
        ),
    )


async def _ended(
    letters: Letters,
    happening: Happening,
    event: e.IncidentClosed | e.IncidentMerged | e.IncidentCancelled | e.ResourceLost,
) -> None:
    if isinstance(event, e.IncidentClosed):
        await _closed(letters, happening)
    else:
        await ended.tell(letters, happening, event)


async def _closed(letters: Letters, happening: Happening) -> None:
    number, wording = happening.after.number, happening.plan.close.tell_reporter
    if wording is None:
        return
    await _to_reporters(
        letters,
        happening,
        lambda r: Message(text=say(r.lang, "steps.told", number=number, text=wording.in_(r.lang))),
    )
