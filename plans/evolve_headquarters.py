"""Headquarters: fold one event about the command of an incident into its state.

In: the headquarters as it stands (None: there is none) and an event about it. Out: the one after
it. Forbidden here: anything else of the incident (see `evolve`).
"""

from typing import Any, assert_never

from plans import events as e
from plans.incident import HeadquartersState

HeadquartersEvent = (
    e.HeadquartersSet
    | e.CommanderSought
    | e.CommanderFound
    | e.CommanderAuthorised
    | e.CommanderRelieved
    | e.CommandNoted
    | e.HeadquartersStoodDown
)


def headquarters_after(
    known: HeadquartersState | None, event: HeadquartersEvent
) -> HeadquartersState | None:
    """The headquarters after the event; None when there is none any more."""
    if isinstance(event, e.HeadquartersSet):
        return HeadquartersState(
            since=event.at,
            chief=event.chief,
            deputy=event.deputy,
            noted=event.noted,
            seek_at=event.seek_at,
        )
    if known is None or isinstance(event, e.HeadquartersStoodDown):
        return None
    return known.model_copy(update=_changes(known, event))


def _changes(known: HeadquartersState, event: HeadquartersEvent) -> dict[str, Any]:
    match event:
        case e.CommanderSought():
            return {
                "gap": event.gap,
                "asked": event.asked,
                "told": tuple(dict.fromkeys((*known.told, *event.asked, *event.told))),
                "seeks": known.seeks + 1,
                "sought_since": (event.again and known.sought_since) or event.at,
                "seek_at": event.seek_at,
            }
        case e.CommanderFound():
            return {**_SETTLED, "seek_at": event.seek_at}
        case e.CommanderAuthorised():
            acting = {"acting": event.person, "authorised_by": event.by, "chief": None}
            return {**_SETTLED, **acting, "deputy": None, "noted": False, "seek_at": event.seek_at}
        case e.CommanderRelieved():
            chief = {"chief": event.to, "deputy": event.deputy, "noted": event.to is not None}
            return {**_SETTLED, **chief, "acting": None, "authorised_by": None}
        case e.CommandNoted():
            return {**_SETTLED, "noted": True}
        case e.HeadquartersSet() | e.HeadquartersStoodDown():
            return {}
        case _:
            assert_never(event)


# Nobody is sought.
_SETTLED: dict[str, Any] = {
    "gap": None,
    "asked": (),
    "told": (),
    "seeks": 0,
    "sought_since": None,
    "seek_at": None,
}
