"""A grid: short labels three a row, as many as a screen takes, with a way to the others.

In: buttons. Out: rows of buttons. Forbidden here: what a button does.
"""

from collections.abc import Callable, Sequence

from storage.delivery import Button

WIDTH = 3


def grid(
    buttons: Sequence[Button], page: int, size: int, turn_to: Callable[[str, int], Button]
) -> tuple[tuple[Button, ...], ...]:
    """The buttons of a page of `size`; of the nearest one for a page that is not there. `turn_to`
    makes the button that leads to another page."""
    last = max(0, (len(buttons) - 1) // size)
    page = min(max(page, 0), last)
    shown = buttons[page * size : (page + 1) * size]
    rows = [tuple(shown[i : i + WIDTH]) for i in range(0, len(shown), WIDTH)]
    turning = [turn_to("⬅️", page - 1)] if page else []
    if page < last:
        turning.append(turn_to(f"➡️ {page + 2}/{last + 1}", page + 1))
    return (*rows, tuple(turning)) if turning else tuple(rows)
