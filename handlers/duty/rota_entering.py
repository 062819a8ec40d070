"""Entering the rota: names and times typed, a shift stored, whoever is concerned told.

In: a draft and what was still missing. Out: shifts in the turn, the week shown anew. Forbidden
here: entering for a region that is not entrusted to the speaker.
"""

from datetime import UTC, datetime, time, timedelta

from handlers.awaited import await_nothing, await_words
from handlers.catalogue import say
from handlers.context import Context
from handlers.directing.found import people_meant
from handlers.documents import SHIFTS
from handlers.duty import rota_screens as screens
from handlers.duty.documents import SHIFT_DRAFTS, ShiftDraft
from handlers.duty.entering import zone
from handlers.reporting.plain_words import points_to_plan
from handlers.telling.happening import Reader
from plans.model import PersonId
from plans.roster import Roster, Shift, may_roster, parse_span
from plans.roster.rota import what_is_wrong
from storage.delivery import Message


async def hear_person(context: Context, _: tuple[str, ...], text: str) -> bool | None:
    """The typed name of whoever is to be on duty; False for news of something else."""
    draft = await context.turn.get(SHIFT_DRAFTS, context.speaker.person)
    found = people_meant(context.speaker.roster, text)
    if draft is None:
        await context.say("rota.begin_again")
    elif len(found) == 1:
        await take_person(context, draft, found[0])
    elif not found and points_to_plan(context, text):
        return False
    else:
        await_words(context.turn, context.speaker.person, "rota_person")
        await context.reply(screens.which(context.reader, found))
    return None


async def hear_times(context: Context, _: tuple[str, ...], text: str) -> bool | None:
    """The typed times of a shift on the day chosen; False for news of something else."""
    draft, where = await context.turn.get(SHIFT_DRAFTS, context.speaker.person), zone(context)
    if draft is None or draft.day is None or draft.person is None:
        await context.say("rota.begin_again")
        return None
    before = datetime.combine(draft.day, time(0), where) - timedelta(minutes=1)
    span = parse_span(text, before, where)
    if span is None and points_to_plan(context, text):
        return False
    if span is None:
        await_words(context.turn, context.speaker.person, "rota_times")
        await context.say("rota.not_times")
        return None
    await enter(context, draft, *span)
    return None


async def show_week(context: Context, draft: ShiftDraft, said: str = "") -> None:
    roster = await context.desk.roster(context.turn)
    reader = Reader(roster, context.speaker.lang, context.turn.at)
    await context.reply(screens.week(reader, draft, zone(context), said))


async def take_person(context: Context, draft: ShiftDraft, person: PersonId) -> None:
    chosen = draft.model_copy(update={"person": person})
    context.turn.put(SHIFT_DRAFTS, chosen)
    await_nothing(context.turn, draft.by)
    await context.reply(screens.days(context.reader, chosen, zone(context)))


async def enter(context: Context, draft: ShiftDraft, since: datetime, until: datetime) -> None:
    turn, roster = context.turn, context.speaker.roster
    if not _may_enter(roster, draft):
        await context.say("refusals.needs_duty")
        return
    number = await turn.next_number("shift")
    shift = Shift(
        id=f"s_{number}",
        role=draft.role,
        region=draft.region,
        person=draft.person or draft.by,
        since=since.astimezone(UTC),
        until=until.astimezone(UTC),
    )
    if (wrong := what_is_wrong(shift, turn.at, len(roster.shifts))) is not None:
        await_words(turn, draft.by, "rota_times")
        await context.say(f"rota.{wrong}")
        return
    await_nothing(turn, draft.by)
    turn.put(SHIFTS, shift)
    # The same buttons pressed again enter nothing more.
    turn.put(SHIFT_DRAFTS, ShiftDraft(by=draft.by, role=draft.role, region=draft.region))
    await tell(context, shift, "rota.put_on")
    await show_week(context, draft, said=say(context.speaker.lang, "rota.added"))


def _may_enter(roster: Roster, draft: ShiftDraft) -> bool:
    return may_roster(roster, draft.by, draft.region)


async def tell(context: Context, shift: Shift, key: str) -> None:
    """Whoever is on duty knows, unless they have entered it themselves."""
    by = context.speaker.person
    if shift.person == by:
        return

    def write(reader: Reader) -> Message:
        text = say(
            reader.lang,
            key,
            role=reader.role(shift.role),
            region=reader.region(shift.region),
            since=reader.time(shift.since),
            until=reader.time(shift.until),
            name=reader.name(by),
        )
        return Message(text=text)

    await context.letters.person(shift.person, write)
