"""The screen: a form as one message, a line a field, and below it what can be pressed.

In: a draft against its plan, who reads. Out: a message. Forbidden here: changing the draft.
"""

from dataclasses import replace
from hashlib import sha256

from handlers.areas import line as area_line
from handlers.areas import rows as area_rows
from handlers.areas.picking import Pick
from handlers.buttons import button
from handlers.catalogue import Html, plain, say
from handlers.form.draft import Filled
from handlers.paging import arrows
from handlers.reporting.gated import why_refused
from handlers.reporting.offers import Asking, offered
from handlers.telling.happening import Reader
from plans.format import Asked
from plans.incident import FactValue
from plans.model import FactName
from plans.place import Place
from plans.text import Lang
from storage.delivery import Button, Message

VALUE_SHOWN = 120
FIELDS_A_ROW = 2
MANY_FIELDS = 6
SHORT_LABEL = 14

Rows = list[tuple[Button, ...]]


def form_message(filled: Filled, reader: Reader, recent: tuple[str, ...]) -> Message:
    """The form as it stands: the answers to the field that is asked, or all fields."""
    resumed = [say(reader.lang, "form.under_way")] if filled.draft.resumed else []
    lines = [*resumed, *_head(filled, reader), *_field_lines(filled, reader)]
    lines += [Html(""), *_below(filled, reader)]
    rows = _answers(filled, reader, recent) if filled.draft.asked else _all_fields(filled, reader)
    return Message(text="\n".join(lines).strip(), buttons=tuple(rows))


def closed_message(filled: Filled, reader: Reader, key: str, **values: object) -> Message:
    """What stays of a form that has been sent or given up: its answers, and what became of it."""
    last = say(reader.lang, key, **values)
    lines = [*_head(filled, reader), *_field_lines(filled, reader, closed=True), Html(""), last]
    return Message(text="\n".join(lines))


def fingerprint(filled: Filled) -> str:
    """Stands in the button that sends: what is sent must be what was read."""
    shown = repr([(name, str(value)) for name, value in filled.facts.items()])
    return sha256(shown.encode()).hexdigest()[:10]


def _head(filled: Filled, reader: Reader) -> list[Html]:
    draft, title = filled.draft, filled.plan.title.in_(reader.lang)
    lines = [say(reader.lang, "form.head", icon=filled.plan.icon, title=title)]
    name = draft.reporter_name or (reader.name(draft.reporter) if draft.reporter else "")
    return [*lines, *([say(reader.lang, "form.for", name=name)] if name else [])]


def _field_lines(filled: Filled, reader: Reader, *, closed: bool = False) -> list[Html]:
    lines = []
    for name in filled.fields:
        what = filled.plan.ask[name].called(reader.lang)
        if name in filled.facts:
            refused = name == filled.culprit and not closed
            key = "form.refused" if refused else "form.filled"
            value = shown_value(filled, name, filled.facts[name], reader)
            lines.append(say(reader.lang, key, what=what, value=value))
        elif not closed:
            lines.append(say(reader.lang, _empty(filled, name), what=what))
    return lines


def _empty(filled: Filled, name: FactName) -> str:
    if name == filled.draft.asked:
        return "form.asked"
    return "form.needed" if filled.plan.ask[name].required else "form.optional"


def shown_value(filled: Filled, name: FactName, value: FactValue, reader: Reader) -> Html:
    """With all that tells a customer from others of the same name."""
    asked = filled.plan.ask[name]
    if asked.type == "customer":
        chooser = Asking(reader, filled.draft.person).chooser
        return plain(chooser.label(asked, str(value), reader.lang))
    if isinstance(value, str) and asked.type == "text" and len(value) > VALUE_SHOWN:
        return plain(f"{value[: VALUE_SHOWN - 1]}…")
    return replace(reader, known=filled.facts.get).fact(filled.plan, name, value)


def _below(filled: Filled, reader: Reader) -> list[Html]:
    """What was not understood, why it would be refused, and what is asked."""
    draft, lang = filled.draft, reader.lang
    lines = [say(lang, "form.unread", words=draft.unread)] if draft.unread else []
    lines += _order_day(filled, reader)
    if draft.unfit is not None:
        why = say(lang, draft.unfit.why, unit=draft.unfit.unit)
        lines.append(say(lang, "form.unfit", words=draft.unfit.words, why=why))
    if filled.gate is not None:
        lines.append(why_refused(filled.plan, filled.gate, lang))
    if not draft.asked:
        return [*lines, *([say(lang, "form.ready")] if filled.is_complete else [])]
    asked = filled.plan.ask[draft.asked]
    if draft.offers:
        lines.append(say(lang, "form.which"))
    elif asked.type == "customer" and not Asking(reader, draft.person).chooser.all(asked):
        lines.append(say(lang, "form.nobody_to_choose"))
    else:
        lines.append(say(lang, "form.question", text=asked.text.in_(lang), how=_how(asked, lang)))
    if asked.type == "area":
        lines.append(_ticked(filled, reader))
    return lines


def _order_day(filled: Filled, reader: Reader) -> list[Html]:
    """When the customer orders next, beside what a gate compares with it."""
    if filled.order_day is None:
        return []
    return [say(reader.lang, "form.next_order_day", time=reader.moment(filled.order_day))]


def _how(asked: Asked, lang: Lang) -> Html:
    """How to answer, unless the question says so itself."""
    if asked.text.in_(lang).endswith(("。", ".", "！", "!", ")", "）")):
        return Html("")
    offers = asked.type == "number" and asked.offer
    return say(lang, "form.how_number_offered" if offers else f"form.how_{asked.type}")


def _pick(filled: Filled) -> Pick:
    known = filled.draft.facts.get(filled.draft.asked)
    return filled.draft.pick or Pick.of(known)


def _ticked(filled: Filled, reader: Reader) -> Html:
    return area_line(_pick(filled), reader.roster.company, reader.lang)


def _answers(filled: Filled, reader: Reader, recent: tuple[str, ...]) -> Rows:
    draft = filled.draft
    asked, number = filled.plan.ask[draft.asked], draft.number
    if asked.type == "area":
        pick, company = _pick(filled), reader.roster.company
        rows: Rows = list(
            area_rows(
                pick,
                company,
                reader.lang,
                lambda label, what: button(label, "fill", number, draft.asked, what),
            )
        )
        return [*rows, _ways(filled, reader)]
    known = {n: v for n, v in filled.facts.items() if not isinstance(v, Place)}
    asking = Asking(reader, draft.person, draft.offers, draft.page, recent, known)
    offer = offered(asked, asking)
    buttons = [button(label, "fill", number, draft.asked, value) for label, value in offer.pairs]
    rows = _in_rows(buttons, asked)
    if asked.type in ("customer", "goods"):
        row = arrows(
            offer.count, draft.page, lambda label, to: button(label, "form", number, "page", to)
        )
        rows += [row] if row else []
    return [*rows, _ways(filled, reader)]


def _in_rows(buttons: list[Button], asked: Asked) -> Rows:
    """Customers one a row; short answers side by side."""
    width = 1 if asked.type == "customer" else 2
    if asked.type in ("choice", "level", "goods", "time"):
        width = 1 if any(len(b.text) > SHORT_LABEL for b in buttons) and len(buttons) < 8 else 2
    if asked.type in ("number", "duration"):
        width = 4 if asked.type == "number" else 3
    return [tuple(buttons[i : i + width]) for i in range(0, len(buttons), width)]


def _ways(filled: Filled, reader: Reader) -> tuple[Button, ...]:
    draft, lang = filled.draft, reader.lang
    row = [button(say(lang, "form.all"), "form", draft.number, "all", "-")]
    row += _anew(filled, reader)
    if not filled.plan.ask[draft.asked].required:
        row.append(button(say(lang, "report.skip"), "form", draft.number, "skip", draft.asked))
    return (*row, _cancel(filled, reader))


def _anew(filled: Filled, reader: Reader) -> list[Button]:
    draft = filled.draft
    if not draft.resumed:
        return []
    return [button(say(reader.lang, "form.anew"), "form", draft.number, "anew", draft.plan)]


def _cancel(filled: Filled, reader: Reader) -> Button:
    return button(say(reader.lang, "form.cancel"), "form", filled.draft.number, "drop", "-")


def _all_fields(filled: Filled, reader: Reader) -> Rows:
    """To send, where it is complete; each field; to give up."""
    number, lang = filled.draft.number, reader.lang
    rows: Rows = []
    if filled.is_complete:
        send = button(say(lang, "form.send"), "form", number, "send", fingerprint(filled))
        rows.append((send,))
    buttons = [
        button(_field_label(filled, name, reader), "form", number, "ask", name)
        for name in filled.fields
    ]
    width = FIELDS_A_ROW if len(buttons) <= MANY_FIELDS else FIELDS_A_ROW + 1
    rows += [tuple(buttons[i : i + width]) for i in range(0, len(buttons), width)]
    return [*rows, (*_anew(filled, reader), _cancel(filled, reader))]


def _field_label(filled: Filled, name: FactName, reader: Reader) -> str:
    ask = filled.plan.ask[name]
    key = "form.change" if name in filled.facts else "form.fill"
    if key == "form.fill" and not ask.required:
        key = "form.fill_optional"
    return say(reader.lang, key, what=ask.called(reader.lang)).unescape()
