"""Around a step: what its owner needs to know to do it.

In: an incident, a step, who reads. Out: lines: the place, what is promised, the facts the plan
shows, the contact outside the company. Forbidden here: what the step itself is and by when.
"""

from collections.abc import Iterator

from handlers.catalogue import Html, plain, say
from handlers.command.lines import commander_lines
from handlers.telling.decisions import deciding_lines
from handlers.telling.fleet import spares_overview
from handlers.telling.happening import Reader
from handlers.telling.kin import child_line
from handlers.telling.stock import kept_line, stock_overview
from plans.company import ContactKind
from plans.company.contacts import contact_for
from plans.company.model import VEHICLE_KINDS, Contact
from plans.format import Plan
from plans.incident import NONE, Incident, PersonPromise, Promise, StockPromise
from plans.model import FactName, PersonId, StepId
from plans.plate import show_plate

WHO_ENTERS_SHOWN = 2


def around(plan: Plan, incident: Incident, step: StepId, reader: Reader) -> Html:
    """All of it, each on a line of its own after a line break; empty when there is nothing."""
    plan_step, place = plan.step(step), incident.place()
    lines = [say(reader.lang, "cards.place", place=reader.place(place))] if place else []
    lines += _reporter(incident, step, reader)
    owner, allocate = plan_step.owner, plan_step.allocate
    concerned = {owner.driver_of, owner.person_of, owner.region_of, plan_step.uses}
    concerned |= {allocate.as_} if allocate else set()
    for fact, promise in incident.promises.items():
        # Whoever is to guide knows their own name.
        if fact in concerned and fact != owner.person_of:
            lines.append(promise_line(promise, reader))
    lines += deciding_lines(plan, incident, step, reader)
    lines += _facts(plan, incident, plan_step.show, reader)
    if plan_step.contact is not None:
        lines += contact_lines(plan_step.contact, incident.region, reader)
    if plan_step.overview == "spares":
        lines += spares_overview(incident.region, reader)
    if plan_step.overview == "stock":
        lines += stock_overview(plan, incident, reader)
    if incident.steps[step].is_called_for:
        lines.append(child_line(incident.steps[step], reader))
    lines += commander_lines(incident, reader)
    return Html("".join(f"\n{line}" for line in lines))


def _reporter(incident: Incident, step: StepId, reader: Reader) -> Iterator[Html]:
    """Whom to phone on the spot: whoever reported, unless the step is theirs; above a call list
    the number would be taken for a customer's."""
    state, reporter = incident.steps[step], incident.reporter
    theirs = reporter in (state.taken_by, *state.asked) or state.share is not None
    if not incident.routine and not theirs and reader.phone(reporter):
        yield phone_line(reader, reporter)


def phone_line(reader: Reader, person: PersonId) -> Html:
    """Name and number; Telegram makes the number tap-to-call."""
    return say(reader.lang, "steps.phone", name=reader.name(person), phone=reader.phone(person))


def promise_line(promise: Promise, reader: Reader) -> Html:
    """The vehicle with whoever brings it, the person, or the goods and where they lie."""
    if isinstance(promise, StockPromise):
        return kept_line(promise, reader)
    if isinstance(promise, PersonPromise):
        return say(
            reader.lang,
            "guides.promised",
            name=reader.name_and_role(promise.person),
            region=reader.region(promise.region),
            phone=reader.phone(promise.person),
        )
    km = promise.distance_km
    return say(
        reader.lang,
        "steps.promised",
        plate=show_plate(promise.plate),
        region=reader.region(promise.region),
        distance="" if km is None else say(reader.lang, "cards.km", km=round(km)),
        driver=_named(reader, promise.driver),
    )


def _named(reader: Reader, person: PersonId | None) -> str:
    return f"{reader.name(person)} {reader.phone(person)}" if person else ""


def _facts(
    plan: Plan, incident: Incident, names: tuple[FactName, ...], reader: Reader
) -> Iterator[Html]:
    """The facts a step shows, of a vehicle with its type, which one has to name on the phone."""
    for name in names:
        value, asked = incident.fact(name), plan.known().get(name)
        if value is None or value == NONE:
            continue
        vehicle = reader.roster.company.vehicles.get(str(value))
        kind = VEHICLE_KINDS[vehicle.kind].in_(reader.lang) if vehicle else ""
        what = asked.called(reader.lang) if asked else name
        shown = reader.about(incident).brief_fact(plan, name, value)
        yield say(
            reader.lang,
            "guides.fact",
            what=what,
            value=shown,
            kind=plain(f" {kind}" if kind else ""),
        )


def contact_lines(kind: ContactKind, region: str, reader: Reader) -> Iterator[Html]:
    """Whom to phone outside the company, and whom if they do not answer; or who could enter it."""
    found = contact_for(reader.roster.company, kind, region)
    word = say(reader.lang, f"contacts.{kind}")
    if found is None:
        who = reader.names(reader.roster.administrators()[:WHO_ENTERS_SHOWN])
        yield say(reader.lang, "contacts.missing", kind=word, who=who)
        return
    contact, backup = found
    yield say(reader.lang, "contacts.line", kind=word, **_of(contact))
    if backup is not None:
        yield say(reader.lang, "contacts.backup", **_of(backup))


def _of(contact: Contact) -> dict[str, object]:
    organisation = f" {contact.organisation}" if contact.organisation else ""
    return {"name": contact.name, "organisation": organisation, "phone": contact.phone}
