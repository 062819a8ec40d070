"""Orders kept: a draft while somebody writes one, and which orders somebody has given.

In: nothing. Out: kinds of documents. Forbidden here: acting on them.
"""

from datetime import datetime

from plans.model import PersonId, RegionId, RoleId
from storage.document import Document
from storage.port import Kind


class OrderDraft(Document):
    """An order that is being written: whom for, what, about which incident."""

    by: PersonId
    role: RoleId | None = None
    region: RegionId | None = None
    person: PersonId | None = None
    text: str = ""
    about: int | None = None


class Order(Document):
    """An order given: the incident that carries it."""

    incident: int
    by: PersonId
    at: datetime


ORDER_DRAFTS = Kind("order_drafts", OrderDraft, key=lambda d: d.by)
ORDERS = Kind("orders", Order, key=lambda o: str(o.incident), indexed={"by": lambda o: o.by})
