"""Filling in: a line of words, each to the field that it fits.

In: a draft, typed text. Out: the draft with what was recognised; what may mean several, to be
asked; words that fit nothing. Forbidden here: choosing between two meanings of a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from handlers.form.documents import Draft
from handlers.form.draft import Filled
from handlers.reporting.facts import NotRead, read_fact
from handlers.reporting.offers import Asking
from handlers.telling.happening import Reader
from plans.engine.knowing import TEXT_FACT_LIMIT
from plans.format import Asked, FieldType
from plans.incident import FactValue
from plans.model import FactName

LINE_LIMIT = 300
WORDS_LIMIT = 24
# So many words of a line are looked for among all customers; more of them are no names.
NAMES_LIMIT = 6
UNREAD_SHOWN = 60
_BETWEEN = re.compile(r"[\s,，;；、。]+")
# "9 点", "7 月 10 日", "9 am" are written together.
_SPACED = re.compile(r"([0-9]|月)\s+(?=[点时号日月]|[0-9]{1,2}\s*[日号]|[ap]m\b)", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"[0-9]+")
# "云杉20条": where nothing is put between words, digits are a word of their own.
_PARTS = re.compile(r"[0-9]+[^\W\d]?|[^0-9]+")
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
# What "by Friday" means: when the day begins; else, where that is over, when it ends.
_HOURS_OF_A_DAY = ("9:00", "18:00")


def fill_in(filled: Filled, reader: Reader, typed: str, *, heard: bool = False) -> Draft:
    """The draft with the words in their fields. What may mean several entries is asked for; other
    words go to the first empty text, or are named. `heard`: they were said before there was a form,
    and are about more than its fields."""
    line = _Line(filled, reader, _words(typed))
    line.read()
    draft, found = filled.draft, line.found
    left = "" if heard else " ".join(line.left)
    text = next((n for n in _of_type(filled, "text") if n not in filled.facts), None)
    if left and text is not None:
        found, left = {**found, text: left[:TEXT_FACT_LIMIT]}, ""
    changes: dict[str, object] = {"facts": {**draft.facts, **found}, "unread": left[:UNREAD_SHOWN]}
    changes["latest"] = next(reversed(found), draft.latest)
    changes |= {"asked": "", "offers": (), "page": 0, "pick": None, "resumed": False}
    if line.several:
        changes |= {"asked": line.several[0], "offers": line.several[1]}
    return draft.model_copy(update=changes)


def understood(filled: Filled, reader: Reader, typed: str) -> bool:
    """Whether any of the words fits a field."""
    line = _Line(filled, reader, _words(typed))
    line.read()
    return bool(line.found or line.several)


def read_moment_of_day(
    typed: str, filled: Filled, reader: Reader, name: FactName
) -> FactValue | None:
    """A moment, also a day alone."""
    asked, chooser = filled.plan.ask[name], Asking(reader, filled.draft.person).chooser
    for said in (typed, *(f"{typed} {hour}" for hour in _HOURS_OF_A_DAY)):
        value = read_fact(asked, said, chooser, reader.at)
        if not isinstance(value, NotRead):
            return value
    return None


@dataclass
class _Line:
    """Words being told apart. `several`: the first field for which a word may mean several;
    `looked_up`: which customers words mean."""

    filled: Filled
    reader: Reader
    words: list[str]
    found: dict[FactName, FactValue] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    several: tuple[FactName, tuple[str, ...]] | None = None
    looked_up: dict[str, FactValue | NotRead] = field(default_factory=dict)

    def read(self) -> None:
        at = 0
        while at < len(self.words):
            at += self._moment(at) or self._word(at)

    def _moment(self, at: int) -> int:
        """How many of the words from there on are a moment."""
        for name in self._open("time"):
            for count in range(min(_MOMENT_WORDS, len(self.words) - at), 0, -1):
                words = self.words[at : at + count]
                if any(_BARE_NUMBER.fullmatch(word) for word in words):
                    continue  # how many, rather than what o'clock
                said = " ".join(words)
                value = read_moment_of_day(said, self.filled, self.reader, name)
                if value is not None:
                    self.found[name] = value
                    return count
        return 0

    def _word(self, at: int) -> int:
        word = self.words[at]
        parts = _PARTS.findall(word)
        if len(parts) > 1 and all(self._reads(part) for part in parts):
            for part in parts:
                self._fits(part)
        elif not self._fits(word) and not self._is_unit(word):
            self.left.append(word)
        return 1

    def _reads(self, word: str) -> bool:
        """Whether the word alone fits something."""
        alone = _Line(self.filled, self.reader, [], looked_up=self.looked_up)
        return alone._fits(word)

    def _fits(self, word: str) -> bool:
        for kind in _ORDER:
            if kind == "number" and self._is_phone(word):
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

    def _read(self, name: FactName, word: str) -> FactValue | NotRead:
        asked, person = self.filled.plan.ask[name], self.filled.draft.person
        if asked.type != "customer":
            return read_fact(asked, word, Asking(self.reader, person).chooser, self.reader.at)
        if word not in self.looked_up:
            self.looked_up[word] = self._customer(asked, word)
        return self.looked_up[word]

    def _customer(self, asked: Asked, word: str) -> FactValue | NotRead:
        nobody = NotRead("report.bad_customer")
        if len(self.looked_up) >= NAMES_LIMIT:
            return nobody
        if not word.isascii() and not self._is_named(word):
            return nobody  # a region or grade names nobody
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
            names = [n for n in names if n not in self.filled.facts]
        return iter(sorted(names, key=lambda name: name in self.filled.facts))

    def _is_phone(self, word: str) -> bool:
        """The end of a number and not how many: with a nought in front."""
        return word.startswith("0") and word.isdecimal() and len(word) > 2

    def _is_unit(self, word: str) -> bool:
        return any(word == goods.unit for goods in self.filled.roster.company.goods.values())


def _of_type(filled: Filled, kind: FieldType) -> list[FactName]:
    return [name for name in filled.fields if filled.plan.ask[name].type == kind]


def _words(typed: str) -> list[str]:
    joined = _SPACED.sub(r"\1", typed[:LINE_LIMIT])
    return [word for word in _BETWEEN.split(joined) if word][:WORDS_LIMIT]
