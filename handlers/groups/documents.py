"""What is kept of groups that no department has, and of those who bring the bot into them.

In: nothing. Out: `Kind`s for the store port. Forbidden here: reading or writing them.
"""

from datetime import datetime, timedelta
from typing import Literal

from plans.company import PersonId
from storage.document import Document
from storage.port import Kind

BOUND_WITHIN = timedelta(days=3)


class Unbound(Document):
    """A group the bot is in and that is nobody's yet. `by` brought it there, None for an
    administrator of the group who hides their name; at `leave_at` the bot goes."""

    chat: int
    title: str
    by: PersonId | None = None
    leave_at: datetime | None = None


class Strays(Document):
    """Into how many groups strangers have brought the bot."""

    id: Literal["strays"] = "strays"
    count: int = 0


UNBOUND = Kind("unbound_groups", Unbound, key=lambda u: str(u.chat), due=lambda u: u.leave_at)
STRAYS = Kind("stray_groups", Strays, key=lambda s: s.id)
