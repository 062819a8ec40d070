"""What is said of one entry: in a list, and on its card.

In: an entry, a reader. Out: lines of Telegram HTML; numbers on lines of their own, which phones
offer to call. Forbidden here: choosing what is shown.
"""

from handlers.catalogue import Html, plain, say
from handlers.registration.words import posts_in_words
from handlers.telling.happening import Reader
from plans.company import VEHICLE_KINDS, Contact, Customer, Person, Vehicle
from plans.directory import Hit
from plans.plate import show_plate
from plans.tables.fields import CONTACT_KIND_NAMES

BLOCK_LIMIT = 450
POSTS_LIMIT = 300


def block_of(hit: Hit, reader: Reader) -> Html:
    """An entry in a list, of which eight fit into a message: what is long is for its card."""
    lines = lines_of(hit, reader)
    whole = Html("\n".join(lines))
    return whole if len(whole) <= BLOCK_LIMIT else Html("\n".join(lines[:2]))


def lines_of(hit: Hit, reader: Reader) -> list[Html]:
    """Two or three lines; none for what is not there any more."""
    company = reader.roster.company
    match hit.kind:
        case "person":
            return person_lines(hit.id, company.people.get(hit.id), reader)
        case "contact":
            return contact_lines(company.contacts.get(hit.id), reader)
        case "customer":
            return customer_lines(company.customers.get(hit.id), reader)
        case "vehicle":
            return vehicle_lines(hit.id, company.vehicles.get(hit.id), reader)


def label_of(hit: Hit, reader: Reader) -> str:
    """For a button."""
    company = reader.roster.company
    match hit.kind:
        case "person":
            return reader.name_and_role(hit.id)
        case "contact":
            contact = company.contacts[hit.id]
            return f"{contact.name} · {CONTACT_KIND_NAMES[contact.kind].in_(reader.lang)}"
        case "customer":
            customer = company.customers[hit.id]
            return f"{customer.name} · {reader.region(customer.region)}"
        case "vehicle":
            return show_plate(hit.id)


def person_lines(id_: str, person: Person | None, reader: Reader) -> list[Html]:
    if person is None or person.retired:
        return []
    posts = posts_in_words(reader, person.roles)[:POSTS_LIMIT]
    lines = [say(reader.lang, "directory.person_line", name=person.name, posts=posts)]
    lines += [plain(person.phone)] if person.phone else []
    return [*lines, *_presence(id_, reader)]


def _presence(id_: str, reader: Reader) -> list[Html]:
    """Away, with whoever answers; or on duty by the rota."""
    roster, at, lang = reader.roster, reader.at, reader.lang
    state = roster.state(id_)
    if state is not None and state.is_away(at):
        until = reader.time(state.away_until) if state.away_until else ""
        lines = [say(lang, "directory.away_until" if until else "directory.away", until=until)]
        stand_in = roster.stand_in_of(id_, at)
        if stand_in is not None:
            lines.append(say(lang, "directory.stand_in", name=reader.name(stand_in)))
            lines.append(plain(reader.phone(stand_in)))
        return [line for line in lines if line]
    return [say(lang, "directory.on_duty")] if roster.is_on_shift(id_, at) else []


def contact_lines(contact: Contact | None, reader: Reader) -> list[Html]:
    if contact is None:
        return []
    parts = [CONTACT_KIND_NAMES[contact.kind].in_(reader.lang), contact.organisation]
    parts += [reader.region(contact.region)] if contact.region else []
    lines = [_headline(contact.name, parts, reader), plain(contact.phone)]
    backup = reader.roster.company.contacts.get(contact.backup or "")
    if backup is not None:
        lines.append(say(reader.lang, "directory.backup", name=backup.name))
        lines.append(plain(backup.phone))
    return [*lines, *([plain(contact.note)] if contact.note else [])]


def customer_lines(customer: Customer | None, reader: Reader) -> list[Html]:
    if customer is None:
        return []
    parts = [customer.grade, reader.region(customer.region), customer.route or ""]
    lines = [_headline(customer.name, parts, reader)]
    lines += [plain(customer.phone)] if customer.phone else []
    lines += [plain(customer.address)] if customer.address else []
    if customer.manager is not None:
        name = reader.name(customer.manager)
        lines.append(say(reader.lang, "directory.manager", name=name))
        lines += [plain(phone)] if (phone := reader.phone(customer.manager)) else []
    return [*lines, *([plain(customer.note)] if customer.note else [])]


def vehicle_lines(plate: str, vehicle: Vehicle | None, reader: Reader) -> list[Html]:
    if vehicle is None:
        return []
    parts = [VEHICLE_KINDS[vehicle.kind].in_(reader.lang), reader.region(vehicle.region)]
    parts += [say(reader.lang, "directory.spare")] if vehicle.spare else []
    parts += [vehicle.route] if vehicle.route else []
    lines = [_headline(show_plate(plate), parts, reader)]
    if vehicle.driver is not None:
        lines.append(say(reader.lang, "directory.driver", name=reader.name(vehicle.driver)))
        lines += [plain(phone)] if (phone := reader.phone(vehicle.driver)) else []
    return lines


def _headline(name: str, parts: list[str], reader: Reader) -> Html:
    about = " · ".join(part for part in parts if part)
    return say(reader.lang, "directory.headline", name=name, about=about)
