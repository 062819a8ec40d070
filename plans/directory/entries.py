"""Entries of the index: what somebody or something can be found by.

In: a company, and the entries of the one before it. Out: one `Entry` for each person, contact,
customer and vehicle; whatever has not changed has its old one. Forbidden here: reading a query.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

from plans.company.model import (
    VEHICLE_KINDS,
    Company,
    Contact,
    Customer,
    Person,
    Post,
    Vehicle,
)
from plans.directory.pinyin import spellings
from plans.phone import phone_key
from plans.plate import Plate
from plans.tables.fields import CONTACT_KIND_NAMES, folded
from plans.text import Text

HitKind = Literal["person", "contact", "customer", "vehicle"]

# Between the things an entry is found by; nobody types these.
WORD: Final = "\x01"
INITIALS: Final = "\x02"
_NAMES_KEPT: Final = 40_000


@dataclass(frozen=True, slots=True)
class Spelt:
    """A name as it is compared: in latin letters from every syllable on, each after WORD, and its
    initials after INITIALS; `whole` the spellings of the whole name."""

    name: str
    latin: str
    whole: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """`words`: roles, regions, organisation ... each after WORD; `posts` those of one post
    together; `digits`: numbers, each between bars; `text`: everything it can be found by; `of`:
    what stands in the company."""

    kind: HitKind
    id: str
    of: object
    spelt: Spelt
    words: str
    posts: tuple[str, ...]
    digits: str
    text: str
    plates: tuple[Plate, ...]


Known = Mapping[tuple[HitKind, str], Entry]


def entries_of(company: Company, known: Known) -> Iterator[Entry]:
    """Everybody and everything that counts now, people first. `known`: entries of a company with
    the same roles and regions."""
    driven: dict[str, list[Plate]] = {}
    for plate, vehicle in company.vehicles.items():
        if vehicle.driver is not None:
            driven.setdefault(vehicle.driver, []).append(plate)
    posts = _Posts(company)
    for id_, person in company.people.items():
        if not person.retired:
            own = tuple(driven.get(id_, ()))
            kept = _kept(known, "person", id_, person, own)
            yield kept or _person(posts, id_, person, own)
    for id_, contact in company.contacts.items():
        yield _kept(known, "contact", id_, contact) or _contact(posts, id_, contact)
    for id_, customer in company.customers.items():
        yield _kept(known, "customer", id_, customer) or _customer(posts, id_, customer)
    for plate, vehicle in company.vehicles.items():
        kept = _kept(known, "vehicle", plate, vehicle, (plate,))
        yield kept or _vehicle(posts, plate, vehicle)


def _kept(
    known: Known, kind: HitKind, id_: str, of: object, plates: tuple[Plate, ...] = ()
) -> Entry | None:
    entry = known.get((kind, id_))
    return entry if entry and entry.of is of and entry.plates == plates else None


_SPARE: Final = Text(zh="备用车", en="spare")
_DEPUTY: Final = Text(zh="副手", en="deputy")


@dataclass
class _Posts:
    """The words of posts; most people share theirs with many others."""

    company: Company
    known: dict[tuple[object, ...], str] = field(default_factory=dict)

    def words(self, post: Post) -> str:
        role = self.company.roles.get(post.role)
        deputy = _DEPUTY if post.rank == "deputy" else None
        return self.joined(role.name if role else None, self.region(post.region), deputy)

    def region(self, region: str | None) -> Text | None:
        known = self.company.regions.get(region or "")
        return known.name if known else None

    def joined(self, *names: Text | str | None) -> str:
        key = tuple(id(name) for name in names)
        if key not in self.known:
            self.known[key] = "".join(_words_of(n) for n in names if isinstance(n, Text))
        return self.known[key]


def _words_of(name: Text) -> str:
    spelt = dict.fromkeys((folded(name.zh), folded(name.en), *name.en.casefold().split()))
    return "".join(WORD + word for word in spelt)


def _person(posts: _Posts, id_: str, person: Person, plates: tuple[Plate, ...]) -> Entry:
    held = tuple(posts.words(post) for post in person.roles)
    return _entry("person", id_, person, person.name, held, person.routes, person.phone, plates)


def _contact(posts: _Posts, id_: str, contact: Contact) -> Entry:
    kind = CONTACT_KIND_NAMES[contact.kind]
    words = posts.joined("contact", kind, posts.region(contact.region))
    about = (contact.organisation, contact.note)
    return _entry("contact", id_, contact, contact.name, (words,), about, contact.phone)


def _customer(posts: _Posts, id_: str, customer: Customer) -> Entry:
    words = posts.joined("customer", posts.region(customer.region))
    more = (customer.grade, customer.address, customer.route or "", customer.note)
    return _entry("customer", id_, customer, customer.name, (words,), more, customer.phone)


def _vehicle(posts: _Posts, plate: Plate, vehicle: Vehicle) -> Entry:
    spare = _SPARE if vehicle.spare else None
    words = posts.joined(
        "vehicle", VEHICLE_KINDS[vehicle.kind], posts.region(vehicle.region), spare
    )
    runs = (vehicle.route or "",)
    return _entry("vehicle", plate, vehicle, plate, (words,), runs, None, (plate,))


def _entry(
    kind: HitKind,
    id_: str,
    of: object,
    name: str,
    posts: tuple[str, ...],
    more: Iterable[str],
    phone: str | None,
    plates: tuple[Plate, ...] = (),
) -> Entry:
    words = "".join((*posts, *(WORD + folded(word) for word in more if word)))
    digits = f"|{phone_key(phone)}|" if phone else ""
    spelt = Spelt(folded(name), "", ()) if kind == "vehicle" else _spelt(name)
    text = f"{spelt.name}{spelt.latin}{words}{WORD}{digits}"
    return Entry(kind, id_, of, spelt, words, posts, digits, text, plates)


@lru_cache(_NAMES_KEPT)
def _spelt(name: str) -> Spelt:
    latin: dict[str, None] = {}
    readings = spellings(name)
    for reading in readings:
        for at in range(len(reading)):
            latin[WORD + "".join(reading[at:])] = None
        latin[INITIALS + "".join(syllable[0] for syllable in reading)] = None
    whole = tuple(dict.fromkeys("".join(reading) for reading in readings))
    return Spelt(folded(name), "".join(latin), whole)
