"""A rehearsal on paper ends as the engine ends: the checker's proof is about the real thing.

Small plans are made up by chance, sound or not; each case the checker walks through is carried
out by the engine with the same answers, everybody doing what they are asked.
"""

from hypothesis import given, settings
from hypothesis import strategies as st

from plans.commands import StartIncident
from plans.company import Company
from plans.format import CLOSING, Plan
from plans.incident import StepStatus
from plans.plan_check.order import order
from plans.plan_check.rehearsal import UNANSWERED, Answers, Rehearsal, rehearse
from tests.plans.engine.test_chance import plainly
from tests.plans.engine.town import Talk, Town, minute

BOTH = {"zh": "问", "en": "Ask"}
ASK = {
    "hurt": {"type": "yes_no", "required": True, "text": BOTH},
    "blocked": {"type": "yes_no", "text": BOTH},
    "count": {"type": "number", "required": True, "text": BOTH, "when": {"hurt": "yes"}},
    "level": {
        "type": "level",
        "text": BOTH,
        "choices": {"low": BOTH, "mid": BOTH, "high": BOTH},
    },
    "who": {"type": "customer", "text": BOTH},
}
BOUND = {"of": "level", "is": {"low": 3, "mid": 5}, "else": 8}
CONDITIONS: dict[str, list[object]] = {
    "hurt": ["yes", "no"],
    "blocked": ["yes", "any", {"ever": "yes"}],
    "count": [{"over": 5}, {"at_most": 5}, {"over": BOUND}],
    "level": [{"at_least": "mid"}, {"below": "high"}, "high", "any"],
    "who.lawful": ["yes", "no"],
    "who.grade": ["二档", {"unless": "二档"}],
    "spare": ["any", "none"],
    "noted": ["yes", "any"],
    "sure": ["no", "any"],
}
STEPS = ("a", "b", "c", "d", "e")


@st.composite
def made_up(draw: st.DrawFn) -> Plan:
    """Five steps that follow each other in any way; `a` may search, `b` may record."""
    steps: dict[str, dict[str, object]] = {}
    for place, name in enumerate(STEPS):
        step: dict[str, object] = {"owner": "dispatcher", "do": BOTH, "due": {"in": "1 h"}}
        earlier = STEPS[:place]
        afters: list[object] = [[], ["a"], {"missed": "in_touch"}] if place else [[]]
        if place > 1:
            afters += [earlier[-2:], {"any": earlier[-2:]}, earlier[-1:]]
        step["after"] = draw(st.sampled_from(afters))
        facts = draw(st.lists(st.sampled_from(sorted(CONDITIONS)), max_size=2, unique=True))
        step["when"] = {fact: draw(st.sampled_from(CONDITIONS[fact])) for fact in facts}
        steps[name] = step
    steps["a"]["allocate"] = {"pool": "spare_vehicle", "as": "spare"}
    steps["b"]["record"] = {
        "noted": {"type": "yes_no", "text": BOTH},
        "sure": {"type": "yes_no", "required": True, "text": BOTH},
    }
    close = {"by": "dispatcher", "when": STEPS, "do": BOTH, "due": {"in": "1 h"}}
    every = {"every": "1 h", "answer_within": "10 min", "until": "close"}
    return Plan.model_validate(
        {
            "plan": "made-up",
            "title": BOTH,
            "icon": "🎲",
            "command": "chance",
            "received": BOTH,
            "ask": ASK,
            "steps": steps,
            "checks": {"in_touch": {"owner": "reporter", "ask": BOTH, **every}},
            "close": {**close, "tell_reporter": BOTH},
        }
    )


@settings(deadline=None, max_examples=40)
@given(plan=made_up())
def test_a_rehearsal_ends_as_the_engine_ends(plan: Plan) -> None:
    if list(order(plan)):
        return  # steps that wait for each other are refused before anything is rehearsed
    for step in STEPS:
        for rehearsal in rehearse(plan, step):
            talk = carried_out(plan, rehearsal)
            settled = talk.state.steps[step].status in (StepStatus.DONE, StepStatus.SKIPPED)
            assert settled == rehearsal.settled(step), (step, rehearsal.answers)


def with_the_customer(company: Company, answers: Answers) -> Company:
    """The customer is what the rehearsal took them to be."""
    customer = company.customers["k_01"].model_copy(
        update={
            "lawful": answers.get("who.lawful", "yes") == "yes",
            "grade": str(answers.get("who.grade", "")),
        }
    )
    return company.model_copy(update={"customers": {**company.customers, "k_01": customer}})


def carried_out(plan: Plan, rehearsal: Rehearsal) -> Talk:
    answers = rehearsal.answers
    town = Town().without_spares() if answers.get("spare") == "none" else Town()
    town.company = with_the_customer(town.company, answers)
    talk = Talk(plan, town)
    told = {name: answers[name] for name in plan.ask if answers.get(name, UNANSWERED) != UNANSWERED}
    told |= {"who": "k_01"} if "who" in told else {}
    before: Answers = {"blocked": "yes"} if answers.get("blocked yes") == "yes" else {}
    talk.tell(StartIncident(minute(0), "p_lu", 1, "1", "east", told | before))
    for name in before:
        talk.records("p_lu", name, told[name])
    for _ in STEPS:
        open_ = [name for name in STEPS if talk.state.steps[name].status is StepStatus.OPEN]
        if not open_:
            break
        for name, record in plan.steps[open_[0]].record.items():
            answer = answers.get(name, plainly(record) if record.required else UNANSWERED)
            if answer != UNANSWERED:
                talk.records("p_an_ph", name, answer)
        talk.completes("p_an_ph", open_[0])
    assert talk.state.steps[CLOSING].status is not StepStatus.DONE
    return talk
