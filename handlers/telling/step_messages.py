"""Messages about one step: to its owner, to the next in line, reminders, escalations.

In: an incident, a step, who reads. Out: texts with the step's buttons. Forbidden here: choosing
who is told.
"""

from handlers.buttons import button
from handlers.catalogue import Html, plain, say
from handlers.telling.answer_rows import answer_rows
from handlers.telling.around import around, phone_line
from handlers.telling.call_list import next_buttons, next_lines, ticked_of
from handlers.telling.decisions import deciding_lines, decision_words, is_yes
from handlers.telling.happening import Happening, Reader
from handlers.telling.notices import notice_rows
from handlers.telling.spread import do_of
from handlers.telling.step_lines import search_again_rows, step_buttons, ticked
from handlers.telling.voided import void_line
from plans.duration import say_duration
from plans.engine.conditions import holds
from plans.events import OwnerReminded, StepDeclined, StepEscalated
from plans.format import REPORTER, Plan, whole_of
from plans.incident import Incident, StepState, StepStatus
from plans.model import FactName, PersonId, StepId
from plans.text import Lang
from storage.delivery import Button, Message

PHONES_SHOWN = 3
NAMES_SHOWN = 3


def step_slot(incident: Incident, step: StepId, person: PersonId) -> str:
    """The live message of one person about one round of a step."""
    return f"step/{incident.number}/{step}/{incident.steps[step].round}/{person}"


def step_message(
    plan: Plan, incident: Incident, step: StepId, person: PersonId, reader: Reader
) -> Message:
    """What somebody who was told of a step sees of it now."""
    state = incident.steps[step]
    lang = reader.lang
    values = {"number": incident.number, "do": do_of(plan, incident, step, reader)}
    if state.status is StepStatus.DONE and state.settled_at is not None:
        time, name = reader.time(state.settled_at), reader.name(state.settled_by)
        if state.decision is not None:
            card = "done_card" if is_yes(state.decision) else "refused_card"
            what = decision_words(state.decision, reader)
            text = say(lang, f"approving.{card}", name=name, time=time, what=what, **values)
            return Message(text=text)
        text = say(lang, "steps.done_card", name=name, time=time, **values)
        tally = ticked(state, lang)
        return Message(text=Html(f"{text}\n{plain(tally)}") if tally else text)
    if state.opens_at is not None:
        time = reader.time(state.opens_at)
        return Message(text=say(lang, "moments.waits_card", time=time, **values))
    if state.status is not StepStatus.OPEN or state.due_at is None:
        return Message(text=say(lang, "steps.skipped_card", **values))
    if state.taken_by not in (None, person) and not state.held_up:
        name = reader.name(state.taken_by)
        return Message(text=say(lang, "steps.taken_by_other", name=name, **values))
    if person not in (*state.asked, state.taken_by):
        return _passed_on(plan, incident, step, reader, values)
    rows = tuple(_private_buttons(plan, incident, step, state, reader))
    extra = _private_extra(plan, incident, step, reader)
    due = reader.time(state.due_at)
    if state.taken_by == person:
        key = _by_when(plan, step, "steps.taken_card")
        text = say(lang, key, due=due, extra=extra, **values)
        return Message(text=text, buttons=rows)
    text = say(lang, _by_when(plan, step, "steps.asked_card"), due=due, extra=extra, **values)
    return Message(text=text, buttons=rows)


def _by_when(plan: Plan, step: StepId, key: str) -> str:
    """A decision is not done by a time, but made."""
    return key if plan.step(step).decide is None else f"{key}_decide"


def _passed_on(
    plan: Plan, incident: Incident, step: StepId, reader: Reader, values: dict[str, object]
) -> Message:
    """Whoever did not answer in time sees who is asked now, and may still take it, say that it is
    done already (not of a list that they have not begun), or decide."""
    state = incident.steps[step]
    names = reader.names(state.asked[:NAMES_SHOWN]) or say(reader.lang, "calling.command")
    text = say(reader.lang, "calling.passed_card", names=names, **values)
    if plan.step(step).decide is not None:
        known = "".join(f"\n{line}" for line in deciding_lines(plan, incident, step, reader))
        rows = step_buttons(plan, incident, step, state, reader)
        return Message(text=Html(text + known), buttons=tuple(rows))
    take = button(say(reader.lang, "steps.acknowledge"), "ack", incident.number, step)
    done = button(say(reader.lang, "steps.complete"), "done", incident.number, step)
    listed = state.share is not None and bool(state.share.calls)
    return Message(text=text, buttons=((take,) if listed else (take, done),))


def _private_extra(plan: Plan, incident: Incident, step: StepId, reader: Reader) -> Html:
    """What one needs to know to do it, and whom one has to call."""
    calls = next_lines(incident.steps[step].share, reader)
    lines = [*_again(plan, incident, step, reader), *calls]
    return Html(around(plan, incident, step, reader) + "".join(f"\n{line}" for line in lines))


def _again(plan: Plan, incident: Incident, step: StepId, reader: Reader) -> list[Html]:
    """Why it is to be done once more."""
    name, round_ = incident.steps[step].again_for, incident.steps[whole_of(step)].again_in
    value = incident.fact(name) if name is not None else None
    if name is None or value is None:
        if round_ is None:
            return []
        title = plan.rounds[round_].title.in_(reader.lang)
        return [say(reader.lang, "moments.round", title=title)]
    asked = plan.known().get(name)
    what = asked.called(reader.lang) if asked else name
    shown = reader.about(incident).brief_fact(plan, name, value)
    key = "moments.again_said" if _said_before(plan, incident, step) else "moments.again"
    return [say(reader.lang, key, what=what, value=shown)]


def _said_before(plan: Plan, incident: Incident, step: StepId) -> list[FactName]:
    """What the step is to record and recorded when it was done before."""
    if incident.steps[step].again_for is None:
        return []
    return [name for name in plan.step(step).record if name in incident.facts]


def _change_rows(
    plan: Plan, incident: Incident, step: StepId, reader: Reader
) -> list[tuple[Button, ...]]:
    """To be done once more: what was said then stands unless it is changed."""
    asked, lang = plan.asked(), reader.lang
    buttons = [
        button(say(lang, "moments.change", what=asked[n].called(lang)), "ask", incident.number, n)
        for n in _said_before(plan, incident, step)
    ]
    return [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]


def _private_buttons(
    plan: Plan, incident: Incident, step: StepId, state: StepState, reader: Reader
) -> list[tuple[Button, ...]]:
    ticked = ticked_of(plan.step(step))
    ticks = next_buttons(state.share, incident.number, step, reader, ticked)
    return [
        *ticks,
        *answer_rows(plan, incident, step, reader),
        *step_buttons(plan, incident, step, state, reader),
        *_change_rows(plan, incident, step, reader),
        *search_again_rows(plan, incident, step, reader),
        *notice_rows(plan, incident.number, step, reader),
        *_fill_in(plan, incident, step, reader),
    ]


def _fill_in(
    plan: Plan, incident: Incident, step: StepId, reader: Reader
) -> list[tuple[Button, ...]]:
    """While an answer that is needed is missing, whoever phones the place can give it instead."""
    missing = (
        name
        for name, asked in plan.ask.items()
        if asked.required and name not in incident.facts
        if holds(asked.when, incident.facts) is not False
    )
    theirs = plan.step(step).owner.role == REPORTER or incident.steps[step].share is not None
    if theirs or not any(missing):
        return []
    return [(button(say(reader.lang, "steps.fill_in"), "fix", incident.number),)]


def ping(
    happening: Happening,
    step: StepId,
    reader: Reader,
    who: Html | None,
    handed_by: str | None = None,
) -> Message:
    """The first word of a step: what, by when; in private where and what else one needs to know,
    in a group (`who` is mentioned) no more than that."""
    incident, lang = happening.after, reader.lang
    state = incident.steps[step]
    extra = _extra(happening, step, reader, who)
    handed = say(lang, "steps.handed", name=reader.name(handed_by)) if handed_by else Html("")
    if handed_by is None and state.taken_by is not None:
        handed = say(lang, "moments.needed_again")
    text = say(
        lang,
        _by_when(happening.plan, step, "steps.ping"),
        number=incident.number,
        do=do_of(happening.plan, incident, step, reader),
        who=Html((who or "") + handed),
        due=reader.time(state.due_at) if state.due_at else "",
        extra=extra,
    )
    return Message(text=text, buttons=_buttons(happening, step, reader))


def _extra(happening: Happening, step: StepId, reader: Reader, who: Html | None) -> Html:
    if who is not None:
        return Html("")
    void = void_line(happening, step, reader)
    extra = _private_extra(happening.plan, happening.after, step, reader)
    return Html(f"\n{void}{extra}") if void is not None else extra


def reminder(
    happening: Happening, event: OwnerReminded, reader: Reader, who: Html | None
) -> Message:
    """Before the deadline: to whoever has it, or has not answered."""
    incident, lang = happening.after, reader.lang
    state = incident.steps[event.step]
    do = do_of(happening.plan, incident, event.step, reader)
    values = {"number": incident.number, "do": do, "who": who or ""}
    if state.taken_by and state.due_at:
        key = _by_when(happening.plan, event.step, "steps.remind_taken")
        text = say(lang, key, due=reader.time(state.due_at), **values)
    else:
        climb = reader.time(state.climb_at) if state.climb_at else ""
        text = say(lang, "steps.remind", climb=climb, **values)
    if who is None:
        known = deciding_lines(happening.plan, incident, event.step, reader)
        text = Html("\n".join([text, *known]))
    return Message(text=text, buttons=_buttons(happening, event.step, reader))


def escalation(
    happening: Happening, event: StepEscalated, reader: Reader, who: Html | None
) -> Message:
    """To the next in line: what, why them, whom to phone."""
    incident, lang = happening.after, reader.lang
    state = incident.steps[event.step]
    values = {
        "number": incident.number,
        "do": do_of(happening.plan, incident, event.step, reader),
        "who": who or "",
        "extra": _extra(happening, event.step, reader, who),
        "phones": _phones(happening, event, reader) if who is None else "",
    }
    if event.rung == "command" and event.why != "overdue" and state.opened_at is not None:
        waited = say_duration(event.at - state.opened_at, lang)
        text = say(lang, "steps.escalate_command", waited=waited, **values)
    else:
        text = say(lang, "steps.escalate", why=_why(happening, event, reader), **values)
    return Message(text=text, buttons=_buttons(happening, event.step, reader))


def buttons_in_group(
    happening: Happening, step: StepId, lang: Lang
) -> tuple[tuple[Button, ...], ...]:
    """Under a ping in a group: to take the step, and to see more. Everything else stands on the
    group's card and under the private messages."""
    if happening.after.steps[step].status is not StepStatus.OPEN:
        return ()
    number = happening.after.number
    take = button(say(lang, "steps.acknowledge"), "ack", number, step)
    return ((take, button(say(lang, "steps.show"), "show", number)),)


def _buttons(happening: Happening, step: StepId, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    state = happening.after.steps[step]
    if state.status is not StepStatus.OPEN:
        return ()
    return tuple(_private_buttons(happening.plan, happening.after, step, state, reader))


def _silent(happening: Happening, event: StepEscalated) -> list[PersonId]:
    """Who should have answered before this rung."""
    before = happening.before.steps.get(event.step) if happening.before else None
    if event.why == "declined":
        return [e.by for e in _declined(happening, event) if e.by]
    passed = [
        e.person
        for e in happening.events
        if e.type == "person_passed_over" and e.step == event.step
    ]
    if event.why in ("unreachable", "nobody"):
        return passed
    if before is None:
        return passed
    return [before.taken_by] if before.taken_by else [*before.asked, *passed]


def _declined(happening: Happening, event: StepEscalated) -> list[StepDeclined]:
    return [e for e in happening.events if isinstance(e, StepDeclined) and e.step == event.step]


def _why(happening: Happening, event: StepEscalated, reader: Reader) -> Html:
    names = reader.names(_silent(happening, event))
    state: StepState = happening.after.steps[event.step]
    if event.why == "nobody":
        return say(reader.lang, "steps.why_nobody", role=reader.role(state.role))
    reasons = _declined(happening, event)
    reason = reasons[-1].reason if reasons else ""
    return say(reader.lang, f"steps.why_{event.why}", names=names, reason=reason)


def _phones(happening: Happening, event: StepEscalated, reader: Reader) -> Html:
    """Those who stayed silent, to be called; whoever reported stands above already."""
    people = [p for p in dict.fromkeys(_silent(happening, event)) if p != happening.after.reporter]
    known = [p for p in people if reader.phone(p)][:PHONES_SHOWN]
    return Html("".join(f"\n{phone_line(reader, p)}" for p in known))
