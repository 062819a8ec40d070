"""The briefing: how an incident stands, for whoever takes its command, on one screen.

In: an incident, its plan, its timeline, who reads. Out: HTML: a first screen for whoever has just
been woken, and all of it behind a button; what does not fit is counted. Forbidden here: who may see
it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from handlers.buttons import button
from handlers.catalogue import Html, plain, say
from handlers.telling.around import promise_line
from handlers.telling.cards import arrival, head
from handlers.telling.happening import Reader, brief
from handlers.telling.spread import do_of
from plans import events as e
from plans.format import Plan
from plans.incident import Incident, StepState, StepStatus
from plans.model import StepId
from plans.text import Lang
from storage.delivery import Button
from storage.port import Entry

# Of a phone's screen; of a message that is still read at night.
FIRST_LIMIT, BRIEFING_LIMIT = 900, 3500
NAMES_SHOWN = 4


@dataclass(frozen=True)
class Extent:
    """How much is said: Chinese characters in all and of what is to be done (twice as many English
    ones are as wide); how many of those asked for it are named; lines of each part. `counted`: what
    is left out of a part is counted there."""

    limit: int
    do: int
    asked: int
    facts: int
    steps: int
    promises: int
    silent: int
    notes: int
    counted: bool


FIRST: Final = Extent(FIRST_LIMIT, 30, 1, 4, 5, 3, 2, 1, counted=False)
WHOLE: Final = Extent(BRIEFING_LIMIT, 60, 2, 8, 10, 8, 5, 5, counted=True)


def situation(
    plan: Plan, incident: Incident, entries: Sequence[Entry], reader: Reader, extent: Extent = FIRST
) -> Html:
    """What it is, what is known, how many steps are late or nobody's, the most urgent ones and who
    has them, what has been promised and when it comes, who is silent, what was said last."""
    lines = list(head(plan, incident, reader))
    for key, found, shown in (
        ("facts", _facts(plan, incident, reader), extent.facts),
        ("steps", _steps(plan, incident, reader, extent), extent.steps),
        ("promises", _promises(plan, incident, reader), extent.promises),
        ("silent", _silent(plan, incident, reader), extent.silent),
        ("notes", _notes(entries, reader), extent.notes),
    ):
        under = [_counts(incident, reader)] if key == "steps" else []
        lines += _part(key, found, shown, reader, under, counted=extent.counted)
    return _within(lines, reader, limit_of(extent, reader.lang))


def limit_of(extent: Extent, lang: Lang) -> int:
    """Visible characters; English takes half as many again, and a message has its own bound."""
    return min(extent.limit if lang == "zh" else extent.limit * 3 // 2, BRIEFING_LIMIT)


def _part(
    key: str,
    found: Sequence[Html],
    shown: int,
    reader: Reader,
    under: Sequence[Html],
    *,
    counted: bool,
) -> Iterator[Html]:
    if not found:
        return
    yield say(reader.lang, f"command.brief_{key}", count=len(found))
    yield from under
    yield from found[:shown]
    if counted and len(found) > shown:
        yield say(reader.lang, "directing.brief_more", count=len(found) - shown)


def _within(lines: Sequence[Html], reader: Reader, limit: int) -> Html:
    """As many lines as fit a screen."""
    kept: list[Html] = []
    length = 0
    for line in lines:
        length += len(line.unescape()) + 1
        if length > limit:
            kept.append(say(reader.lang, "directing.brief_more", count=len(lines) - len(kept)))
            break
        kept.append(line)
    return Html("\n".join(kept))


def brief_rows(number: int, lang: Lang) -> tuple[tuple[Button, ...], ...]:
    """Under the first screen: all the rest."""
    more = button(say(lang, "command.brief_all"), "hq", number, "all", "-")
    return ((more, button(say(lang, "steps.show"), "show", number)),)


def _facts(plan: Plan, incident: Incident, reader: Reader) -> list[Html]:
    """All but the place and the vehicle, which the head says."""
    lines = []
    for name, asked in plan.asked().items():
        value = incident.fact(name)
        if value is None or asked.type == "place" or name == plan.subject:
            continue
        shown = reader.about(incident).brief_fact(plan, name, value)
        lines.append(say(reader.lang, "cards.fact", what=asked.called(reader.lang), value=shown))
    return lines


def _open(incident: Incident) -> list[tuple[StepId, StepState]]:
    """The open steps, the most urgent first: late, then nobody's, then by deadline."""
    opened = [(n, s) for n, s in incident.steps.items() if s.status is StepStatus.OPEN]

    def urgency(one: tuple[StepId, StepState]) -> tuple[bool, bool, datetime]:
        state = one[1]
        due_at = state.due_at or incident.reported_at
        return (not state.held_up, state.taken_by is not None, due_at)

    return sorted(opened, key=urgency)


def _counts(incident: Incident, reader: Reader) -> Html:
    """How many of the open ones are late, nobody's, in hand; how many are done."""
    opened = [state for _, state in _open(incident)]
    done = sum(state.status is StepStatus.DONE for state in incident.steps.values())
    late = sum(state.held_up for state in opened)
    free = sum(state.taken_by is None for state in opened)
    counts = {"late": late, "free": free, "taken": len(opened) - free, "done": done}
    words = [say(reader.lang, f"command.count_{k}", count=n) for k, n in counts.items() if n]
    return Html(" · ".join(words))


def _steps(plan: Plan, incident: Incident, reader: Reader, extent: Extent) -> list[Html]:
    lines, longest = [], extent.do * (1 if reader.lang == "zh" else 2)
    for name, state in _open(incident):
        mark = "⏰" if state.held_up else "🟡" if state.taken_by else "🔴"
        do = brief(do_of(plan, incident, name, reader))
        values = {
            "do": do if len(do) <= longest else f"{do[: longest - 1]}…",
            "who": _who_has(state, reader, extent.asked),
            "due": reader.time(state.due_at) if state.due_at else "",
        }
        lines.append(say(reader.lang, "command.brief_step", mark=mark, **values))
    return lines


def _who_has(state: StepState, reader: Reader, asked: int) -> Html:
    if state.taken_by:
        return plain(reader.name(state.taken_by))
    if state.asked:
        return say(reader.lang, "cards.now_unasked", who=reader.names(state.asked[:asked]))
    return say(reader.lang, "cards.now_nobody")


def _promises(plan: Plan, incident: Incident, reader: Reader) -> list[Html]:
    """What is known to come first, and when, stands first."""
    lines: list[tuple[bool, datetime, Html]] = []
    for fact, promise in incident.promises.items():
        there = arrival(plan, incident, fact)
        eta = say(reader.lang, "cards.eta", time=reader.time(there)) if there else Html("")
        line = Html(promise_line(promise, reader) + eta)
        lines.append((there is None, there or reader.at, line))
    return [line for *_, line in sorted(lines, key=lambda one: one[:2])]


def _silent(plan: Plan, incident: Incident, reader: Reader) -> list[Html]:
    """Who was asked for an open step and has not answered in time, or could not be reached."""
    lines = []
    for name, state in _open(incident):
        late = state.taken_by is None and (state.held_up or state.remind_at is None)
        silent = [p for p in state.told if p not in state.passed] if late else []
        if state.taken_by is not None or not (silent or state.passed):
            continue
        names = reader.names((*silent, *state.passed)[:NAMES_SHOWN])
        do = brief(do_of(plan, incident, name, reader))
        lines.append(say(reader.lang, "command.brief_who", names=names, do=do))
    return lines


def _notes(entries: Sequence[Entry], reader: Reader) -> list[Html]:
    """The latest first."""
    lines = []
    for entry in reversed(entries):
        event = e.EVENT.validate_python(entry.event)
        if isinstance(event, e.NoteAdded):
            text = plain(brief(event.text or event.media or "📍"))
            values = {"time": reader.time(event.at), "name": reader.name(event.by)}
            lines.append(say(reader.lang, "command.brief_note", text=text, **values))
    return lines
