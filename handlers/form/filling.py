"""Filling in: a line of words, each to the field that it fits.

In: a draft, typed text. Out: the draft with what was recognised; what may mean several, to be
asked; words that fit nothing. Forbidden here: choosing between two meanings of a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from handlers.areas import Pick
from handlers.areas.parts import Part, area_of
from handlers.areas.reading import is_whole, named_in_line
from handlers.form.documents import Draft, Unfit
from handlers.form.draft import Filled
from handlers.reporting.facts import NotRead, number_of, read_fact, unit_of, units_of
from handlers.reporting.offers import Asking
from handlers.telling.happening import Reader
from plans.amount import MEASURES, NUMERALS, Amount, read_bare_amount
from plans.engine.knowing import TEXT_FACT_LIMIT
from plans.format import Asked, FieldType
from plans.incident import FactValue
from plans.model import FactName

LINE_LIMIT = 300
WORDS_LIMIT = 24
# So many words of a line are looked for among all customers; more of them are no names.
NAMES_LIMIT = 6
UNREAD_SHOWN = 60
PARTS_LIMIT = 6
_BETWEEN = re.compile(r"[\s,，;；、。]+")
# "9 点", "7 月 10 日", "9 am" are written together.
_SPACED = re.compile(r"([0-9]|月)\s+(?=[点时号日月]|[0-9]{1,2}\s*[日号]|[ap]m\b)", re.IGNORECASE)
# "1,000" and "1 000" are one number.
_THOUSANDS = re.compile(r"(?<!\d)(\d{1,3})((?:[,，]\d{3})+|(?: 000)+)(?!\d)")
_BARE_NUMBER = re.compile(r"[0-9]+")
# "云杉20条", "云杉三十条": where nothing is put between words, a number is a word of its own.
_MEASURED = "[百千万]?(?:%s)?"
_PARTS = (rf"[0-9]+{_MEASURED}|[^0-9]+", rf"[0-9{NUMERALS}]+{_MEASURED}|[^0-9{NUMERALS}]+")
_GLUED = re.compile(r"[0-9][a-z]", re.IGNORECASE)
# Where no time is asked for, "3-5" may be anything.
_IS_A_TIME = re.compile(r"[月日号点时年天周昨晚早:：]|[0-9]{4}|[a-z]{3}", re.IGNORECASE)
_NUMERAL = re.compile(f"[0-9{NUMERALS}]")
# A word is tried as these in turn; what is most particular comes first. Yes and no, durations and
# places fit too much that means something else: they are only understood where they are asked for.
_ORDER: tuple[FieldType, ...] = (
    "level",
    "choice",
    "time",
    "number",
    "goods",
    "vehicle",
    "route",
    "customer",
)
# "明天 上午 9点" is one answer.
_MOMENT_WORDS = 3
# "North East", "whole company"
_AREA_WORDS = 3
# What "by Friday" means: when the day begins; else, where that is over, when it ends.
_HOURS_OF_A_DAY = ("9:00", "18:00")


def fill_in(filled: Filled, reader: Reader, typed: str, *, heard: bool = False) -> Draft:
    """The draft with the words in their fields. What may mean several entries is asked for; other
    words go to the first empty text, or are named. `heard`: they were said before there was a form,
    and are about more than its fields."""
    line = _read_line(filled, reader, typed)
    draft, found, unfit = filled.draft, line.found, None if heard else line.unfit
    left = "" if heard else " ".join(line.left)
    text = next((n for n in _of_type(filled, "text") if n not in filled.facts), None)
    if draft.asked in found and _NUMERAL.search(left):
        # Half of an answer would be another one.
        found, left, text = {n: v for n, v in found.items() if n != draft.asked}, typed, None
    if left and text is not None:
        found, left = {**found, text: left[:TEXT_FACT_LIMIT]}, ""
    changes: dict[str, object] = {"facts": {**draft.facts, **found}, "unread": left[:UNREAD_SHOWN]}
    changes |= {"latest": next(reversed(found), draft.latest), "unfit": unfit}
    changes |= {"asked": "", "offers": (), "page": 0, "pick": None, "resumed": False}
    if line.several:
        name, offers = line.several
        is_area = filled.plan.ask[name].type == "area"
        changes |= {"asked": name, "offers": () if is_area else offers}
        changes["pick"] = Pick.among(offers) if is_area else None
    return draft.model_copy(update=changes)


def understood(filled: Filled, reader: Reader, typed: str) -> bool:
    """Whether any of the words fits a field."""
    line = _read_line(filled, reader, typed)
    return bool(line.found or line.several)


def not_understood(filled: Filled, reader: Reader, typed: str) -> Draft:
    """The draft still asking, with words that fit nothing, and why not as far as it is known."""
    asked, words = filled.plan.ask[filled.draft.asked], typed[:UNREAD_SHOWN]
    unfit = _read_line(filled, reader, typed).unfit
    if unfit is None and asked.type == "number" and _NUMERAL.search(words):
        unfit = Unfit(words=words, why="report.bad_number")
    changes = {"unread": "" if unfit else words, "unfit": unfit}
    return filled.draft.model_copy(update=changes)


def read_moment_of_day(
    typed: str, filled: Filled, reader: Reader, name: FactName
) -> FactValue | NotRead:
    """A moment, also a day alone."""
    asked, chooser = filled.plan.ask[name], Asking(reader, filled.draft.person).chooser
    why = NotRead("report.bad_time")
    for said in (typed, *(f"{typed} {hour}" for hour in _HOURS_OF_A_DAY)):
        value = read_fact(asked, said, chooser, reader.at)
        if not isinstance(value, NotRead):
            return value
        why = why if value.key == "report.bad_time" else value
    return why


@dataclass
class _Line:
    """Words being told apart. `several`: the first field for which a word may mean several;
    `unfit`: the last words of which it is known why they fit nothing; `amounts`: the numbers as
    they were typed; `looked_up`: which customers words mean; `parts`: the regions and routes
    named so far."""

    filled: Filled
    reader: Reader
    words: list[str]
    found: dict[FactName, FactValue] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    several: tuple[FactName, tuple[str, ...]] | None = None
    parts: dict[FactName, tuple[Part, ...]] = field(default_factory=dict)
    unfit: Unfit | None = None
    amounts: dict[FactName, tuple[str, Amount]] = field(default_factory=dict)
    looked_up: dict[str, FactValue | NotRead] = field(default_factory=dict)

    def read(self) -> None:
        at = 0
        while at < len(self.words):
            at += self._moment(at) or self._area(at) or self._word(at)
        # The goods may be named behind how many there are of them.
        for name, (word, amount) in self.amounts.items():
            if not self._counts(name, word, amount):
                del self.found[name]

    def _moment(self, at: int) -> int:
        """How many of the words from there on are a moment."""
        for name in self._open("time"):
            for count in range(min(_MOMENT_WORDS, len(self.words) - at), 0, -1):
                words = self.words[at : at + count]
                if any(_BARE_NUMBER.fullmatch(word) for word in words):
                    continue  # how many, rather than what o'clock
                said = " ".join(words)
                value = read_moment_of_day(said, self.filled, self.reader, name)
                if not isinstance(value, NotRead):
                    self.found[name] = value
                    return count
                if value.key != "report.bad_time" and self._is_a_time(name, said):
                    self.unfit = Unfit(words=said[:UNREAD_SHOWN], why=value.key)
                    return count
        return 0

    def _is_a_time(self, name: FactName, said: str) -> bool:
        asked = self.filled.draft.asked
        return asked == name or (not asked and _IS_A_TIME.search(said) is not None)

    def _area(self, at: int) -> int:
        """How many of the words from there on name regions or routes; those of one line are one
        area, also with other words between them."""
        name = next(iter((*self.parts, *self._open("area"))), None)
        for count in range(min(_AREA_WORDS, len(self.words) - at), 0, -1) if name else ():
            said = " ".join(self.words[at : at + count])
            meant = named_in_line(said, self.filled.roster.company)
            if name is None or not meant:
                continue
            if len(meant) > 1 and not is_whole(said):
                self.several = self.several or (name, tuple(one.mark for one in meant))
            else:
                parts = dict.fromkeys((*self.parts.get(name, ()), *meant))
                self.parts[name] = tuple(parts)
                self.found[name] = area_of(tuple(parts))
            return count
        return 0

    def _word(self, at: int) -> int:
        word = self.words[at]
        if not self._fits(word) and not self._splits(word):
            self.left.append(word)
        return 1

    def _splits(self, word: str) -> bool:
        """Whether all parts of it, written together, fit something."""
        units = "|".join(map(re.escape, sorted(self.units, key=len, reverse=True)))
        for pattern in () if _GLUED.search(word) else _PARTS:
            parts = re.findall(pattern % units, word)
            if len(parts) < 2 or len(parts) > PARTS_LIMIT:
                continue
            tried = replace(self, found={**self.found}, amounts={**self.amounts})
            if all(tried._fits(part) for part in parts):
                self.found, self.amounts = tried.found, tried.amounts
                self.several, self.unfit = tried.several, tried.unfit
                return True
        return False

    def _fits(self, word: str) -> bool:
        for kind in _ORDER:
            if kind == "number":
                if self._is_number(word):
                    return True
                continue
            for name in self._open(kind):
                value = self._read(name, word)
                if not isinstance(value, NotRead):
                    self.found[name] = value
                    return True
                if value.offers and self.several is None and kind in ("customer", "goods"):
                    self.several = (name, value.offers)
                    return True
        return False

    def _is_number(self, word: str) -> bool:
        """Whether it says how many; also where it cannot be as many as that."""
        amount = None if self._is_phone(word) else read_bare_amount(word, self.units)
        name = next(self._open("number"), None)
        if amount is None or name is None:
            return False
        if self._counts(name, word, amount):
            self.found[name], self.amounts[name] = amount.count, (word, amount)
        return True

    def _counts(self, name: FactName, word: str, amount: Amount) -> bool:
        """Whether the number is counted as the goods are; if not, it is known why."""
        known = {**self.filled.facts, **self.found}
        company = self.filled.roster.company
        value = number_of(amount, unit_of(self.filled.plan.ask[name], known.get, company))
        if isinstance(value, NotRead):
            self.unfit = Unfit(words=word[:UNREAD_SHOWN], why=value.key, unit=value.unit)
        return not isinstance(value, NotRead)

    @property
    def units(self) -> frozenset[str]:
        return units_of(self.filled.roster.company) | MEASURES

    def _read(self, name: FactName, word: str) -> FactValue | NotRead:
        asked, person = self.filled.plan.ask[name], self.filled.draft.person
        if asked.type != "customer":
            return read_fact(asked, word, Asking(self.reader, person).chooser, self.reader.at)
        if not word.isascii() and not self._is_named(word):
            return NotRead("report.bad_customer")  # a region or grade names nobody
        if word not in self.looked_up:
            self.looked_up[word] = self._customer(asked, word)
        return self.looked_up[word]

    def _customer(self, asked: Asked, word: str) -> FactValue | NotRead:
        if len(self.looked_up) >= NAMES_LIMIT:
            return NotRead("report.bad_customer")
        chooser = Asking(self.reader, self.filled.draft.person).chooser
        return read_fact(asked, word, chooser, self.reader.at)

    def _is_named(self, word: str) -> bool:
        customers = self.filled.roster.company.customers.values()
        return any(word in customer.name for customer in customers)

    def _open(self, kind: FieldType) -> Iterator[FactName]:
        """Fields of the type that this line has not answered; those still empty first. While one is
        asked for, what is said fills in no other anew: a slip would change another answer."""
        names = [n for n in _of_type(self.filled, kind) if n not in self.found]
        if self.filled.draft.asked:
            names = [n for n in names if n not in self.filled.facts or n == self.filled.draft.asked]
        return iter(sorted(names, key=lambda name: name in self.filled.facts))

    def _is_phone(self, word: str) -> bool:
        """The end of a number and not how many: with a nought in front."""
        return word.startswith("0") and word.isdecimal() and len(word) > 2


def _of_type(filled: Filled, kind: FieldType) -> list[FactName]:
    return [name for name in filled.fields if filled.plan.ask[name].type == kind]


def _read_line(filled: Filled, reader: Reader, typed: str) -> _Line:
    line = _Line(filled, reader, [])
    line.words = _words(typed, line.units)
    line.read()
    return line


def _words(typed: str, units: frozenset[str]) -> list[str]:
    joined = _SPACED.sub(r"\1", typed[:LINE_LIMIT])
    joined = _THOUSANDS.sub(lambda found: re.sub(r"\D", "", found[0]), joined)
    known = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
    joined = re.sub(rf"(?<=[\d{NUMERALS}])\s+(?=(?:{known})(?:{_BETWEEN.pattern}|$))", "", joined)
    return [word for word in _BETWEEN.split(joined) if word][:WORDS_LIMIT]
