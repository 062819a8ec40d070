"""Finding: a query against everybody and everything in the directory, best first.

In: a company, what was typed. Out: hits. Forbidden here: who may see them; time (who is on duty).
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from plans.company.model import Company
from plans.directory.entries import INITIALS, WORD, Entry, HitKind, Known, entries_of
from plans.directory.query import Query, Term, TermKind, read_query
from plans.phone import phone_key
from plans.plate import match_plates
from plans.tables.fields import folded

HITS_LIMIT: Final = 200
LOOKED_AT: Final = 400
_END: Final = "\x03"
_DEPUTY: Final = WORD + "deputy"
_SHORTEST_DIGITS: Final = 3
_SHORTEST_WITH_SLIP: Final = 4
EVERYTHING: Final[frozenset[HitKind]] = frozenset(("person", "contact", "customer", "vehicle"))


@dataclass(frozen=True)
class Hit:
    """`score` orders the hits; nothing else is to be read from it."""

    kind: HitKind
    id: str
    score: int


class Directory:
    """An index of one company as it is. Made after another one it is spared everything that has
    not changed since: a changed entry costs that entry."""

    def __init__(self, company: Company, before: "Directory | None" = None) -> None:
        self.company = company
        self._entries = tuple(entries_of(company, before.known_in(company) if before else {}))
        # All of it in one string: looking through that is much quicker than entry by entry.
        texts = [_END + entry.text for entry in self._entries]
        self._starts = list(accumulate(map(len, texts), initial=0))
        self._text = "".join(texts)

    def known_in(self, company: Company) -> Known:
        """The entries that hold for whatever has not changed in that company, either."""
        here = self.company
        if company.roles != here.roles or company.regions != here.regions:
            return {}
        return {(entry.kind, entry.id): entry for entry in self._entries}

    def find(self, typed: str, kinds: Collection[HitKind] = EVERYTHING) -> tuple[Hit, ...]:
        """At most HITS_LIMIT, best first; people before others of the same score."""
        query = read_query(typed)
        if not query.terms:
            return ()
        found = (
            self._by_plate(typed, query)
            or self._matching(query)
            or self._matching(self._split(query))
            or self._with_a_slip(query)
        )
        wanted = [hit for hit in found if hit.kind in kinds]
        return tuple(sorted(wanted, key=lambda hit: -hit.score)[:HITS_LIMIT])

    def _matching(self, query: Query) -> list[Hit]:
        latin = [term.text for term in query.terms if term.kind == "latin"]
        if len(latin) > 1 and len(latin) == len(query.terms):
            joined = Query(query.text, (Term("latin", "".join(latin)),))
            if hits := self._all_terms(joined):
                return hits
        return self._all_terms(query)

    def _all_terms(self, query: Query) -> list[Hit]:
        """Those whom every term fits, of the first LOOKED_AT that they might."""
        rarest = min(query.terms, key=self._count)
        others = [_patterns(term) for term in query.terms if term is not rarest]
        places = {place for pattern in _patterns(rarest) for place in self._with(pattern, others)}
        scored = (
            (self._entries[place], _score(self._entries[place], query)) for place in sorted(places)
        )
        return [Hit(entry.kind, entry.id, score) for entry, score in scored if score]

    def _count(self, term: Term) -> int:
        return sum(self._text.count(pattern) for pattern in _patterns(term))

    def _with(self, pattern: str, others: list[tuple[str, ...]]) -> list[int]:
        """Places of the first LOOKED_AT entries that have the pattern somewhere, and one of each
        of the others."""
        text, starts = self._text, self._starts
        found: list[int] = []
        at = text.find(pattern)
        while at >= 0 and len(found) < LOOKED_AT:
            place = bisect_right(starts, at) - 1
            start, end = starts[place], starts[place + 1]
            if all(any(text.find(p, start, end) >= 0 for p in patterns) for patterns in others):
                found.append(place)
            at = text.find(pattern, end)
        return found

    def _by_plate(self, typed: str, query: Query) -> list[Hit]:
        plates = set(match_plates(typed, self.company.vehicles))
        if not plates:
            return []
        hits = [Hit(e.kind, e.id, 95) for e in self._entries if not plates.isdisjoint(e.plates)]
        if not typed.strip().isdecimal():
            return hits
        # A tail of digits may as well be a phone's.
        known = {(hit.kind, hit.id) for hit in hits}
        return [*hits, *(h for h in self._matching(query) if (h.kind, h.id) not in known)]

    def _split(self, query: Query) -> Query:
        """东区调度 as 东区 and 调度."""
        terms: list[Term] = []
        for term in query.terms:
            region = next((r for r in self._regions if _at_an_end(term.text, r)), None)
            if region is None or term.kind != "chinese":
                terms.append(term)
                continue
            begins = term.text.startswith(region)
            rest = term.text.removeprefix(region) if begins else term.text.removesuffix(region)
            terms += [Term("chinese", region), Term("chinese", rest.strip("的"))]
        return Query(query.text, tuple(term for term in terms if term.text))

    def _with_a_slip(self, query: Query) -> list[Hit]:
        """Names that are one letter away from what was typed in latin letters."""
        typed = "".join(term.text for term in query.terms)
        if len(typed) < _SHORTEST_WITH_SLIP or any(t.kind != "latin" for t in query.terms):
            return []
        first, last, least, most = typed[0], typed[-1], len(typed) - 1, len(typed) + 1
        return [
            Hit(entry.kind, entry.id, 40)
            for entry in self._entries
            for whole in entry.spelt.whole
            # One slip leaves the first or the last letter as it is.
            if least <= len(whole) <= most
            and (whole[0] == first or whole[-1] == last)
            and one_slip_apart(typed, whole)
        ]

    @cached_property
    def _regions(self) -> tuple[str, ...]:
        """Names of regions, also without the sign for region, the longest first."""
        names = {folded(region.name.zh) for region in self.company.regions.values()}
        names |= {name[:-1] for name in names if len(name) > 2 and name[-1] in "区县市"}
        return tuple(sorted(names, key=len, reverse=True))


_last: "list[Directory]" = []


def directory_of(company: Company) -> Directory:
    """The index of this company; the one last made when it is the same company, or made after
    that one."""
    if not _last or _last[0].company is not company:
        _last[:] = [Directory(company, *_last)]
    return _last[0]


def _at_an_end(text: str, region: str) -> bool:
    return text != region and (text.startswith(region) or text.endswith(region))


def _patterns(term: Term) -> tuple[str, ...]:
    """What an entry's text holds that the term fits."""
    if term.kind == "latin":
        return WORD + term.text, INITIALS + term.text
    if term.kind == "digits":
        return tuple(dict.fromkeys((term.text, phone_key(term.text) or term.text)))
    return (term.text,)


def _score(entry: Entry, query: Query) -> int:
    """0 unless every term fits; the name itself is best, then the mean of the terms, more when one
    post has them all."""
    name, text = entry.spelt.name, query.text
    if name == text:
        return 100
    if len(text) > 1 and name.startswith(text):
        return 90
    scores = [_SCORES[term.kind](entry, term.text) for term in query.terms]
    if not all(scores):
        return 0
    several = len(scores) > 1
    together = several and any(all(t.text in post for t in query.terms) for post in entry.posts)
    return sum(scores) // len(scores) + (5 if together else 0)


def _chinese_score(entry: Entry, text: str) -> int:
    return 80 if text in entry.spelt.name else _words_score(entry, text)


def _words_score(entry: Entry, text: str) -> int:
    if text not in entry.words:
        return 0
    posts = [post for post in entry.posts if text in post]
    return 55 if posts and all(_DEPUTY in post for post in posts) else 60


def _latin_score(entry: Entry, text: str) -> int:
    if text in entry.spelt.whole:
        return 88
    at = entry.spelt.latin.find(WORD + text)
    if at >= 0:
        return 80 if at == 0 else 66
    if len(text) > 1 and INITIALS + text in entry.spelt.latin:
        return 70
    return _words_score(entry, WORD + text)


def _digits_score(entry: Entry, text: str) -> int:
    digits = phone_key(text) or text
    if len(digits) < _SHORTEST_DIGITS or digits not in entry.digits:
        return 85 if text in entry.spelt.name else _words_score(entry, text)
    return 90 if f"{digits}|" in entry.digits else 75


_SCORES: Final[Mapping[TermKind, Callable[[Entry, str], int]]] = {
    "chinese": _chinese_score,
    "latin": _latin_score,
    "digits": _digits_score,
}


def one_slip_apart(one: str, other: str) -> bool:
    """One letter put in, left out, or another; or two neighbours exchanged."""
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = long[at : at + 2][::-1] + long[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or short[at:] == swapped
