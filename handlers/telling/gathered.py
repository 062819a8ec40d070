"""Gathered: what is said again of several steps in one happening is one message to each reader.

In: steps of which somebody is told again, or reminded. Out: one message: how many, for how long, a
line each, the most urgent first; in private one button to take them all. Forbidden here: the first
news of a step, which has a message of its own with all its buttons; choosing who is told.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from handlers.buttons import button
from handlers.catalogue import Html, say
from handlers.command.lines import commander_lines
from handlers.telling.around import phone_line
from handlers.telling.happening import Happening, Reader, brief
from handlers.telling.kin import child_line
from handlers.telling.pace import rounded
from handlers.telling.spread import do_of
from plans import events as e
from plans.duration import say_duration
from plans.incident import StepState, StepStatus
from plans.model import GroupId, PersonId, StepId
from storage.delivery import Button, Message

Gathering = e.StepEscalated | e.OwnerReminded
MANY = 2
LINES_LIMIT = 12
# Visible characters of the lines, so that all of it stays on a phone's screen; some lines stand in
# any case.
LINES_AIM = 380
LINES_LEAST = 4
PHONES_SHOWN = 3


def is_again(happening: Happening, event: e.StepEscalated) -> bool:
    """Whether those in command were asked before, and nothing has happened since but time."""
    before = happening.before.steps.get(event.step) if happening.before else None
    if before is None or not event.again or event.why not in ("silence", "overdue"):
        return False
    return before.climb_at is not None and set(before.asked) <= set(event.asked)


def is_again_to(happening: Happening, event: e.StepEscalated, person: PersonId) -> bool:
    """Whether this one of them was asked before."""
    before = happening.before.steps.get(event.step) if happening.before else None
    return before is not None and person in before.asked and is_again(happening, event)


def says_again(happening: Happening) -> bool:
    """Whether command's groups are told of several steps in one message, and who commands."""
    again = sum(is_again(happening, one) for one in _repeats(happening))
    return not happening.after.routine and again >= MANY


def says_again_to(happening: Happening, person: PersonId) -> bool:
    """Whether this person is told of several steps in one message."""
    theirs = (one for one in _repeats(happening) if person in one.asked)
    return sum(is_again_to(happening, one, person) for one in theirs) >= MANY


def _repeats(happening: Happening) -> Iterator[e.StepEscalated]:
    steps = happening.after.steps
    for event in happening.events:
        if isinstance(event, e.StepEscalated) and steps[event.step].status is StepStatus.OPEN:
            yield event


def slot_of(number: int, reader: PersonId | GroupId) -> str:
    """The newest such message to a person or a group: only that one has buttons."""
    return f"gathered/{number}/{reader}"


def below(happening: Happening, reader: Reader) -> Message:
    """What stays of the one before it."""
    return Message(text=say(reader.lang, "gathered.below", **_titled(happening, reader)))


def ended(happening: Happening, reader: Reader) -> Message:
    return Message(text=say(reader.lang, "gathered.ended", **_titled(happening, reader)))


def standing(
    happening: Happening,
    reader: Reader,
    who: Html | None,
    concerns: Callable[[StepState], bool],
) -> Message:
    """How it stands, when something of it is not waited for any more."""
    after = happening.after
    waiting = [
        name
        for name, state in after.steps.items()
        if state.status is StepStatus.OPEN and state.asked and concerns(state)
    ]
    if not after.is_open:
        return ended(happening, reader)
    if not waiting:
        return Message(text=say(reader.lang, "gathered.none_waits", **_titled(happening, reader)))
    in_command = [name for name in waiting if after.steps[name].in_command]
    steps = _most_urgent_first(happening, in_command or waiting)
    heading = _repeated if in_command else _reminded
    lines = [heading(happening, steps, reader, who), *_lines(happening, steps, reader)]
    if in_command and who is None:
        lines += _phones(happening, steps, reader)
    return Message(text="\n".join(lines), buttons=_rows(happening, steps, reader, who))


def together(
    happening: Happening,
    events: Sequence[Gathering],
    reader: Reader,
    who: Html | None,
    concerns: Callable[[StepState], bool],
) -> Message:
    """One message of several repeats, with whatever else waits for the same people, or of several
    reminders. `who` is mentioned in a group, in private None; `concerns`: which steps are this
    reader's, or this group's."""
    repeated = any(isinstance(event, e.StepEscalated) for event in events)
    named = {event.step for event in events}
    if repeated:
        named |= _waiting_too(happening, events, concerns)
    steps = _most_urgent_first(happening, named)
    heading = _repeated if repeated else _reminded
    lines = [heading(happening, steps, reader, who)]
    lines += _lines(happening, steps, reader)
    if repeated and who is None:
        lines += _phones(happening, steps, reader)
    return Message(text="\n".join(lines), buttons=_rows(happening, steps, reader, who))


def _waiting_too(
    happening: Happening, events: Sequence[Gathering], concerns: Callable[[StepState], bool]
) -> set[StepId]:
    """What rings at other times, so that the number is that of all that nobody has."""
    asked = {person for event in events for person in event.asked}
    steps = happening.after.steps.items()
    told = ((n, s) for n, s in steps if s.status is StepStatus.OPEN and s.in_command)
    return {
        name
        for name, state in told
        if state.climb_at is not None and set(state.asked) <= asked and concerns(state)
    }


def _most_urgent_first(happening: Happening, steps: Iterable[StepId]) -> list[StepId]:
    states = happening.after.steps
    order = list(states)
    late = happening.at
    return sorted(steps, key=lambda step: (states[step].due_at or late, order.index(step)))


def _repeated(
    happening: Happening, steps: Sequence[StepId], reader: Reader, who: Html | None
) -> Html:
    states = [happening.after.steps[step] for step in steps]
    opened = min((s.opened_at for s in states if s.opened_at is not None), default=happening.at)
    commander = "".join(f"\n{line}" for line in commander_lines(happening.after, reader))
    free = sum(_is_free(state) for state in states)
    return say(
        reader.lang,
        "gathered.again",
        counts=_counts(reader, silent=free, overdue=len(states) - free),
        who=who or "",
        waited=say_duration(rounded(happening.at - opened), reader.lang),
        commander=Html(commander),
        **_titled(happening, reader),
    )


def _reminded(
    happening: Happening, steps: Sequence[StepId], reader: Reader, who: Html | None
) -> Html:
    states = [happening.after.steps[step] for step in steps]
    free = [state for state in states if _is_free(state)]
    climbing = min((s.climb_at for s in free if s.climb_at is not None), default=None)
    climb = say(reader.lang, "gathered.next", climb=reader.time(climbing)) if climbing else ""
    return say(
        reader.lang,
        "gathered.remind",
        counts=_counts(reader, unanswered=len(free), taken=len(states) - len(free)),
        who=who or "",
        climb=climb,
        **_titled(happening, reader),
    )


def _titled(happening: Happening, reader: Reader) -> dict[str, object]:
    title = brief(happening.plan.title.in_(reader.lang))
    return {"number": happening.after.number, "icon": happening.plan.icon, "title": title}


def _counts(reader: Reader, **counts: int) -> Html:
    comma = "，" if reader.lang == "zh" else ", "
    said = (say(reader.lang, f"gathered.{key}", count=n) for key, n in counts.items() if n)
    return Html(comma.join(said))


def _lines(happening: Happening, steps: Sequence[StepId], reader: Reader) -> Iterator[Html]:
    length = shown = 0
    for step in steps[:LINES_LIMIT]:
        line = _line(happening, step, reader)
        length += len(line.unescape())
        if shown >= LINES_LEAST and length > LINES_AIM:
            break
        yield line
        shown += 1
    if len(steps) > shown:
        yield say(reader.lang, "directing.bundle_more", count=len(steps) - shown)


def _line(happening: Happening, step: StepId, reader: Reader) -> Html:
    state = happening.after.steps[step]
    do = brief(do_of(happening.plan, happening.after, step, reader))
    left = reader.left(state.due_at) if state.due_at is not None else ""
    if state.is_called_for:
        who: str = child_line(state, reader, brief=True)
        return say(reader.lang, "gathered.line_called", do=do, who=who, left=left)
    if state.taken_by is not None:
        who = reader.name(state.taken_by)
        return say(reader.lang, "gathered.line_taken", do=do, who=who, left=left)
    owner = _owner(state)
    who = reader.name(owner) if owner is not None else reader.role(state.role)
    return say(reader.lang, "gathered.line", do=do, who=who, left=left)


def _is_free(state: StepState) -> bool:
    return state.taken_by is None and not state.is_called_for


def _owner(state: StepState) -> PersonId | None:
    """Who was asked first, or has it: nobody else need be phoned."""
    return state.taken_by or next(iter(state.told), None)


def _phones(happening: Happening, steps: Sequence[StepId], reader: Reader) -> list[Html]:
    owners = dict.fromkeys(_owner(happening.after.steps[step]) for step in steps)
    known = [p for p in owners if p is not None and reader.phone(p)]
    return [phone_line(reader, person) for person in known[:PHONES_SHOWN]]


def _rows(
    happening: Happening, steps: Sequence[StepId], reader: Reader, who: Html | None
) -> tuple[tuple[Button, ...], ...]:
    """To take what nobody has, unless somebody has everything; and to see them one by one."""
    number, lang = happening.after.number, reader.lang
    states = [happening.after.steps[step] for step in steps]
    rows = []
    if any(_is_free(state) for state in states):
        rows.append((button(say(lang, "gathered.take", number=number), "take_in", number),))
    if who is None:
        rows.append((button(say(lang, "directing.bundle_list"), "mine"),))
    else:
        rows.append((button(say(lang, "steps.show"), "show", number),))
    return tuple(rows)
