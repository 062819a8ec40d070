"""What registration keeps: half-filled forms, applications, the first administrator's code.

In: nothing. Out: `Kind`s for the store port. Forbidden here: reading or writing them.
"""

from datetime import datetime, timedelta
from typing import Literal

from pydantic import Field

from plans.company import DepartmentId, PersonId, Post, RoleId
from plans.text import Lang
from storage.document import Document
from storage.port import Kind

POSTS_LIMIT = 10
CANDIDATES_LIMIT = 8
TRIES_LIMIT = 20
REASON_LIMIT = 200
APPLICATIONS_KEPT = timedelta(days=365)

Stage = Literal["phone", "confirm", "name", "department", "role", "region", "review"]
# match: somebody in the register, by phone. new: somebody who is not. account: somebody in the
# register who has another account. phone: a member's new number.
Asking = Literal["match", "new", "account", "phone"]


class Visit(Document):
    """A form that somebody unknown is filling in. `person`: whom the phone belongs to in the
    register; `claiming`: the code of the first administrator's was right."""

    telegram: int
    lang: Lang
    stage: Stage = "phone"
    phone: str = ""
    name: str = ""
    person: PersonId | None = None
    department: DepartmentId | None = None
    role: RoleId | None = None
    posts: tuple[Post, ...] = Field(default=(), max_length=POSTS_LIMIT)
    claiming: bool = False


class Application(Document):
    """What an administrator is asked to decide. `telegram_name`: as the account calls itself;
    `candidates`: whom the phone could belong to, when it is more than one; `before`: the number
    that a new one is to replace; `reason`: one of the usual ones, or as typed. Forgotten
    APPLICATIONS_KEPT after the decision."""

    number: int
    telegram: int
    telegram_name: str
    lang: Lang
    asking: Asking
    name: str
    phone: str
    before: str = ""
    person: PersonId | None = None
    candidates: tuple[PersonId, ...] = Field(default=(), max_length=CANDIDATES_LIMIT)
    posts: tuple[Post, ...] = Field(default=(), max_length=POSTS_LIMIT)
    state: Literal["waiting", "approved", "rejected", "withdrawn"] = "waiting"
    at: datetime
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    reason: str = Field(default="", max_length=REASON_LIMIT)

    def due_next(self) -> datetime | None:
        """When it is to be forgotten; None while it waits."""
        return None if self.decided_at is None else self.decided_at + APPLICATIONS_KEPT


class Try(Document):
    """A wrong code: whose, and when."""

    telegram: int
    at: datetime


class Claim(Document):
    """The one-time code of the first administrator, as a hash (None: there is none to be used),
    and the wrong ones of late."""

    id: Literal["claim"] = "claim"
    code_hash: str | None = None
    tries: tuple[Try, ...] = Field(default=(), max_length=TRIES_LIMIT)


VISITS = Kind("visits", Visit, key=lambda v: str(v.telegram))
APPLICATIONS = Kind(
    "applications",
    Application,
    key=lambda a: str(a.number),
    indexed={"state": lambda a: a.state, "telegram": lambda a: a.telegram},
    due=Application.due_next,
)
CLAIM = Kind("claim", Claim, key=lambda c: c.id)
