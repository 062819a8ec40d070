"""Who is there now, whom to tell next, which spare to send. See the modules for each."""

from plans.roster.ladder import Rung, ladder
from plans.roster.roster import CanBeTold, Roster
from plans.roster.spares import SpareOffer, spares
from plans.roster.states import GroupState, PersonState, Shift

__all__ = [
    "CanBeTold",
    "GroupState",
    "PersonState",
    "Roster",
    "Rung",
    "Shift",
    "SpareOffer",
    "ladder",
    "spares",
]
