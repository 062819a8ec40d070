"""Found: people somebody means by a name, a plate or the last digits of a phone.

In: typed words and the roster. Out: persons, the best first, at most FOUND_LIMIT. Forbidden here:
asking (whoever typed chooses by a button).
"""

import unicodedata

from handlers.buttons import person_mark
from handlers.telling.happening import Reader
from plans.model import PersonId
from plans.plate import match_plates
from plans.roster import Roster

FOUND_LIMIT = 50
TYPED_LIMIT = 60
DIGITS_NEEDED = 4


def people_meant(roster: Roster, typed: str) -> list[PersonId]:
    """By name (whole, then beginning, then anywhere in it), by plate the driver, by the last four
    or more digits of the phone."""
    text = unicodedata.normalize("NFKC", typed).strip()[:TYPED_LIMIT]
    if not text:
        return []
    company = roster.company
    drivers = (company.vehicles[p].driver for p in match_plates(text, company.vehicles))
    found = [driver for driver in drivers if driver is not None]
    found += _by_name(roster, text.casefold())
    digits = "".join(c for c in text if c.isdecimal())
    if len(digits) >= DIGITS_NEEDED and len(digits) >= len(text) - 4:
        found += [p for p, known in company.people.items() if _ends(known.phone, digits)]
    return [p for p in dict.fromkeys(found) if roster.is_active(p)][:FOUND_LIMIT]


def _by_name(roster: Roster, text: str) -> list[PersonId]:
    names = {p: known.name.casefold() for p, known in roster.company.people.items()}
    hits = [p for p, name in names.items() if text in name]
    return sorted(hits, key=lambda p: (names[p] != text, not names[p].startswith(text)))


def _ends(phone: str | None, digits: str) -> bool:
    return phone is not None and "".join(c for c in phone if c.isdecimal()).endswith(digits)


def person_of(roster: Roster, mark: str) -> PersonId | None:
    """The person whose mark a button carried; nobody for somebody who is gone by now."""
    found = (p for p in roster.company.people if person_mark(p) == mark)
    return next((p for p in found if roster.is_active(p)), None)


def told_apart(reader: Reader, person: PersonId) -> str:
    """For a button: name, role, region; two of one name differ in these or in their phones."""
    posts = reader.roster.roles_of(person)
    words = [reader.name(person)]
    if posts:
        words.append(reader.role(posts[0].role))
        words += [reader.region(posts[0].region)] if posts[0].region else []
    names = [known.name for known in reader.roster.company.people.values()]
    if names.count(reader.name(person)) > 1 and reader.phone(person):
        words.append(reader.phone(person)[-4:])
    return " · ".join(words)
