"""Cards: one message for each group, leader and reporter, kept up to date in place.

In: an incident as it stands and who reads. Out: text and buttons. Forbidden here: deciding when a
card is sent; asking who may press (that is asked when a button is pressed).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from handlers.buttons import button
from handlers.catalogue import Html, plain, say
from handlers.command.lines import commander_lines
from handlers.telling.around import contact_lines, promise_line
from handlers.telling.decisions import about, asker_rows, standing_lines, with_grant
from handlers.telling.happening import Reader
from handlers.telling.kin import following_lines, open_children, parent_lines
from handlers.telling.level_buttons import level_rows
from handlers.telling.spread import folded, spread_line, spread_rows, spread_steps
from handlers.telling.step_lines import (
    SEARCH_AGAIN,
    now_lines,
    pool_of,
    step_buttons,
    step_line,
)
from handlers.telling.where import where
from plans.format import Plan, whole_of
from plans.incident import Incident, SkipReason, StepState, StepStatus, VehiclePromise
from plans.model import GroupId, PersonId, StepId
from plans.plate import show_plate
from storage.delivery import Button, Message

# A step keeps its number, so that a card redrawn under a thumb never moves a button's meaning.
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
STEPS_SHOWN = 8
FACTS_SHOWN = 6
ROWS_SHOWN = 10


def group_card(
    plan: Plan, incident: Incident, reader: Reader, own: Mapping[StepId, StepState]
) -> Message:
    """What one department's group sees: its own steps with buttons, the others counted."""
    open_ = sum(state.status is StepStatus.OPEN for state in incident.steps.values())
    others = open_ - sum(state.status is StepStatus.OPEN for state in own.values())
    counted = folded(own, incident)
    spread = [one for one in spread_steps(plan, incident) if one in {whole_of(n) for n in own}]
    own = {step: state for step, state in own.items() if whole_of(step) not in counted}
    lines = [*head(plan, incident, reader), *_fact_lines(plan, incident, reader)]
    rows: list[list[tuple[Button, ...]]] = []
    numbers = dict(zip(plan.every_step(), _CIRCLED, strict=False))
    for step, state in _shown(own).items():
        mark = numbers.get(whole_of(step), "") if state.status is StepStatus.OPEN else ""
        lines.append(step_line(plan, incident, step, reader, mark))
        contact = plan.step(step).contact
        if contact is not None and state.status is StepStatus.OPEN:
            lines += list(contact_lines(contact, incident.region, reader))[:1]
        rows.append(_step_rows(plan, incident, step, state, reader, mark))
    lines += [spread_line(plan, incident, step, reader) for step in spread]
    rows.append(list(spread_rows(plan, incident, spread, reader)))
    rows += [[row] for row in level_rows(plan, incident, reader)]
    if others:
        lines.append(say(reader.lang, "cards.others", count=others))
    lines += _ending(incident, reader)
    text = "\n".join(line for line in lines if line)
    return Message(text=text, buttons=_fitting(rows))


def _fitting(rows: list[list[tuple[Button, ...]]]) -> tuple[tuple[Button, ...], ...]:
    """All rows, or where they are too many each step's first: to take it and to say it is done."""
    found = tuple(row for of_step in rows for row in of_step)
    if len(found) <= ROWS_SHOWN:
        return found
    return tuple(of_step[0] for of_step in rows if of_step)


def leader_card(plan: Plan, incident: Incident, reader: Reader) -> Message:
    """Short: what, where, how far, how late."""
    begun = (s for s in incident.steps.values() if s.status is not StepStatus.WAITING)
    states = [s for s in begun if not s.shared]  # its parts are counted
    settled = sum(s.status is StepStatus.DONE for s in states)
    counted = sum(s.status is not StepStatus.SKIPPED for s in states)
    late = sum(s.status is StepStatus.OPEN and s.held_up for s in states)
    lang = reader.lang
    late_text = say(lang, "cards.leader_late", count=late) if late else Html("")
    lines = [
        *head(plan, incident, reader),
        say(lang, "cards.leader_state", done=settled, all=counted, late=late_text),
        *now_lines(plan, incident, reader),
        *_ending(incident, reader),
    ]
    more = button(say(lang, "cards.timeline_button"), "show", incident.number)
    spread = spread_rows(plan, incident, spread_steps(plan, incident), reader)
    levels = level_rows(plan, incident, reader)
    return Message(text="\n".join(lines), buttons=((more,), *levels, *spread))


def reporter_card(
    plan: Plan, incident: Incident, reader: Reader, person: PersonId | None = None
) -> Message:
    """What whoever reported sees: the number, what happens now, who has it, what is coming.
    `person` reads it."""
    lang = reader.lang
    if incident.is_open:
        started = say(
            lang,
            "report.started",
            icon=plan.icon,
            number=incident.number,
            received=plan.received.in_(lang),
        )
        if plan.is_request:
            started = _asked_for(plan, incident, reader)
        lines = [started, *_filed_for(person, incident, reader)]
        lines += [*parent_lines(incident, reader), *_subject(plan, incident)]
        lines += standing_lines(plan, incident, reader)
        lines += now_lines(plan, incident, reader, decisions=False)
        lines += _spare_lines(plan, incident, reader)
        row = [button(say(lang, "steps.correct"), "fix", incident.number)]
        runs = [n for n, c in incident.checks.items() if c.ask_at or c.answer_by]
        row += [
            button(say(lang, "steps.all_right"), "ok", incident.number, check) for check in runs
        ]
        levels = level_rows(plan, incident, reader)
        rows = (tuple(row), *levels, *asker_rows(plan, incident, reader))
        return Message(text="\n".join(lines), buttons=rows)
    lines = [*head(plan, incident, reader), *_ending(incident, reader)]
    return Message(text="\n".join(lines))


def _asked_for(plan: Plan, incident: Incident, reader: Reader) -> Html:
    """For whom, to tell several apart; and until somebody has decided, what happens now."""
    decided = any(state.decision is not None for state in incident.steps.values())
    values: dict[str, object] = {"icon": plan.icon, "number": incident.number}
    values["about"] = about(plan, incident, reader)
    values["received"] = Html("") if decided else plain("\n" + plan.received.in_(reader.lang))
    return say(reader.lang, "approving.received", **values)


def _filed_for(person: PersonId | None, incident: Incident, reader: Reader) -> list[Html]:
    """Who reported it in the reader's name, that they need not wonder."""
    if incident.filed_by is None or person != incident.reporter:
        return []
    by = reader.name_and_role(incident.filed_by)
    return [say(reader.lang, "directing.filed_for_you", name=by)]


def head(plan: Plan, incident: Incident, reader: Reader) -> list[Html]:
    """The first lines of every card; the first always bears `#number`."""
    lang = reader.lang
    first = say(
        lang,
        "cards.head",
        icon=plan.icon,
        number=incident.number,
        title=plan.title.in_(lang),
        region=where(incident, reader),
        drill=say(lang, "cards.drill") if incident.drill else "",
    )
    first = Html("\n".join([first, *commander_lines(incident, reader)]))
    if incident.routine:
        return [first, say(lang, "routines.card", time=reader.time(incident.reported_at))]
    filed = {"by": reader.name(incident.filed_by)} if incident.filed_by else {}
    who = say(
        lang,
        "directing.reporter_card" if filed else "cards.reporter",
        **filed,
        name=reader.name(incident.reporter),
        phone=reader.phone(incident.reporter),
        time=reader.time(incident.reported_at),
    )
    place = _place(plan, incident, reader)
    return [first, *parent_lines(incident, reader), who, *_subject(plan, incident), *place]


def _place(plan: Plan, incident: Incident, reader: Reader) -> list[Html]:
    """The place, or that it is unknown; nothing for what has no place."""
    place = incident.place()
    if place is not None:
        return [say(reader.lang, "cards.place", place=reader.place(place))]
    asked = any(question.type == "place" for question in plan.ask.values())
    return [say(reader.lang, "cards.place_unknown")] if asked else []


def _subject(plan: Plan, incident: Incident) -> list[Html]:
    plate = incident.fact(plan.subject or "")
    return [Html(f"🚛 {show_plate(plate)}")] if isinstance(plate, str) else []


def _fact_lines(plan: Plan, incident: Incident, reader: Reader) -> list[Html]:
    shown = []
    for name, asked in plan.asked().items():
        value = incident.fact(name)
        if value is None or asked.type in ("place", "vehicle") or value == incident.area():
            continue
        said = reader.about(incident).brief_fact(plan, name, value)
        said = with_grant(plan, incident, name, said, reader)
        shown.append(say(reader.lang, "cards.fact", what=asked.called(reader.lang), value=said))
    return shown[:FACTS_SHOWN]


def _spare_lines(plan: Plan, incident: Incident, reader: Reader) -> Iterator[Html]:
    lang = reader.lang
    for fact, promise in incident.promises.items():
        if not isinstance(promise, VehiclePromise):
            yield promise_line(promise, reader)
            continue
        driver = f" {reader.name(promise.driver)} {reader.phone(promise.driver)}"
        arrives_at = arrival(plan, incident, fact)
        yield say(
            lang,
            "cards.spare",
            plate=show_plate(promise.plate),
            driver=driver if promise.driver else "",
            eta=say(lang, "cards.eta", time=reader.time(arrives_at)) if arrives_at else "",
        )


def arrival(plan: Plan, incident: Incident, promised: str) -> datetime | None:
    """When the promised vehicle's driver said to be there: the duration recorded at the step
    that the driver owns, counted from when it was said."""
    for name, step in plan.steps.items():
        opened_at = incident.steps[name].opened_at
        if step.owner.driver_of != promised or opened_at is None:
            continue
        for fact, record in step.record.items():
            said = incident.facts.get(fact)
            # What the driver of another vehicle, since let go, said is nothing to go by.
            if said is None or record.type != "duration" or said.at < opened_at:
                continue
            if isinstance(said.value, int):
                return said.at + timedelta(minutes=said.value)
    return None


def _ending(incident: Incident, reader: Reader) -> list[Html]:
    goes_on = [] if incident.is_open else open_children(incident, reader)
    follows = following_lines(incident, reader)
    return [*_how_it_ended(incident, reader), *goes_on, *follows]


def _how_it_ended(incident: Incident, reader: Reader) -> list[Html]:
    if incident.is_open or incident.ended_at is None:
        return []
    if incident.merged_into is not None:
        return [say(reader.lang, "cards.merged", into=incident.merged_into)]
    time, name = reader.time(incident.ended_at), reader.name(incident.ended_by)
    if incident.status == "cancelled":
        return [say(reader.lang, "directing.cancelled_card", time=time, name=name)]
    if incident.ended_by is None:
        return [say(reader.lang, "cards.closed_itself", time=time)]
    return [say(reader.lang, "cards.closed", time=time, name=name)]


def group_of(plan: Plan, reader: Reader, state: StepState) -> str | None:
    """The group whose business an opened step is: its role's department, in its region."""
    role = reader.roster.company.roles.get(state.role or "")
    return reader.roster.group_for(role.department, state.region) if role else None


def groups_of(plan: Plan, incident: Incident, reader: Reader) -> list[str]:
    """Every group with a step that was ever opened, in the plan's order; none for a routine, which
    is its owner's affair."""
    return list(steps_by_group(plan, incident, reader))


def steps_by_group(
    plan: Plan, incident: Incident, reader: Reader
) -> Mapping[GroupId, Mapping[StepId, StepState]]:
    """The same with what is each one's business. All of them at once: sixty regions' groups each
    looked through two hundred steps."""
    if incident.routine:
        return {}
    opened = [(step, group_of(plan, reader, state)) for step, state in incident.steps.items()]
    found: dict[GroupId | None, dict[StepId, StepState]] = {group: {} for _, group in opened}
    for step, group in opened:
        for one in {group, _due_in(plan, incident, step, reader)}:
            if one in found:
                found[one][step] = incident.steps[step]
    return {group: own for group, own in found.items() if group is not None}


def _shown(own: Mapping[StepId, StepState]) -> Mapping[StepId, StepState]:
    """Where there is no room for all, what is done gives way first."""
    by_need = sorted(own, key=lambda step: own[step].status is not StepStatus.OPEN)
    kept = set(by_need[:STEPS_SHOWN])
    return {step: state for step, state in own.items() if step in kept}


def _due_in(plan: Plan, incident: Incident, step: StepId, reader: Reader) -> GroupId | None:
    """A step that found nothing in the pool, or is put off, has not opened; its owner's group sees
    that."""
    state = incident.steps[step]
    rests = state.opens_at is not None and plan.step(step).not_before is None
    if rests or (state.skipped_for is not SkipReason.SHORT and state.opens_at is None):
        return None
    role = reader.roster.company.roles.get(plan.step(step).owner.role or "")
    return reader.roster.group_for(role.department, incident.region) if role is not None else None


def _step_rows(
    plan: Plan, incident: Incident, step: StepId, state: StepState, reader: Reader, mark: str
) -> list[tuple[Button, ...]]:
    if not incident.is_open:
        return []
    if state.skipped_for is SkipReason.SHORT:
        label = say(reader.lang, SEARCH_AGAIN[pool_of(plan.step(step))])
        return [(button(label, "again", incident.number, step),)]
    if state.status is not StepStatus.OPEN:
        return []
    return step_buttons(plan, incident, step, state, reader, mark)
