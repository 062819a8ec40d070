"""What a form keeps: the draft.

In: nothing. Out: a kind of document. Forbidden here: acting on them.
"""

from datetime import datetime, timedelta
from typing import Literal

from pydantic import Field

from handlers.areas.picking import Pick
from plans.incident import FactValue
from plans.model import FactName, PersonId
from storage.document import Document
from storage.port import Kind

# A form that nobody touches is recalled once, then given up.
NUDGE_AFTER = timedelta(minutes=10)
GIVEN_UP_AFTER = timedelta(days=1)
# For so long what is typed is meant for the form.
HEARS_FOR = timedelta(minutes=30)


class Photo(Document):
    """A picture that answers a question: what kind of file, and what was written under it."""

    media: Literal["photo", "document"]
    caption: str = ""


class Unfit(Document):
    """Words that cannot be an answer, the key of why not, and the unit that it may be about."""

    words: str
    why: str
    unit: str = ""


class Intended(Document):
    """The form that somebody opened while another was under way, with what they typed for it."""

    plan: str
    words: str = ""
    reporter: PersonId | None = None
    reporter_name: str = ""


class Draft(Document):
    """A request that somebody is filling in, one a person; it does not hold up their reports.

    `number` tells it from drafts before it; `plan` is its plan's id. `asked` is the field whose
    answers are shown ("": all fields), with `offers` that typed words may mean, the `page` of a
    long list, the area being ticked (`pick`). `unread` are words that nothing was made of, `unfit`
    those of which it is known why; `latest` is the field that the person answered last. `resumed`:
    it was opened again. `then` is what they opened meanwhile. `sent_as`: the incident it has
    become. `refused`: the gate it met.
    """

    person: PersonId
    number: int
    plan: str
    chat: int
    facts: dict[FactName, FactValue] = Field(default_factory=dict)
    photos: dict[FactName, Photo] = Field(default_factory=dict)
    reporter: PersonId | None = None
    reporter_name: str = ""
    asked: FactName = ""
    offers: tuple[str, ...] = ()
    page: int = 0
    pick: Pick | None = None
    unread: str = ""
    unfit: Unfit | None = None
    latest: FactName = ""
    refused: str = ""
    resumed: bool = False
    then: Intended | None = None
    shown_at: datetime
    changed_at: datetime
    nudged: bool = False
    due_at: datetime | None = None
    sent_as: int | None = None

    @property
    def intended(self) -> Intended:
        """What it was opened for."""
        return Intended(plan=self.plan, reporter=self.reporter, reporter_name=self.reporter_name)


DRAFTS = Kind("drafts", Draft, key=lambda d: d.person, due=lambda d: d.due_at)
