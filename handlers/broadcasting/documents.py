"""Broadcasts kept: drafts, what was sent, and how far it has come with each reader.

In: nothing. Out: kinds of documents. Forbidden here: acting on them.

A broadcast's readers stand in parts of about a hundred, so that a confirmation writes little
however many there are.
"""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from plans.broadcast import Choice, Reader
from plans.model import GroupId, PersonId, StepId
from plans.text import Lang
from storage.document import Document
from storage.port import Kind

# With head and foot it stays below Telegram's 4096 also as two languages, one after the other.
WORDS_LIMIT = 3_000
OPEN_FOR = timedelta(days=3)
KEPT_FOR = timedelta(days=60)

CastKind = Literal["warning", "notice", "correction", "all_clear"]
Words = Annotated[str, StringConstraints(max_length=WORDS_LIMIT)]


class CastDraft(Document):
    """A broadcast that somebody is putting together: one of their own, one for each step that they
    are to send, one for each that follows another. `screen`: its number, which its buttons carry.
    `same_as`: for exactly those who were sent that one. `about`: the one that it
    corrects, ends, or takes the place of; where `choice` says who reads it, also for its readers.
    `incident`, `step`: the step that is done by sending it; the plan has chosen `choice` then, and
    `worded` names what the incident's facts made of its words at `worded_at`."""

    by: PersonId
    screen: int
    kind: CastKind = "notice"
    choice: Choice = Choice()
    same_as: int | None = None
    about: int | None = None
    zh: Words = ""
    en: Words = ""
    confirm: bool = True
    chase_s: int | None = None
    incident: int | None = None
    step: StepId = ""
    worded: str = ""
    worded_at: datetime | None = None

    @property
    def is_own(self) -> bool:
        """Begun by its writer, who chooses the readers."""
        return self.incident is None and self.same_as is None

    @property
    def subject(self) -> str:
        """What it is for: nobody has two drafts of one subject. Empty for their own."""
        if self.incident is not None:
            return f"{self.incident}/{self.step}"
        return "" if self.same_as is None else f"{self.kind}/{self.same_as}"

    def words(self, lang: Lang) -> str:
        """In that language, or else in the other."""
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)


class Cast(Document):
    """A broadcast that was sent. `choice` is None where a plan chose the audience. `round`: 1 while
    it is sent, more while those who have not confirmed are asked again, by itself `chases` times;
    `told`: nobody is asked by itself any more, since who is missing was told, or another one has
    taken its place. `groups_out`: to so many of its groups it has gone; `group_sizes` are its
    readers in each, `group_counts` those shown as confirmed. `tallied`: what its incident was
    told last. Looked at again at `look_at`."""

    number: int
    kind: CastKind
    by: PersonId
    at: datetime
    zh: Words = ""
    en: Words = ""
    choice: Choice | None = None
    about: int | None = None
    confirm: bool = True
    chase_s: int | None = None
    groups: tuple[GroupId, ...] = Field(default=(), max_length=500)
    groups_out: int = 0
    group_sizes: tuple[int, ...] = ()
    group_counts: tuple[int, ...] = ()
    parts: int = 1
    round: int = 1
    chases: int = 0
    chased_at: datetime | None = None
    told: bool = False
    over: bool = False
    incident: int | None = None
    step: StepId = ""
    tallied: tuple[int, ...] = ()
    tallied_at: datetime | None = None
    shown: str = ""
    shown_at: datetime | None = None
    look_at: datetime | None = None

    def words(self, lang: Lang) -> str:
        """In that language, or else in the other."""
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)


class CastPart(Document):
    """Some of a broadcast's readers."""

    cast: int
    n: int
    readers: dict[PersonId, Reader]


def draft_key(draft: CastDraft) -> str:
    """Under which a draft is kept."""
    return f"{draft.by}/{draft.subject}" if draft.subject else draft.by


DRAFTS = Kind("broadcast_drafts", CastDraft, key=draft_key, indexed={"by": lambda d: d.by})
CASTS = Kind(
    "broadcasts",
    Cast,
    key=lambda c: str(c.number),
    indexed={"by": lambda c: c.by},
    due=lambda c: c.look_at,
)
PARTS = Kind(
    "broadcast_parts",
    CastPart,
    key=lambda p: f"{p.cast}/{p.n}",
    indexed={"cast": lambda p: p.cast},
)
CAST_KINDS = (DRAFTS, CASTS, PARTS)
