"""Call lists: whom one owner has to call, as they see it.

In: one owner's part of a step that several do at once, who reads. Out: lines with names and
numbers, the next to be called first; buttons to say how each call went. Forbidden here: showing
customers in a group, or to whom the part is not given.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from unicodedata import east_asian_width

from handlers.buttons import button, mark_of
from handlers.catalogue import Html, say
from handlers.telling.happening import Reader
from plans.company.model import Customer
from plans.format import Step
from plans.incident import CallResult, Share
from plans.model import CustomerId, StepId
from plans.text import Text
from storage.delivery import Button

SHOWN = 8
# A line of a phone holds so many narrow letters, a Chinese one counting for two, before it wraps.
NAME_WIDTH = 30
# So many are named where there is only room for names.
NAMED = 20
MARKS: Mapping[CallResult, str] = {"reached": "✅", "no_answer": "📵"}

Row = tuple[Button, ...]


def next_lines(share: Share | None, reader: Reader) -> list[Html]:
    """The next to be called; nothing for a step that is no part of several, or has no list."""
    if share is None or not share.has_list:
        return []
    if share.calls is None:
        key = "calling.too_many" if share.role else "calling.decide"
        return [say(reader.lang, key)]
    count, left = len(share.calls), len(share.left)
    if not left:
        return [say(reader.lang, "calling.all_reached", count=count)]
    head = say(reader.lang, "calling.head", count=count, left=left)
    return [head, *rows_of(share, _next(share), reader)]


def next_buttons(
    share: Share | None, number: int, step: StepId, reader: Reader, ticked: Text | None = None
) -> list[Row]:
    """For each of them whether they were reached; and the whole list where it is longer."""
    if share is None or not share.calls:
        return []
    rows = tick_rows(share, _next(share), number, step, reader, ticked)
    if len(share.calls) > SHOWN:
        label = say(reader.lang, "calling.whole_list", count=len(share.calls))
        sheet = button(say(reader.lang, "calling.sheet"), "sheet", number, step)
        rows.append((button(label, "calls", number, step, 1), sheet))
    return rows


def retry_lines(share: Share, reader: Reader) -> list[Html]:
    """Those who did not answer."""
    return rows_of(share, share.unanswered[:SHOWN], reader)


def retry_rows(
    share: Share, number: int, step: StepId, reader: Reader, ticked: Text | None
) -> list[Row]:
    return tick_rows(share, share.unanswered[:SHOWN], number, step, reader, ticked)


def rows_of(share: Share, shown: Sequence[CustomerId], reader: Reader) -> list[Html]:
    """One customer each: place on the list, name, grade, how it went; the phone on its own line."""
    return [_row(share, customer, reader) for customer in shown]


def tick_rows(
    share: Share,
    shown: Sequence[CustomerId],
    number: int,
    step: StepId,
    reader: Reader,
    ticked: Text | None = None,
) -> list[Row]:
    """`ticked`: what the button says of one who has been dealt with, where the plan says so."""
    word = ticked.in_(reader.lang) if ticked else say(reader.lang, "calling.told").unescape()
    rows: list[Row] = []
    for customer in shown:
        n, mark = _place(share, customer), mark_of(customer)
        no_answer = say(reader.lang, "calling.no_answer", n=n)
        rows.append(
            (
                button(f"✅ {n} {word}", "called", number, step, mark),
                button(no_answer, "quiet", number, step, mark),
            )
        )
    return rows


def ticked_of(step: Step) -> Text | None:
    """What the plan calls a customer who has been dealt with."""
    return step.for_each.ticked if step.for_each else None


def names_of(customers: Iterable[CustomerId], reader: Reader) -> str:
    """Their names, one after the other."""
    known = reader.roster.company.customers
    named = (known[one].name if one in known else one for one in customers)
    return ("、" if reader.lang == "zh" else ", ").join(named)


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
    if customer is None:
        values = {"n": _place(share, id_), "id": id_, "mark": mark}
        return say(reader.lang, "calling.row_gone", **values)
    grade = f" {customer.grade}" if customer.grade else ""
    name = _on_one_line(customer.name)
    values = {"n": _place(share, id_), "name": name, "grade": grade, "mark": mark}
    if customer.phone is None:
        return say(reader.lang, "calling.row_no_phone", **values)
    return say(reader.lang, "calling.row", phone=customer.phone, **values)


def _on_one_line(name: str) -> str:
    """Eight customers and their buttons are to be seen together."""
    widths = (2 if east_asian_width(letter) in "WF" else 1 for letter in name)
    kept = sum(1 for width in accumulate(widths) if width <= NAME_WIDTH)
    return name if kept == len(name) else f"{name[: kept - 1]}…"
