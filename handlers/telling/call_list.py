"""Call lists: whom one owner has to call, as they see it.

In: one owner's part of a step that several do at once, who reads. Out: lines with names and
numbers, the next to be called first; buttons to say how each call went. Forbidden here: showing
customers in a group, or to whom the part is not given.
"""

from collections.abc import Mapping, Sequence

from handlers.buttons import button, mark_of
from handlers.catalogue import Html, say
from handlers.telling.happening import Reader
from plans.company.model import Customer
from plans.incident import CallResult, Share
from plans.model import CustomerId, StepId
from storage.delivery import Button

SHOWN = 8
MARKS: Mapping[CallResult, str] = {"reached": "✅", "no_answer": "📵"}

Row = tuple[Button, ...]


def next_lines(share: Share | None, reader: Reader) -> list[Html]:
    """The next to be called; nothing for a step that is no part of several."""
    if share is None:
        return []
    if share.calls is None:
        return [say(reader.lang, "calling.decide")]
    count, left = len(share.calls), len(share.left)
    if not left:
        return [say(reader.lang, "calling.all_reached", count=count)]
    head = say(reader.lang, "calling.head", count=count, left=left)
    return [head, *rows_of(share, _next(share), reader)]


def next_buttons(share: Share | None, number: int, step: StepId, reader: Reader) -> list[Row]:
    """For each of them whether they were reached; and the whole list where it is longer."""
    if share is None or not share.calls:
        return []
    rows = tick_rows(share, _next(share), number, step, reader)
    if len(share.calls) > SHOWN:
        label = say(reader.lang, "calling.whole_list", count=len(share.calls))
        rows.append((button(label, "calls", number, step, 1),))
    return rows


def rows_of(share: Share, shown: Sequence[CustomerId], reader: Reader) -> list[Html]:
    """One customer each: place on the list, name, grade, how it went; the phone on its own line."""
    return [_row(share, customer, reader) for customer in shown]


def tick_rows(
    share: Share, shown: Sequence[CustomerId], number: int, step: StepId, reader: Reader
) -> list[Row]:
    rows: list[Row] = []
    for customer in shown:
        n, mark = _place(share, customer), mark_of(customer)
        reached = say(reader.lang, "calling.reached", n=n)
        no_answer = say(reader.lang, "calling.no_answer", n=n)
        rows.append(
            (
                button(reached, "called", number, step, mark),
                button(no_answer, "quiet", number, step, mark),
            )
        )
    return rows


def _next(share: Share) -> tuple[CustomerId, ...]:
    """Those not called yet before those who did not answer, each in the list's order."""
    return tuple(sorted(share.left, key=lambda one: one in share.called))[:SHOWN]


def _place(share: Share, customer: CustomerId) -> int:
    """The number on the list: it stays while others are ticked."""
    return (share.calls or ()).index(customer) + 1


def _row(share: Share, id_: CustomerId, reader: Reader) -> Html:
    customer: Customer | None = reader.roster.company.customers.get(id_)
    result = share.called.get(id_)
    mark = Html(f" {MARKS[result]}" if result else "")
    grade = f" {customer.grade}" if customer and customer.grade else ""
    name = customer.name if customer else id_
    values = {"n": _place(share, id_), "name": name, "grade": grade, "mark": mark}
    if customer is None or customer.phone is None:
        return say(reader.lang, "calling.row_no_phone", **values)
    return say(reader.lang, "calling.row", phone=customer.phone, **values)
