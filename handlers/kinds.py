"""Every kind of document there is, for whoever opens the store.

In: the modules that define them. Out: `KINDS`. Forbidden here: defining one.
"""

from handlers.awaited import AWAITED
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
from handlers.menus import MENUS
from handlers.duty.documents import DUTY_KINDS
from handlers.registers import REGISTERS
from handlers.telling.quiet import AWAKE, HELD_LETTERS
from handlers.registration.documents import APPLICATIONS, CLAIM, VISITS
from handlers.said import SAID
from handlers.wanted import WANTED
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
    AWAITED,
    LIVE_PLACES,
    SAID,
    MENUS,
    BOARDS,
    EVIDENCE,
    WANTED,
    STRANGERS,
    VISITS,
    APPLICATIONS,
    CLAIM,
    PARKED,
    ARCHIVED,
    DELIVERIES,
    SLOTS,
)
