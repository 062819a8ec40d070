"""Entries of the index: what somebody or something can be found by.

In: a company. Out: one `Entry` for each person, contact, customer and vehicle. Forbidden here:
reading a query.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

from plans.company.model import VEHICLE_KINDS, Company, Post
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
    together; `digits`: numbers, each between bars."""

    kind: HitKind
    id: str
    spelt: Spelt
    words: str
    posts: tuple[str, ...]
    digits: str
    plates: tuple[Plate, ...] = field(default=())

    @property
    def text(self) -> str:
        """Everything it can be found by."""
        return f"{self.spelt.name}{self.spelt.latin}{self.words}{WORD}{self.digits}"


def entries_of(company: Company) -> Iterator[Entry]:
    """Everybody and everything that counts now, people first."""
    driven: dict[str, list[Plate]] = {}
    for plate, vehicle in company.vehicles.items():
        if vehicle.driver is not None:
            driven.setdefault(vehicle.driver, []).append(plate)
    posts = _Posts(company)
    for id_, person in company.people.items():
        if not person.retired:
            held = tuple(posts.words(post) for post in person.roles)
            own = driven.get(id_, ())
            yield _entry("person", id_, person.name, held, person.routes, person.phone, own)
    for id_, contact in company.contacts.items():
        kind = CONTACT_KIND_NAMES[contact.kind]
        words = posts.joined("contact", kind, posts.region(contact.region))
        about = (contact.organisation, contact.note)
        yield _entry("contact", id_, contact.name, (words,), about, contact.phone)
    for id_, customer in company.customers.items():
        words = posts.joined("customer", posts.region(customer.region))
        more = (customer.grade, customer.address, customer.route or "", customer.note)
        yield _entry("customer", id_, customer.name, (words,), more, customer.phone)
    for plate, vehicle in company.vehicles.items():
        spare = _SPARE if vehicle.spare else None
        kind = VEHICLE_KINDS[vehicle.kind]
        words = posts.joined("vehicle", kind, posts.region(vehicle.region), spare)
        runs = (vehicle.route or "",)
        yield _entry("vehicle", plate, plate, (words,), runs, None, (plate,))


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


def _entry(
    kind: HitKind,
    id_: str,
    name: str,
    posts: tuple[str, ...],
    more: Iterable[str],
    phone: str | None,
    plates: Iterable[Plate] = (),
) -> Entry:
    words = "".join((*posts, *(WORD + folded(word) for word in more if word)))
    digits = f"|{phone_key(phone)}|" if phone else ""
    spelt = Spelt(folded(name), "", ()) if kind == "vehicle" else _spelt(name)
    return Entry(kind, id_, spelt, words, posts, digits, tuple(plates))


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
