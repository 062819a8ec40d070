"""Wanted: that an incident still has questions to be asked. In: nothing. Out: a kind of document.
Forbidden here: asking (see `wanting`)."""

from datetime import datetime

from storage.document import Document
from storage.port import Kind


class Wanted(Document):
    """An incident whose questions are to be asked at `at`."""

    incident: int
    at: datetime


WANTED = Kind("wanted", Wanted, key=lambda w: str(w.incident), due=lambda w: w.at)
