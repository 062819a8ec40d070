"""Picks: which of an owner's steps somebody is about to give away.

In: nothing. Out: a kind of document, one for each who reassigns. Forbidden here: acting on it.
"""

from typing import Annotated

from pydantic import Field

from plans.model import PersonId, StepId
from storage.document import Document
from storage.port import Kind


class Picks(Document):
    """The steps of `owner`, as incident and step, that `commander` has ticked."""

    commander: PersonId
    owner: PersonId
    picked: Annotated[tuple[tuple[int, StepId], ...], Field(max_length=20)]


PICKS = Kind("picks", Picks, key=lambda p: p.commander)
