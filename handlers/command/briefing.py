"""The briefing: how an incident stands, for whoever takes its command, on one screen.

In: an incident, its plan, its timeline, who reads. Out: HTML of at most BRIEFING_LIMIT characters;
what does not fit is counted. Forbidden here: who may see it.
"""

from collections.abc import Iterator, Sequence

from handlers.catalogue import Html, plain, say
from handlers.telling.around import promise_line
from handlers.telling.cards import arrival, head
from handlers.telling.happening import Reader, brief
from handlers.telling.spread import do_of
from plans import events as e
from plans.format import Plan
from plans.incident import Incident, StepState, StepStatus
from plans.model import StepId
from storage.port import Entry

BRIEFING_LIMIT = 3500
FACTS_SHOWN = 8
STEPS_SHOWN = 10
PROMISES_SHOWN = 8
SILENT_SHOWN = 5
NAMES_SHOWN = 4
ASKED_SHOWN = 2
NOTES_SHOWN = 5


def situation(plan: Plan, incident: Incident, entries: Sequence[Entry], reader: Reader) -> Html:
    """What it is, what is known, what is open and who has it, what has been promised, who is
    silent, what was said last."""
    lines = list(head(plan, incident, reader))
    for key, found, shown in (
        ("facts", _facts(plan, incident, reader), FACTS_SHOWN),
        ("steps", _steps(plan, incident, reader), STEPS_SHOWN),
        ("promises", _promises(plan, incident, reader), PROMISES_SHOWN),
        ("silent", _silent(plan, incident, reader), SILENT_SHOWN),
        ("notes", _notes(entries, reader), NOTES_SHOWN),
    ):
        lines += _part(key, found, shown, reader)
    return _within(lines, reader)


def _part(key: str, found: Sequence[Html], shown: int, reader: Reader) -> Iterator[Html]:
    if not found:
        return
    yield say(reader.lang, f"command.brief_{key}", count=len(found))
    yield from found[:shown]
    if len(found) > shown:
        yield say(reader.lang, "directing.brief_more", count=len(found) - shown)


def _within(lines: Sequence[Html], reader: Reader) -> Html:
    """As many lines as fit a screen."""
    kept: list[Html] = []
    length = 0
    for line in lines:
        length += len(line) + 1
        if length > BRIEFING_LIMIT:
            kept.append(say(reader.lang, "directing.brief_more", count=len(lines) - len(kept)))
            break
        kept.append(line)
    return Html("\n".join(kept))


def _facts(plan: Plan, incident: Incident, reader: Reader) -> list[Html]:
    """All but the place and the vehicle, which the head says."""
    lines = []
    for name, asked in plan.asked().items():
        value = incident.fact(name)
        if value is None or asked.type == "place" or name == plan.subject:
            continue
        shown = reader.brief_fact(plan, name, value)
        lines.append(say(reader.lang, "cards.fact", what=asked.called(reader.lang), value=shown))
    return lines


def _open(incident: Incident) -> list[tuple[StepId, StepState]]:
    """The open steps, what is late first, then by deadline."""
    opened = [(n, s) for n, s in incident.steps.items() if s.status is StepStatus.OPEN]
    return sorted(
        opened, key=lambda one: (not one[1].held_up, one[1].due_at or incident.reported_at)
    )


def _steps(plan: Plan, incident: Incident, reader: Reader) -> list[Html]:
    lines = []
    for name, state in _open(incident):
        mark = "⏰" if state.held_up else "🟡" if state.taken_by else "🔴"
        values = {
            "do": brief(do_of(plan, incident, name, reader)),
            "who": _who_has(state, reader),
            "due": reader.time(state.due_at) if state.due_at else "",
        }
        lines.append(say(reader.lang, "command.brief_step", mark=mark, **values))
    return lines


def _who_has(state: StepState, reader: Reader) -> Html:
    if state.taken_by:
        return plain(reader.name(state.taken_by))
    if state.asked:
        return say(reader.lang, "cards.now_unasked", who=reader.names(state.asked[:ASKED_SHOWN]))
    return say(reader.lang, "cards.now_nobody")


def _promises(plan: Plan, incident: Incident, reader: Reader) -> list[Html]:
    lines = []
    for fact, promise in incident.promises.items():
        there = arrival(plan, incident, fact)
        eta = say(reader.lang, "cards.eta", time=reader.time(there)) if there else Html("")
        lines.append(Html(promise_line(promise, reader) + eta))
    return lines


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
