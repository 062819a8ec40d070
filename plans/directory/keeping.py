"""Which entries nobody has checked for too long, and whose it is to check them.

In: a roster, a day, the day since which entries count that were never checked. Out: stale entries
by keeper. Forbidden here: telling anybody; the time of day.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final, Literal

from plans.company.ids import PersonId, RegionId
from plans.company.model import Company
from plans.roster.roster import Roster

StaleKind = Literal["person", "contact", "customer"]
# Makers are spoken to regularly, not only looked up.
CALLED_EVERY: Final = timedelta(days=30)


@dataclass(frozen=True)
class Stale:
    """An entry to be checked. `call`: to be spoken to, not only looked at."""

    kind: StaleKind
    id: str
    call: bool = False


def stale_entries(
    roster: Roster, today: date, since: date, at: datetime
) -> Mapping[PersonId, tuple[Stale, ...]]:
    """What is to be checked by each keeper, in the register's order. People check what stands
    about themselves; who has no account is left out, since nobody could ask them."""
    found: dict[PersonId, list[Stale]] = {}
    over = cache(lambda region: _over(roster, region, at))
    for entry in _stale(roster.company, today, since):
        keeper = _keeper_of(roster, entry, at, over)
        if keeper is not None:
            found.setdefault(keeper, []).append(entry)
    return {keeper: tuple(entries) for keeper, entries in found.items()}


def _keeper_of(
    roster: Roster, entry: Stale, at: datetime, over: Callable[[RegionId | None], PersonId | None]
) -> PersonId | None:
    """Who checks the entry; None when there is nobody who could be asked."""
    company = roster.company
    if entry.kind == "person":
        state = roster.state(entry.id)
        return entry.id if state is not None and state.telegram is not None else None
    if entry.kind == "customer":
        customer = company.customers[entry.id]
        if customer.manager is not None and _reachable(roster, customer.manager, at):
            return customer.manager
        return over(customer.region)
    return over(company.contacts[entry.id].region)


def _stale(company: Company, today: date, since: date) -> Iterator[Stale]:
    after = timedelta(days=company.stale_after_days)
    for id_, customer in company.customers.items():
        if today - (customer.checked or since) > after:
            yield Stale("customer", id_)
    for id_, contact in company.contacts.items():
        call = contact.kind == "manufacturer"
        if today - (contact.checked or since) > (min(CALLED_EVERY, after) if call else after):
            yield Stale("contact", id_, call)
    for id_, person in company.people.items():
        if not person.retired and today - (person.checked or since) > after:
            yield Stale("person", id_)


def _over(roster: Roster, region: RegionId | None, at: datetime) -> PersonId | None:
    """Whoever is over the work with customers in the region, nearest to them first; else an
    administrator."""
    roles = [
        id_
        for id_, role in roster.company.roles.items()
        if role.scope == "region" and {"customers", "duty"} <= role.may
    ]
    held = [p for role in reversed(roles) for p in roster.holders(role, region)] if region else []
    candidates = [*held, *roster.administrators()]
    return next((p for p in candidates if _reachable(roster, p, at)), None)


def _reachable(roster: Roster, person: PersonId, at: datetime) -> bool:
    return roster.can_be_told(person, at) in ("yes", "away")
