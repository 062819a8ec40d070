"""Who is there now, whom to tell next, which spare to send. See the modules for each."""

from plans.roster.absence import may_enter_duty, may_roster, parse_span, parse_until
from plans.roster.coverage import Cover, Missing, cover, coverage, left_open
from plans.roster.guides import GuideOffer, guides
from plans.roster.ladder import Rung, ladder
from plans.roster.roster import CanBeTold, Roster
from plans.roster.spares import SpareOffer, spares
from plans.roster.states import GroupState, PersonState, Shift
from plans.roster.stores import StoreOffer, stores

__all__ = [
    "CanBeTold",
    "Cover",
    "GroupState",
    "GuideOffer",
    "Missing",
    "PersonState",
    "Roster",
    "Rung",
    "Shift",
    "SpareOffer",
    "StoreOffer",
    "cover",
    "coverage",
    "guides",
    "ladder",
    "left_open",
    "may_enter_duty",
    "may_roster",
    "parse_span",
    "parse_until",
    "spares",
    "stores",
]
