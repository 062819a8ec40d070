"""The fleet in words: which vehicle is ready, and where the nearest spare is.

In: the roster's vehicles, who reads. Out: lines. Forbidden here: changing a vehicle's state.
"""

from handlers.catalogue import Html, plain, say
from handlers.telling.happening import Reader
from plans.company.model import VEHICLE_KINDS
from plans.model import RegionId
from plans.plate import Plate, show_plate
from plans.roster import spares

SPARES_SHOWN = 6


def spares_overview(region: RegionId, reader: Reader) -> list[Html]:
    """The region's own spares and, where none of them is free, the nearest that is."""
    vehicles = reader.roster.company.vehicles.items()
    own = [plate for plate, v in vehicles if v.spare and v.region == region]
    lines = [vehicle_line(plate, reader) for plate in own[:SPARES_SHOWN]]
    if not any(reader.roster.vehicle_state(plate).free for plate in own):
        lines.append(_nearest(region, reader))
    return lines


def vehicle_line(plate: Plate, reader: Reader) -> Html:
    """Plate, type, spare or not, and how it stands."""
    vehicle, lang = reader.roster.company.vehicles[plate], reader.lang
    kind = VEHICLE_KINDS[vehicle.kind].in_(lang)
    return say(
        lang,
        "fleet.line",
        mark=_mark(plate, reader),
        plate=show_plate(plate),
        kind=kind,
        spare=say(lang, "fleet.spare") if vehicle.spare else "",
        driver=f" {reader.name(vehicle.driver)}" if vehicle.driver else "",
        state=state_of(plate, reader),
    )


def _mark(plate: Plate, reader: Reader) -> str:
    state = reader.roster.vehicle_state(plate)
    if state.down_in is not None or not state.ready:
        return "🔴"
    return "🟡" if state.promised_to is not None else "🟢"


def state_of(plate: Plate, reader: Reader) -> Html:
    """Broken down, sent out, not ready (and why), or ready."""
    state, lang = reader.roster.vehicle_state(plate), reader.lang
    if state.down_in is not None:
        return say(lang, "fleet.down", number=state.down_in)
    if state.promised_to is not None:
        return say(lang, "fleet.sent", number=state.promised_to)
    if state.ready:
        return say(lang, "fleet.ready")
    note = plain(f"：{state.note}" if lang == "zh" else f": {state.note}") if state.note else ""
    return say(lang, "fleet.not_ready", note=note)


def _nearest(region: RegionId, reader: Reader) -> Html:
    """Whom to ask for the nearest spare that is free."""
    lang, roster = reader.lang, reader.roster
    offer = next(iter(spares(roster, region)), None)
    if offer is None:
        return say(lang, "fleet.none_anywhere")
    km = offer.distance_km
    return say(
        lang,
        "fleet.nearest",
        plate=show_plate(offer.plate),
        region=reader.region(offer.region),
        distance="" if km is None else say(lang, "cards.km", km=round(km)),
        driver=f"{reader.name(offer.driver)} {reader.phone(offer.driver)}" if offer.driver else "",
    )
