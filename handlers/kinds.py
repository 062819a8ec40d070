"""Every kind of document there is, for whoever opens the store.

In: the modules that define them. Out: `KINDS`. Forbidden here: defining one.
"""

from handlers.areas.documents import AREA_PICKS
from handlers.awaited import AWAITED, SET_ASIDE
from handlers.broadcasting.documents import CAST_KINDS
from handlers.broadcasting.filing import CAST_LISTS
from handlers.directing.handovers import HANDOVERS
from handlers.directing.orders import ORDER_DRAFTS, ORDERS
from handlers.directing.picks import PICKS
from handlers.directory.documents import DIRECTORY_KINDS
from handlers.documents import (
    ARCHIVED,
    BOARDS,
    CONVERSATIONS,
    EVIDENCE,
    GROUPS,
    INCIDENTS,
    LIVE_PLACES,
    PARKED,
    PEOPLE,
    PLANS,
    SHIFTS,
    STRANGERS,
    VEHICLES,
)
from handlers.duty.documents import DUTY_KINDS
from handlers.form.documents import DRAFTS
from handlers.groups.documents import STRAYS, UNBOUND
from handlers.incidents.follow_ups import FOLLOW_UPS
from handlers.menus import MENUS
from handlers.records.change_log import CHANGE_LOGS
from handlers.records.registers import REGISTERS
from handlers.registration.documents import APPLICATIONS, CLAIM, VISITS
from handlers.reporting.chosen import RECENT
from handlers.reporting.joining import PROPOSALS
from handlers.reporting.said import SAID
from handlers.reporting.wanted import WANTED
from handlers.routines.documents import CALENDAR_TOLD, ROUTINES
from handlers.steps.call_sheets import CALL_SHEETS
from handlers.stores.documents import STOCK
from handlers.telling.bundles import BUNDLES
from handlers.telling.quiet import AWAKE, HELD_LETTERS
from storage.port import DELIVERIES, SLOTS

KINDS = (
    INCIDENTS,
    PEOPLE,
    GROUPS,
    VEHICLES,
    SHIFTS,
    *REGISTERS,
    *DUTY_KINDS,
    AWAKE,
    HELD_LETTERS,
    PLANS,
    CONVERSATIONS,
    DRAFTS,
    RECENT,
    AWAITED,
    SET_ASIDE,
    AREA_PICKS,
    CALL_SHEETS,
    PICKS,
    HANDOVERS,
    ORDER_DRAFTS,
    ORDERS,
    *CAST_KINDS,
    CAST_LISTS,
    BUNDLES,
    LIVE_PLACES,
    SAID,
    MENUS,
    BOARDS,
    EVIDENCE,
    *DIRECTORY_KINDS,
    STOCK,
    CHANGE_LOGS,
    WANTED,
    FOLLOW_UPS,
    PROPOSALS,
    ROUTINES,
    CALENDAR_TOLD,
    STRANGERS,
    VISITS,
    APPLICATIONS,
    CLAIM,
    UNBOUND,
    STRAYS,
    PARKED,
    ARCHIVED,
    DELIVERIES,
    SLOTS,
)
