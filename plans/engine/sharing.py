"""Sharing: a step that several owners do at once, each with a call list of their own.

In: a step with `for_each` that is to begin, or whose fact has changed. Out: its parts as they
should be, as one event. Forbidden here: opening or ending the parts (see `opening`); looking
customers up again while nothing has changed: a list is as it was when the step began.
"""

from collections.abc import Iterable, Mapping

from plans import events as e
from plans.company.model import Customer
from plans.engine.deciding import Deciding
from plans.format import ForEach, part_of
from plans.incident import FactValue, Share, StepState, StepStatus
from plans.model import CustomerId, PersonId, RegionId, StepId

CALLS_LIMIT = 1000
OWNERS_LIMIT = 50

_Key = tuple[PersonId | None, RegionId]
# None: nobody knows whom to call; the owner decides.
_Lists = dict[_Key, list[CustomerId] | None]


def share(deciding: Deciding, step: StepId) -> None:
    """Make the parts what the facts say now. A part under way keeps its ticks and gets the list as
    it is now (empty: it is not needed any more); customers whom a part that is done has on its
    list are not called again; for whoever has no part under way there is a new one."""
    for_each = deciding.step(step).for_each
    if for_each is None:
        return
    wanted = _wanted(deciding, for_each)
    parts = parts_of(deciding, step)
    done = {customer for _, part in parts if _is_done(part) for customer in _calls(part)}
    lists: _Lists = {
        key: None if calls is None else [one for one in calls if one not in done]
        for key, calls in wanted.items()
    }
    shares: dict[StepId, Share] = {}
    for name, part in parts:
        if part.share is None or _is_done(part):
            continue
        calls = lists.pop((part.share.owner, part.share.region), [])
        listed = None if calls is None else tuple(calls)
        shares[name] = part.share.model_copy(update={"calls": listed})
    new = [(key, calls) for key, calls in lists.items() if calls or calls is None]
    for n, ((owner, region), calls) in enumerate(new, start=len(parts) + 1):
        listed = None if calls is None else tuple(calls)
        shares[part_of(step, n)] = Share(owner=owner, region=region, calls=listed)
    deciding.emit(
        e.StepShared(
            at=deciding.at,
            by=deciding.by,
            step=step,
            shared_for=_value(deciding, for_each),
            shares=shares,
        )
    )


def parts_of(deciding: Deciding, step: StepId) -> list[tuple[StepId, StepState]]:
    """The parts there ever were of a step, in the order they came."""
    names = (part_of(step, n) for n in range(1, deciding.state(step).parts + 1))
    return [(name, deciding.state(name)) for name in names]


def has_changed(deciding: Deciding, step: StepId) -> bool:
    """Whether the fact is another than that the step was shared for."""
    for_each = deciding.step(step).for_each
    return for_each is not None and deciding.state(step).shared_for != _value(deciding, for_each)


def all_reached(deciding: Deciding, step: StepId) -> bool:
    share = deciding.state(step).share
    return share is not None and bool(share.calls) and not share.left


def complete(deciding: Deciding, step: StepId) -> None:
    """Note that a step is done; of a part, how much of its list has been ticked: saying "all
    called" is one person's word, a tick stands for a customer."""
    share = deciding.state(step).share
    calls = share.calls if share else None
    left = len(share.left) if share else 0
    deciding.emit(
        e.StepCompleted(
            at=deciding.at,
            by=deciding.by,
            step=step,
            reached=len(calls or ()) - left,
            unreached=None if calls is None else left,
        )
    )


def _is_done(part: StepState) -> bool:
    return part.status is StepStatus.DONE


def _calls(part: StepState) -> tuple[CustomerId, ...]:
    return (part.share.calls or ()) if part.share else ()


def _value(deciding: Deciding, for_each: ForEach) -> FactValue | None:
    return deciding.incident.fact(for_each.follows or "")


def _wanted(deciding: Deciding, for_each: ForEach) -> _Lists:
    """Who is to call whom. An unknown route leaves the choice to the step's own role, in the
    incident's region; so does, for its customers, a manager who is not there any more."""
    route = _value(deciding, for_each)
    if route is None:
        return {(None, deciding.incident.region): None}
    known = deciding.roster.company.customers
    on_route = {id_: one for id_, one in known.items() if one.route == route}
    return _by_owner(deciding, dict(list(on_route.items())[:CALLS_LIMIT]))


def _by_owner(deciding: Deciding, customers: Mapping[CustomerId, Customer]) -> _Lists:
    lists: dict[_Key, list[CustomerId]] = {}
    for id_, customer in customers.items():
        key = _owner(deciding, customer)
        if key not in lists and len(lists) >= OWNERS_LIMIT:
            key = (None, deciding.incident.region)
        lists.setdefault(key, []).append(id_)
    return dict(lists.items())


def _owner(deciding: Deciding, customer: Customer) -> _Key:
    manager, roster = customer.manager, deciding.roster
    if manager is None or not roster.is_active(manager):
        return None, customer.region
    regions = [post.region for post in roster.roles_of(manager) if post.region is not None]
    return manager, _first(regions, customer.region)


def _first(regions: Iterable[RegionId], wanted: RegionId) -> RegionId:
    """The wanted one if it is among them, else the first, else the wanted one all the same."""
    found = list(regions)
    return wanted if wanted in found or not found else found[0]
