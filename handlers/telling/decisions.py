"""Decisions in words: what somebody decided, what they need to know to decide, and the buttons.

In: a step at which somebody decides, as it stands, and who reads. Out: lines and rows of buttons.
Forbidden here: who may decide (the engine says, when a button is pressed).
"""

from collections.abc import Iterator

from handlers.buttons import button
from handlers.catalogue import Html, plain, say
from handlers.telling.happening import BRIEF, Reader
from plans.engine.approving import carried_out
from plans.engine.deciding import Deciding
from plans.engine.tiers import asked_for
from plans.format import REPORTER, Decide, Plan
from plans.incident import NONE, Decision, Incident, StepState, StepStatus
from plans.model import FactName, PersonId, StepId
from storage.delivery import Button

# Kept on record by these names, since each reader has a language of their own.
OF_A_NUMBER = ("short", "rules", "twice", "unclear")
OF_NO_NUMBER = ("wait", "untrue", "otherwise", "unclear")
REASONS = frozenset((*OF_A_NUMBER, *OF_NO_NUMBER))
FACTS_SHOWN = 8
ASKERS_SHOWN = 3
# For whoever asked, and whoever decides after somebody's advice, every word may count.
WHOLE = 1000
ADVICE = 300
# In a button in place of a number, where there is none.
NO_NUMBER = "-"


def decision_words(decision: Decision, reader: Reader, limit: int = BRIEF) -> Html:
    """What was decided, with so much of the reason or remark."""
    key = f"approving.{decision.outcome}"
    if decision.granted and decision.asked is not None:
        key += "_all" if decision.granted == decision.asked else "_part"
    counts = {"granted": decision.granted, "asked": decision.asked}
    said = {n: reader.amount(decision.goods, c) for n, c in counts.items() if c is not None}
    what = say(reader.lang, key, **said)
    if not decision.reason:
        return what
    reason = reason_words(decision.reason, reader, limit)
    return say(reader.lang, "approving.with_reason", what=what, reason=reason)


def reason_words(reason: str, reader: Reader, limit: int) -> str:
    """A usual reason in the reader's language; one that was typed as it was typed, on one line."""
    if reason in REASONS:
        return say(reader.lang, f"approving.because_{reason}").unescape()
    line = " ".join(reason.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def usual_reasons(decide: Decide | None) -> tuple[str, ...]:
    """Why somebody may refuse: goods run short, a course of action is too soon."""
    return OF_NO_NUMBER if decide is None or decide.of is None else OF_A_NUMBER


def is_yes(decision: Decision) -> bool:
    return decision.outcome in ("approved", "supported")


def deciding_lines(plan: Plan, incident: Incident, step: StepId, reader: Reader) -> Iterator[Html]:
    """What one needs to know to decide: who asks, for what, and what others advise."""
    decide = plan.step(step).decide
    if decide is None:
        return
    for one in askers(plan, incident, step)[:ASKERS_SHOWN]:
        yield say(reader.lang, "approving.requester", name=reader.name_and_role(one))
    for name in _facts_shown(plan, incident, step, decide):
        asked, value = plan.known().get(name), incident.fact(name)
        if value is None or value == NONE or asked is None:
            continue
        shown = reader.about(incident).brief_fact(plan, name, value)
        values = {"what": asked.called(reader.lang), "value": shown}
        yield say(reader.lang, "guides.fact", kind=plain(""), **values)
    for name, other in plan.steps.items():
        state = incident.steps[name]
        if name == step or other.decide is None or state.decision is None:
            continue
        what = decision_words(state.decision, reader, ADVICE)
        yield say(reader.lang, "approving.advice", name=reader.name(state.settled_by), what=what)


def with_grant(plan: Plan, incident: Incident, name: FactName, said: Html, reader: Reader) -> Html:
    """A number with how many of it were granted, where that is fewer."""
    for step, plan_step in plan.steps.items():
        decide, decision = plan_step.decide, incident.steps[step].decision
        if decide is None or decision is None or decide.of != name or decide.grant is None:
            continue
        if decision.granted is not None and decision.granted != decision.asked:
            granted = reader.amount(decision.goods, decision.granted)
            return say(reader.lang, "approving.with_grant", value=said, granted=granted)
    return said


def askers(plan: Plan, incident: Incident, step: StepId) -> tuple[PersonId, ...]:
    """Whose proposal it is: of whoever did what comes right before it, unless that was a decision,
    too; or else of whoever reported or filed all of it."""
    before = (s for s in plan.step(step).follows if plan.step(s).decide is None)
    done = (incident.steps[s] for s in before if incident.steps[s].status is StepStatus.DONE)
    did = dict.fromkeys(state.settled_by for state in done if state.settled_by is not None)
    return tuple(did) or (incident.filed_by or incident.reporter,)


def _facts_shown(
    plan: Plan, incident: Incident, step: StepId, decide: Decide
) -> tuple[FactName, ...]:
    """What was asked for, but for what the step shows by itself."""
    shown = plan.step(step).show
    asked = (name for name in plan.ask if name not in shown and plan.ask[name].type != "place")
    first = (decide.of,) if decide.of and decide.of not in shown else ()
    return tuple(dict.fromkeys([*first, *asked]))[:FACTS_SHOWN]


def number_shown(plan: Plan, incident: Incident, step: StepId, reader: Reader) -> Html:
    """The number that is to be decided on as it is said; "" where there is none."""
    decide = plan.step(step).decide
    count = asked_for(decide, incident) if decide is not None else None
    if decide is None or decide.of is None or count is None:
        return Html("")
    return reader.about(incident).fact(plan, decide.of, count)


def decision_buttons(
    plan: Plan, incident: Incident, step: StepId, state: StepState, reader: Reader, mark: str = ""
) -> list[tuple[Button, ...]]:
    """Yes, no, fewer; to take it, to hand it on. Each names the number it is about: pressed after
    a change it decides nothing."""
    decide = plan.step(step).decide
    if decide is None:
        return []
    lang, number = reader.lang, incident.number
    count = asked_for(decide, incident)
    about = NO_NUMBER if count is None else str(count)
    yes = "support" if decide.advise else "agree"
    key = f"approving.{yes}" if count is None else f"approving.{yes}_to"
    label = say(lang, key, count=number_shown(plan, incident, step, reader))
    refuse = say(lang, "approving.oppose" if decide.advise else "approving.refuse")
    rows = [
        [
            button(mark + label, "agree", number, step, f"{about}.{about}"),
            button(mark + refuse, "deny", number, step, f"ask.{about}"),
        ]
    ]
    second = []
    if count is not None and count > 1:
        second.append(button(mark + say(lang, "approving.fewer"), "fewer", number, step, about))
    if decide.advise:
        remark = say(lang, "approving.remark")
        second.append(button(mark + remark, "agree", number, step, f"remark.{about}"))
    third = []
    if state.taken_by is None or state.held_up:
        third.append(button(mark + say(lang, "steps.acknowledge"), "ack", number, step))
    if plan.step(step).owner.role != REPORTER:
        third.append(button(mark + say(lang, "steps.hand_over"), "give", number, step))
    third.append(button(mark + say(lang, "approving.pass_on"), "no", number, step))
    return [tuple(row) for row in (*rows, second, third) if row]


def standing_lines(plan: Plan, incident: Incident, reader: Reader) -> Iterator[Html]:
    """For whoever asked: what has been decided, and whose decision is awaited since when."""
    for name, step in plan.steps.items():
        state = incident.steps[name]
        if step.decide is None:
            continue
        if state.decision is not None and state.status is StepStatus.DONE:
            what = decision_words(state.decision, reader)
            who = reader.name(state.settled_by)
            yield say(reader.lang, "approving.decided_line", name=who, what=what)
        elif state.status is StepStatus.OPEN and state.opened_at is not None:
            yield _waiting(step.do.in_(reader.lang), state, reader)
        elif state.opens_at is not None and plan.rests is not None:
            do, time = step.do.in_(reader.lang), reader.time(state.opens_at)
            yield say(reader.lang, "approving.rests", do=do, time=time)


def _waiting(do: str, state: StepState, reader: Reader) -> Html:
    since = reader.time(state.opened_at) if state.opened_at else ""
    due = reader.time(state.due_at) if state.due_at else ""
    if state.taken_by is not None:
        who = reader.name(state.taken_by)
        return say(reader.lang, "approving.has_it", do=do, who=who, since=since, due=due)
    if not state.asked:
        return say(reader.lang, "approving.waits_nobody", do=do, since=since)
    who = reader.names(state.asked[:2])
    return say(reader.lang, "approving.waits", do=do, who=who, since=since, due=due)


def asker_rows(plan: Plan, incident: Incident, reader: Reader) -> list[tuple[Button, ...]]:
    """What whoever asked may do with it: another number, until somebody has acted on it, or take it
    back."""
    row, lang = [], reader.lang
    numbers = dict.fromkeys(
        step.decide.of for step in plan.steps.values() if step.decide and step.decide.of
    )
    deciding = Deciding(plan, reader.roster, incident, reader.at)
    open_now = [n for n in numbers if n in plan.ask and not carried_out(deciding, n)]
    for name in open_now[:1]:
        label = say(lang, "approving.change", what=plan.ask[name].called(lang)[:20])
        row.append(button(label, "ask", incident.number, name))
    until = plan.withdraw_until
    if until is not None and incident.steps[until].status is not StepStatus.DONE:
        row.append(button(say(lang, "approving.withdraw"), "undo", incident.number, "?"))
    return [tuple(row)] if row else []


def about(plan: Plan, incident: Incident, reader: Reader) -> Html:
    """Whom or what a request is for, to tell several of a day apart: the first thing that whoever
    decides is shown; "" where nobody decides."""
    shown = next((s.show[0] for s in plan.steps.values() if s.decide and s.show), None)
    value = incident.fact(shown) if shown is not None else None
    if shown is None or value is None:
        return Html("")
    return Html(f" · {reader.about(incident).brief_fact(plan, shown, value)}")
