"""Long lists on a small screen: eight buttons a page, with arrows.

In: what can be chosen. Out: rows of buttons. Forbidden here: what a button does.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from storage.delivery import Button

PAGE = 8

T = TypeVar("T")


def pages(count: int) -> int:
    """How many pages so many entries fill; at least one."""
    return max(1, -(-count // PAGE))


def page_of(entries: Sequence[T], page: int) -> Sequence[T]:
    """The entries of a page; of the nearest one for a page that is not there."""
    first = min(max(page, 0), pages(len(entries)) - 1) * PAGE
    return entries[first : first + PAGE]


def arrows(count: int, page: int, turn_to: Callable[[str, int], Button]) -> tuple[Button, ...]:
    """The row that leads to the pages before and after; empty when all fits on one."""
    last = pages(count) - 1
    page = min(max(page, 0), last)
    row = [turn_to(f"‹ {page}/{last + 1}", page - 1)] if page > 0 else []
    if page < last:
        row.append(turn_to(f"{page + 2}/{last + 1} ›", page + 1))
    return tuple(row)


def paged(
    buttons: Sequence[Button], page: int, turn_to: Callable[[str, int], Button]
) -> list[tuple[Button, ...]]:
    """A page of buttons, one a row, and the arrows below it."""
    rows = [(one,) for one in page_of(buttons, page)]
    row = arrows(len(buttons), page, turn_to)
    return [*rows, row] if row else list(rows)


def page_number(written: str) -> int:
    """A page as a button carries it; 0 for what is no number."""
    return int(written) if written.isdecimal() and len(written) < 5 else 0
