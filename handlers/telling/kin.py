"""Kin: what an incident's cards say of the one that called for it, and of those it called for.

In: an incident and who reads. Out: lines for cards. Forbidden here: starting or ending anything.
"""

from typing import assert_never

from handlers.catalogue import Html, say
from handlers.telling.happening import Reader
from plans import events as e
from plans.incident import Incident, StepState


def parent_lines(incident: Incident, reader: Reader) -> list[Html]:
    """Which incident called for this one, if any."""
    parent = incident.parent
    if parent is None:
        return []
    key = "parent_ended" if parent.ended and incident.is_open else "parent"
    return [_kin(reader, key, parent.number, parent.title.in_(reader.lang))]


def child_line(state: StepState, reader: Reader, *, brief: bool = False) -> Html:
    """By which incident the step is being done; empty when by none."""
    child = state.child
    if child is None or not state.is_called_for:
        return Html("")
    key = "by_child_brief" if brief else "by_child"
    return _kin(reader, key, child.number, child.title.in_(reader.lang))


def open_children(incident: Incident, reader: Reader) -> list[Html]:
    """What goes on after an incident has ended."""
    children = [state.child for state in incident.steps.values() if state.child is not None]
    return [
        _kin(reader, "still_open", child.number, child.title.in_(reader.lang))
        for child in children
        if child.status == "open"
    ]


def _kin(reader: Reader, key: str, number: int, title: str) -> Html:
    return say(reader.lang, f"calls.{key}", number=number, title=title)


def kin_history(event: e.ChildLinked | e.ChildEnded | e.ParentEnded, reader: Reader) -> Html:
    """One line of the timeline."""
    match event:
        case e.ChildLinked():
            return _kin(reader, "history_linked", event.number, event.title.in_(reader.lang))
        case e.ChildEnded():
            return _kin(reader, f"history_{event.status}", event.number, "")
        case e.ParentEnded():
            return _kin(reader, "history_parent_ended", event.number, "")
        case _:
            assert_never(event)
