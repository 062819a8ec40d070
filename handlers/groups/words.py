"""Groups in words, and word to those who look after them.

In: groups, the roster. Out: names; messages to administrators. Forbidden here: changing anything.
"""

from collections.abc import Callable

from handlers.catalogue import say
from handlers.registration.register import ready_administrators
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from plans.company import Group, GroupId
from plans.roster import Roster
from plans.text import Lang
from storage.delivery import Button, Message
from storage.port import Turn

Rows = tuple[tuple[Button, ...], ...]
TITLE_LIMIT = 60


def whose(reader: Reader, group: Group) -> str:
    """东区 · 配送中心: what a group is for."""
    company = reader.roster.company
    department = company.departments.get(group.department)
    words = department.name.in_(reader.lang) if department is not None else group.department
    everywhere = say(reader.lang, "groups.whole_company").unescape()
    return f"{reader.region(group.region) if group.region else everywhere} · {words}"


def title_of(typed: str | None) -> str:
    """A group's title on one line; a bare word for one that cannot be seen."""
    line = " ".join("".join(c if c.isprintable() else " " for c in typed or "").split())
    return line[:TITLE_LIMIT].strip() or "—"


def instead_of(reader: Reader, group: GroupId) -> str:
    """Where what was for a group goes now that it cannot be used."""
    known = reader.roster.group(group)
    if known is None:
        return ""
    other = reader.roster.group_for(known.department, known.region)
    found = reader.roster.group(other) if other is not None and other != group else None
    if found is None:
        return say(reader.lang, "groups.instead_nowhere")
    return say(reader.lang, "groups.instead", title=found.title)


async def tell_administrators(
    turn: Turn,
    roster: Roster,
    write: Callable[[Reader], Message],
    *,
    slot: str | None = None,
) -> None:
    """`slot`: one live message each, under that name."""
    letters = Letters(turn, roster)
    for administrator in ready_administrators(roster):
        name = f"{slot}/{administrator}" if slot is not None else None
        await letters.person(administrator, write, slot=name)


def group_lang(roster: Roster, chat: int) -> Lang:
    """The language spoken in a group."""
    group = roster.group_by_chat(chat)
    state = roster.group_state(group) if group is not None else None
    return state.language if state is not None else roster.company.language
