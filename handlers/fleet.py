"""The fleet: /vehicles, and saying which of them are ready.

In: a command, buttons. Out: how the vehicles of one's regions stand; a vehicle set ready or not,
with why, and its region told. Forbidden here: promising a vehicle (the engine does); one that is
not ready is offered to nobody.
"""

from itertools import islice

from telegram import Update

from handlers.buttons import Pressed, button
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.documents import VEHICLES
from handlers.telling.fleet import state_of, vehicle_line
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from handlers.typed import command_of
from plans.model import PersonId, RegionId
from plans.plate import Plate, match_plates, show_plate
from plans.roster import Roster
from storage.delivery import Button, Message, Urgency

VEHICLES_SHOWN = 30
BUTTONS_SHOWN = 16
NOTE_LIMIT = 100
READY = "ready"
REASONS = ("repair", "service", "inspection", "lent")
_READY_WORDS = ("可用", "能用", "好了", "ready", "ok")


async def on_vehicles(update: Update, context: Context) -> None:
    """`/vehicles`: a list. With a plate: that vehicle. With words behind it: not ready, and why."""
    _, typed = command_of(update.effective_message)
    plate_typed, _, note = typed.partition(" ")
    if not plate_typed:
        await _list(context)
        return
    plates = match_plates(plate_typed, context.speaker.roster.company.vehicles)
    if len(plates) != 1:
        key = "fleet.several" if plates else "fleet.no_such"
        await context.say(key, plates=" ".join(map(show_plate, plates[:8])))
    elif not note.strip():
        await _show(context, plates[0])
    elif not _may_set(context, plates[0]):
        await context.say("refusals.needs_fleet")
    else:
        ready = note.strip().lower() in _READY_WORDS
        await _set(context, plates[0], ready=ready, note="" if ready else note)
        await _show(context, plates[0])


async def on_vehicle_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """One vehicle, with what it can be set to."""
    plate = pressed.args[0]
    if plate not in context.speaker.roster.company.vehicles:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    await _show(context, plate)


async def on_set_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    plate, how = pressed.args
    known = plate in context.speaker.roster.company.vehicles
    if not known or how not in (READY, *REASONS):
        context.refuse(update, "refusals.old_button")
        return
    if not _may_set(context, plate):
        context.refuse(update, "refusals.needs_fleet")
        return
    note = "" if how == READY else say(context.speaker.lang, f"fleet.why_{how}").unescape()
    state = await _set(context, plate, ready=how == READY, note=note)
    context.toast(update, "fleet.set_toast", plate=show_plate(plate), state=state.unescape())


async def _list(context: Context) -> None:
    """The speaker's own regions, or all of them for whoever has none."""
    roster, reader, lang = context.speaker.roster, context.reader, context.speaker.lang
    vehicles = roster.company.vehicles
    regions = _regions(roster, context.speaker.person)
    plates = [plate for plate, vehicle in vehicles.items() if vehicle.region in regions]
    plates.sort(
        key=lambda plate: (not vehicles[plate].spare, regions.index(vehicles[plate].region))
    )
    if not plates:
        await context.say("fleet.none")
        return
    spare = [plate for plate in plates if vehicles[plate].spare]
    free = sum(roster.vehicle_state(plate).free for plate in spare)
    lines = [say(lang, "fleet.head", count=len(plates), spares=len(spare), free=free)]
    for plate in plates[:VEHICLES_SHOWN]:
        where = reader.region(vehicles[plate].region) + " " if len(regions) > 1 else ""
        lines.append(Html(f"{where}{vehicle_line(plate, reader)}"))
    if len(plates) > VEHICLES_SHOWN:
        lines.append(say(lang, "fleet.more", count=len(plates) - VEHICLES_SHOWN))
    theirs = islice((plate for plate in plates if _may_set(context, plate)), BUTTONS_SHOWN)
    buttons = [button(show_plate(plate), "veh", plate) for plate in theirs]
    rows = tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    await context.reply(Message(text="\n".join(lines), buttons=rows))


def _regions(roster: Roster, person: PersonId) -> list[RegionId]:
    own = {post.region for post in roster.roles_of(person) if post.region is not None}
    company_wide = any(post.region is None for post in roster.roles_of(person))
    everywhere = list(roster.company.regions)
    return everywhere if company_wide or not own else [r for r in everywhere if r in own]


async def _show(context: Context, plate: Plate) -> None:
    now = await context.desk.roster(context.turn)
    text = vehicle_line(plate, Reader(now, context.speaker.lang, context.turn.at))
    rows = _setting_rows(context, plate) if _may_set(context, plate) else ()
    await context.reply(Message(text=text, buttons=rows))


def _setting_rows(context: Context, plate: Plate) -> tuple[tuple[Button, ...], ...]:
    lang = context.speaker.lang
    ready = button(say(lang, "fleet.set_ready"), "vset", plate, READY)
    reasons = [
        button(Html("🔴 " + say(lang, f"fleet.why_{why}")), "vset", plate, why) for why in REASONS
    ]
    return ((ready,), tuple(reasons[:2]), tuple(reasons[2:]))


def _may_set(context: Context, plate: Plate) -> bool:
    roster = context.speaker.roster
    return roster.may(context.speaker.person, "fleet", roster.company.vehicles[plate].region)


async def _set(context: Context, plate: Plate, *, ready: bool, note: str) -> Html:
    """How it stands then, in words. Setting what is set already tells nobody anything."""
    turn, roster = context.turn, context.speaker.roster
    known = await turn.get(VEHICLES, plate) or roster.vehicle_state(plate)
    state = known.model_copy(update={"ready": ready, "note": note.strip()[:NOTE_LIMIT]})
    if state != known:
        turn.put(VEHICLES, state)
        await _tell_region(context, plate)
    now = await context.desk.roster(turn)
    return state_of(plate, Reader(now, context.speaker.lang, turn.at))


async def _tell_region(context: Context, plate: Plate) -> None:
    """Whoever sends the region's vehicles, or keeps them, knows what they can count on."""
    now = await context.desk.roster(context.turn)
    letters, by = Letters(context.turn, now), context.speaker.person
    region = now.company.vehicles[plate].region
    roles = [r for r, role in now.company.roles.items() if "fleet" in role.may]
    regional = [r for r in roles if now.company.roles[r].scope == "region"]
    people = dict.fromkeys(p for role in regional for p in now.holders(role, region))
    for person in people:
        if person != by:
            await letters.person(
                person,
                lambda r: Message(
                    text=say(
                        r.lang,
                        "fleet.told",
                        name=r.name(by),
                        plate=show_plate(plate),
                        state=state_of(plate, r),
                    )
                ),
                Urgency.NORMAL,
            )
