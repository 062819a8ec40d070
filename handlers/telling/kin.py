"""Kin: what an incident's cards say of the one that called for it, and of those it called for.

In: an incident and who reads. Out: lines for cards. Forbidden here: starting or ending anything.
"""

from datetime import datetime
from typing import assert_never

from handlers.catalogue import Html, say
from handlers.telling.happening import Reader
from plans import events as e
from plans.format import CLOSING
from plans.incident import Incident, Parent, StepState
from plans.text import Text

PARENTS_SHOWN = 3


def parent_lines(incident: Incident, reader: Reader) -> list[Html]:
    """Which incidents called for this one, or which it follows, the first of them."""
    return [
        _kin(reader, _key(parent, incident), parent.number, parent.title.in_(reader.lang))
        for parent in incident.parents[:PARENTS_SHOWN]
    ]


def _key(parent: Parent, incident: Incident) -> str:
    if parent.step == CLOSING:
        return "follows"
    return "parent_ended" if parent.ended and incident.is_open else "parent"


def following_lines(incident: Incident, reader: Reader) -> list[Html]:
    """What begins by itself after the end, and when."""
    return [_followed(one.begins_at, one.title, one.plan, reader) for one in incident.following]


def _followed(begins_at: datetime, title: Text | None, plan: str, reader: Reader) -> Html:
    named = title.in_(reader.lang) if title else plan
    return say(reader.lang, "calls.will_follow", title=named, time=reader.moment(begins_at))


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


KinEvent = e.ChildLinked | e.ChildEnded | e.ParentEnded | e.CallJoined | e.FollowUpSet


def kin_history(event: KinEvent, reader: Reader) -> Html:
    """One line of the timeline."""
    match event:
        case e.ChildLinked():
            return _kin(reader, "history_linked", event.number, event.title.in_(reader.lang))
        case e.ChildEnded():
            return _kin(reader, f"history_{event.status}", event.number, "")
        case e.ParentEnded():
            return _kin(reader, "history_parent_ended", event.number, "")
        case e.CallJoined(parent=parent):
            title = parent.title.in_(reader.lang)
            return _kin(reader, "history_joined", parent.number, title)
        case e.FollowUpSet():
            return _followed(event.begins_at, event.title, event.plan, reader)
        case _:
            assert_never(event)
