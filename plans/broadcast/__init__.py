"""Broadcasts: one wording to many. In: a roster and a choice. Out: who reads it, and how far it
has come with each of them. Forbidden here: wording, sending."""

from plans.broadcast.audience import PEOPLE_LIMIT, Audience, Choice, audience, insiders
from plans.broadcast.reach import Reach, may_look_after, reach
from plans.broadcast.readers import (
    A_PART,
    ROUNDS_LIMIT,
    Reader,
    Tally,
    beginning,
    confirmed,
    part_of,
    parts_for,
    tally,
)

__all__ = [
    "A_PART",
    "PEOPLE_LIMIT",
    "ROUNDS_LIMIT",
    "Audience",
    "Choice",
    "Reach",
    "Reader",
    "Tally",
    "audience",
    "beginning",
    "confirmed",
    "insiders",
    "may_look_after",
    "part_of",
    "parts_for",
    "reach",
    "tally",
]
