"""The store port: what every implementation promises, in the domain's words.

In: documents (frozen pydantic models), timeline entries, deliveries, ids of inputs. Out: the same,
after they are on disk. Forbidden here: any implementation, any Telegram type, any decision.

The docstrings are the law; `tests/storage/contract.py` holds every implementation to them.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel, JsonValue

from storage.delivery import Answer, Delivery, Slot
from storage.document import Document

INDEX_VALUE = str | int | bool | None
FIND_LIMIT = 10_000
TAKEN_LIMIT = 20_000
# The kind of documents whose keys are the numbers of incidents: `Store.archive` moves one of them.
INCIDENTS_NAME = "incidents"


D = TypeVar("D", bound=BaseModel)


@dataclass(frozen=True)
class Kind(Generic[D]):
    """A collection of documents of one model.

    `key` gives the document's key (1-200 characters). `indexed` names the equality look-ups that
    `Turn.find` may use. `due` says when the clock must look at the document next, or None.
    """

    name: str
    model: type[D]
    key: Callable[[D], str]
    indexed: Mapping[str, Callable[[D], INDEX_VALUE]] = field(default_factory=dict)
    due: Callable[[D], datetime | None] | None = None


class Entry(Document):
    """One line of an incident's timeline. `n` counts from 1 without holes; append-only."""

    incident: int
    n: int
    at: datetime
    event: dict[str, JsonValue]


@dataclass(frozen=True)
class Due:
    """A document whose time has come: look at it with a turn."""

    kind: str
    key: str
    at: datetime


@dataclass(frozen=True)
class Commit:
    """What a commit brought, told to listeners after it is durable."""

    deliveries: tuple[Delivery, ...]
    answers: tuple[Answer, ...]
    due_changed: bool


DELIVERIES = Kind(
    "deliveries",
    Delivery,
    key=lambda d: d.id,
    indexed={"state": lambda d: d.state.value, "incident": lambda d: d.incident},
)
SLOTS = Kind(
    "slots",
    Slot,
    key=lambda s: s.slot,
    indexed={"chat": lambda s: s.chat, "incident": lambda s: s.incident},
)


class Conflict(Exception):
    """Another turn changed what this one had read: nothing was committed; take the input again."""


class StoreFailed(Exception):
    """A write or an fsync failed: durability cannot be promised any more; the process must end."""


class Damaged(Exception):
    """A file is damaged where repair would mean guessing. The message names file and byte."""


class Turn(Protocol):
    """One read-decide-commit. Reads see this turn's own writes.

    Turns are serialisable: their effect is as if they ran one after another. After the
    `async with` block ends without an exception everything put, remembered and delivered, and the
    input's id, is on disk as one unit; when it ends with one, nothing of it is there.
    """

    @property
    def at(self) -> datetime:
        """The turn's time, UTC."""
        ...

    @property
    def already_taken(self) -> bool:
        """True when a turn with the same input id has been committed (of the last TAKEN_LIMIT)."""
        ...

    async def get(self, kind: Kind[D], key: str) -> D | None:
        """The document under the key, or None."""
        ...

    async def find(
        self, kind: Kind[D], *, limit: int = FIND_LIMIT, **equal: INDEX_VALUE
    ) -> list[D]:
        """Documents whose indexed values equal the given ones, in the order of their first put.

        Cost grows with the answer, not with the collection. No names: the whole collection.
        ValueError: a name not in `kind.indexed`, or a limit outside 1 to FIND_LIMIT.
        """
        ...

    def version(self, kind: Kind[D]) -> int:
        """A number that names the collection's present content as this turn sees it, for whoever
        keeps what was made of it: never the same for two contents, be it in two stores of one
        process, and that of a turn that failed is never given again. Cost does not depend on the
        collection.
        """
        ...

    def changed(self, kind: Kind[D], since: int) -> Sequence[str] | None:
        """Keys of what has been put since the content had that `version`, as this turn sees it,
        each once. None where that is not known, and all has to be read: something was removed,
        more was put than is kept track of, or `since` is of a turn with changes of its own. Cost
        does not depend on the collection.
        """
        ...

    def has_changed(self, kind: Kind[D]) -> bool:
        """Whether this turn has put or removed anything in the collection."""
        ...

    def put(self, kind: Kind[D], document: D) -> None:
        """Store the document under its key, replacing what was there in its place.

        ValueError: what was written could not be read back. TypeError: another kind's model.
        """
        ...

    def remove(self, kind: Kind[D], key: str) -> None:
        """Forget the document; no error when it is not there."""
        ...

    async def next_number(self, counter: str) -> int:
        """1, 2, 3 ... for each counter; a number of a turn that failed is given again."""
        ...

    def remember(self, entry: Entry) -> None:
        """Append to the incident's timeline.

        ValueError at commit: `n` is not the next number of that incident's timeline.
        """
        ...

    async def timeline(self, incident: int) -> list[Entry]:
        """The incident's entries in order."""
        ...

    def deliver(self, delivery: Delivery) -> None:
        """Add a delivery to make: stored with the commit, told to listeners after it.

        ValueError: a delivery with this id is there already.
        """
        ...

    def answer(self, answer: Answer) -> None:
        """An answer to a button press: told to listeners after the commit, never stored."""
        ...


class Store(Protocol):
    """Where Muster remembers. Opened by `async with`; closing finishes what was begun."""

    def turn(
        self, input_id: str | None = None, *, at: datetime
    ) -> AbstractAsyncContextManager[Turn]:
        """A turn for one input (id of 1-200 characters; None: not remembered).

        Conflict: see there. StoreFailed: nothing more can be committed. A turn in which nothing
        was put, remembered, delivered or answered and no input id was given costs no commit; it
        still ends only when all that it could have read is on disk. RuntimeError: a turn inside
        a turn of the same task.
        """
        ...

    def listen(self, listener: Callable[[Commit], None]) -> None:
        """Call the listener after every commit that had deliveries, answers or changed due times.

        Called in commit order, in the event loop; it must not block or raise.
        """
        ...

    async def earliest_due(self) -> datetime | None:
        """When the next document is due over all kinds with a `due`, or None."""
        ...

    async def due(self, at: datetime, limit: int = 100) -> list[Due]:
        """Documents due at or before `at`, earliest first."""
        ...

    async def archive(self, incident: int, *, at: datetime) -> None:
        """Move a closed incident (document, timeline, deliveries, slots) out of the working set.

        ValueError: there is no such incident, or one of its deliveries is not over (`is_over`).
        """
        ...

    async def archived(self, incident: int) -> Mapping[str, JsonValue] | None:
        """An archived incident as `{"incident": ..., "timeline": [...], "deliveries": [...]}`."""
        ...

    async def keep_file(self, content: bytes) -> str:
        """Keep a file; returns its sha-256 in hex. The same content is kept once.

        ValueError: over the size bound, or the folder's bound is reached.
        """
        ...

    async def file(self, sha256: str) -> bytes | None:
        """The kept file, or None."""
        ...

    async def forget_file(self, sha256: str) -> None:
        """Keep the file no longer; no error when it is not there. OSError: it is still kept."""
        ...
