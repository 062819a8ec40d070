"""Anything may happen in any order: three incidents in one town, and what always holds true."""

from datetime import datetime
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from plans import commands as c
from plans.area import Area
from plans.format import CLOSING, Asked
from plans.incident import CallResult, FactValue, Parent
from plans.place import Place
from tests.plans.engine.approvals import APPROVAL
from tests.plans.engine.gale import GALE
from tests.plans.engine.invariants import holds_true, is_told_by_its_timeline
from tests.plans.engine.nasty_plans import NASTY
from tests.plans.engine.rising import RISING
from tests.plans.engine.storm import STORM
from tests.plans.engine.town import LIBRARY, Talk, Town, library_plan, minute, plan_of

OWN = (*NASTY, RISING, APPROVAL, STORM, GALE)
PLANS = {plan.plan: plan for plan in (*map(library_plan, LIBRARY), *map(plan_of, OWN))}
PEOPLE = (
    *("p_lu", "p_xing", "p_an_ph", "p_dai", "p_xiu", "p_song", "p_fu", "p_ding", "p_shi"),
    *("p_an_rs", "p_bei", "p_bi", "p_nan", "p_zhou", "p_chang", "p_you", "p_yi", "p_ye"),
    *("p_ke", "p_xu"),
    "stranger",
)
CHECKS = sorted({check for plan in PLANS.values() for check in plan.checks})
FACTS = sorted({fact for plan in PLANS.values() for fact in plan.asked()} | {"spare", "rumour"})
PLACES = (Place(text="K12+300"), Place(lat=30.19, lon=120.41), Place(lat=30.03, lon=120.24))
AREAS = (
    Area(regions=("east",)),
    Area(regions=("south", "east")),
    Area(routes=("东环线", "北线")),
)
VALUES: tuple[FactValue, ...] = (
    *("yes", "no", "none", "any", "red", "blue", "tyre", "a word"),
    *("浙A10001", "浙A10009", "浙A10012", "浙B00000"),
    *(0, 1, 5, 6, 40),
    *PLACES,
)

people = st.sampled_from(PEOPLE)
which = st.integers(0, 2)


class AnythingMayHappen(RuleBasedStateMachine):
    """One rule for each command, and some for what changes about the town."""

    def __init__(self) -> None:
        super().__init__()
        self.town = Town()
        self.talks: list[Talk] = []
        self.now = 0.0

    @property
    def at(self) -> datetime:
        return minute(self.now)

    def tell(self, which: int, make: Any, *args: Any) -> None:
        talk = self.talks[which % len(self.talks)]
        before = talk.incident.model_dump_json() if talk.incident else ""
        held = talk.incident
        said = talk.tell(make(self.at, *args))
        if held is not None:
            assert held.model_dump_json() == before, "what was decided on has been changed"
        if said and said[0].startswith("refused"):
            assert talk.incident is held

    # Commands

    @initialize(name=st.sampled_from(sorted(PLANS)), by=people, facts=st.data())
    def begins(self, name: str, by: str, facts: st.DataObject) -> None:
        self._start(name, by, facts)

    @precondition(lambda self: len(self.talks) < 3)
    @rule(name=st.sampled_from(sorted(PLANS)), by=people, facts=st.data())
    def starts(self, name: str, by: str, facts: st.DataObject) -> None:
        self._start(name, by, facts)

    def _start(self, name: str, by: str, facts: st.DataObject) -> None:
        plan = PLANS[name]
        known = {name: fitting(asked) for name, asked in plan.ask.items()}
        told = facts.draw(st.fixed_dictionaries({}, optional=known))
        talk = Talk(plan, self.town)
        region = facts.draw(st.sampled_from(["east", "north", "hq"]))
        reporter = facts.draw(st.none() | people)
        said = talk.at(self.now).is_filed(by, reporter, region, **told)
        if said[0].startswith("refused"):
            assert said[0].startswith(("refused: gate", "refused: bad_value"))
            assert talk.incident is None
            talk.is_filed(by, reporter, region)
        self.talks.append(talk)

    @rule(which=which, by=people, place=st.none() | st.just(Place(text="K9")))
    def joins(self, which: int, by: str, place: Place | None) -> None:
        self.tell(which, c.JoinReport, by, place)

    @rule(which=which, by=people, name=st.sampled_from(FACTS), value=st.sampled_from(VALUES))
    def records(self, which: int, by: str, name: str, value: FactValue) -> None:
        self.tell(which, c.RecordFact, by, name, value)

    @rule(which=which, by=people, data=st.data())
    def records_what_fits(self, which: int, by: str, data: st.DataObject) -> None:
        asked = self.talks[which % len(self.talks)].plan.asked()
        name = data.draw(st.sampled_from(sorted(asked)))
        self.tell(which, c.RecordFact, by, name, data.draw(fitting(asked[name])))

    @rule(which=which, by=people, place=st.sampled_from(PLACES))
    def moves(self, which: int, by: str, place: Place) -> None:
        self.tell(which, c.MovePlace, by, place)

    @rule(which=which, data=st.data())
    def acknowledges(self, which: int, data: st.DataObject) -> None:
        self.tell(which, c.AcknowledgeStep, *self.somebody_and_a_step(which, data))

    @rule(which=which, data=st.data())
    def completes(self, which: int, data: st.DataObject) -> None:
        self.tell(which, c.CompleteStep, *self.somebody_and_a_step(which, data))

    @rule(
        which=which,
        data=st.data(),
        outcome=st.sampled_from(["approved", "refused", "supported", "opposed", "maybe"]),
        granted=st.none() | st.sampled_from([0, 1, 5, 41]),
        reason=st.sampled_from(["", "enough"]),
    )
    def decides(
        self, which: int, data: st.DataObject, outcome: str, granted: int | None, reason: str
    ) -> None:
        """Mostly on the number as it is."""
        by, step = self.somebody_and_a_step(which, data)
        number = self.talks[which % len(self.talks)].state.fact("count")
        asked = data.draw(st.sampled_from([number, 5]))
        self.tell(which, c.DecideStep, by, step, outcome, granted, reason, asked)

    @rule(which=which, data=st.data(), number=st.sampled_from([1, 2]))
    def broadcasts(self, which: int, data: st.DataObject, number: int) -> None:
        by, step = self.somebody_and_a_step(which, data)
        self.tell(which, c.SendBroadcast, by, step, number, 20, 1)

    @rule(
        which=which,
        step=st.sampled_from(["warn", "all_clear", "dance"]),
        number=st.sampled_from([1, 2]),
        confirmed=st.sampled_from([0, 7, 20]),
    )
    def counts_confirmations(self, which: int, step: str, number: int, confirmed: int) -> None:
        self.tell(which, c.CountBroadcast, step, number, 20, 20, confirmed, 0)

    @rule(which=which, data=st.data(), reason=st.sampled_from(["busy", " "]))
    def declines(self, which: int, data: st.DataObject, reason: str) -> None:
        self.tell(which, c.DeclineStep, *self.somebody_and_a_step(which, data), reason)

    @rule(which=which, data=st.data(), to=people)
    def hands_over(self, which: int, data: st.DataObject, to: str) -> None:
        self.tell(which, c.HandOverStep, *self.somebody_and_a_step(which, data), to)

    @rule(which=which, data=st.data(), to=people)
    def reassigns(self, which: int, data: st.DataObject, to: str) -> None:
        self.tell(which, c.ReassignStep, *self.somebody_and_a_step(which, data), to)

    @rule(which=which, data=st.data(), result=st.sampled_from(["reached", "no_answer"]))
    def ticks(self, which: int, data: st.DataObject, result: CallResult) -> None:
        talk = self.talks[which % len(self.talks)]
        lists = {name: s.share.calls for name, s in talk.state.steps.items() if s.share}
        step = data.draw(st.sampled_from([*lists, "tell_customers"]))
        customer = data.draw(st.sampled_from([*(lists.get(step) or ()), "k_30"]))
        told = talk.state.steps[step].told if step in talk.state.steps else ()
        by = data.draw(st.sampled_from([*told, "p_ding"]) | people)
        self.tell(which, c.TickCall, by, step, customer, result)

    @rule(which=which, data=st.data(), to=st.none() | st.sampled_from(["浙A10009", "浙A10012"]))
    def swaps(self, which: int, data: st.DataObject, to: str | None) -> None:
        self.tell(which, c.SwapResource, *self.somebody_and_a_search(which, data), to)

    @rule(which=which, data=st.data())
    def searches_again(self, which: int, data: st.DataObject) -> None:
        self.tell(which, c.SearchAgain, *self.somebody_and_a_search(which, data))

    def somebody_and_a_step(self, which: int, data: st.DataObject) -> tuple[str, str]:
        """Mostly somebody who was told of an open step; else anybody, and any step."""
        talk = self.talks[which % len(self.talks)]
        all_ = [*talk.state.steps, "dance"]
        open_ = [step for step, state in talk.state.steps.items() if state.status == "open"]
        step = data.draw(st.sampled_from(open_ or all_) | st.sampled_from(all_))
        told = talk.state.steps[step].told if step in talk.state.steps else ()
        return data.draw(st.sampled_from([*told, "p_ding"]) | people), step

    def somebody_and_a_search(self, which: int, data: st.DataObject) -> tuple[str, str]:
        talk = self.talks[which % len(self.talks)]
        searching = [name for name, step in talk.plan.steps.items() if step.allocate]
        step = data.draw(st.sampled_from([*searching, "call_back"]))
        return data.draw(st.just("p_ding") | people), step

    @rule(which=which, by=people, check=st.sampled_from(CHECKS))
    def answers(self, which: int, by: str, check: str) -> None:
        self.tell(which, c.AnswerCheck, by, check)

    @rule(which=which, by=people)
    def notes(self, which: int, by: str) -> None:
        self.tell(which, c.AddNote, by, "a note")

    @rule(minutes=st.sampled_from([0.5, 1, 5, 10, 31, 600]))
    def is_down_for(self, minutes: float) -> None:
        """Time goes on; what is due is done late, or after the next command."""
        self.now += minutes

    @rule(which=which)
    def passes(self, which: int) -> None:
        self.tell(which, c.PassTime)

    @rule(minutes=st.sampled_from([1, 5, 31, 120]))
    def goes_on_for(self, minutes: float) -> None:
        self.now += minutes
        for talk in self.talks:
            talk.passes_to(self.now)

    @rule(which=which, person=people)
    def loses(self, which: int, person: str) -> None:
        self.tell(which, c.LosePerson, person)

    @rule(which=which, by=people, hit=st.integers(0, 9))
    def merges(self, which: int, by: str, hit: int) -> None:
        if hit == 0:
            self.tell(which, c.MergeInto, by, 77)

    @rule(which=which, by=people, hit=st.integers(0, 9), reason=st.sampled_from(["slip", " "]))
    def cancels(self, which: int, by: str, hit: int, reason: str) -> None:
        if hit == 0:
            self.tell(which, c.CancelIncident, by, reason)

    @rule(which=which, number=st.sampled_from([88, 89]))
    def a_called_plan_begins(self, which: int, number: int) -> None:
        """As whoever carries decisions out does at once; here it may also come late."""
        talk = self.talks[which % len(self.talks)]
        for name, step in talk.plan.steps.items():
            state = talk.state.steps[name]
            if step.calls and state.status == "open" and not state.is_called_for:
                self.tell(which, c.LinkChild, name, number, talk.plan.title)

    @rule(which=which, number=st.integers(60, 70), step=st.sampled_from(["a", "b"]))
    def another_one_waits_for_it(self, which: int, number: int, step: str) -> None:
        title = self.talks[which % len(self.talks)].plan.title
        self.tell(which, c.JoinCall, Parent(number=number, title=title, step=step))

    @rule(which=which, number=st.integers(60, 70))
    def a_calling_one_ends(self, which: int, number: int) -> None:
        self.tell(which, c.EndParent, number)

    @rule(which=which, by=st.none() | people, number=st.sampled_from([88, 89]), data=st.data())
    def a_called_plan_ends(self, which: int, by: str, number: int, data: st.DataObject) -> None:
        status = data.draw(st.sampled_from(["closed", "merged", "cancelled"]))
        for name, step in self.talks[which % len(self.talks)].plan.steps.items():
            if step.calls:
                self.tell(which, c.EndChild, by, name, number, status)

    @rule(which=which, plate=st.sampled_from(["浙A10009", "浙A10012"]))
    def loses_a_vehicle(self, which: int, plate: str) -> None:
        self.tell(which, c.LoseResource, plate, 77)

    @rule(which=which, by=people)
    def declares_a_major_incident(self, which: int, by: str) -> None:
        self.tell(which, c.DeclareMajor, by)

    @rule(which=which, by=people, person=people, data=st.data())
    def authorises(self, which: int, by: str, person: str, data: st.DataObject) -> None:
        known = self.talks[which % len(self.talks)].state.headquarters
        seen = known.appointed if known is not None else None
        instead = data.draw(st.sampled_from([None, seen]))
        self.tell(which, c.AuthoriseCommander, by, person, instead)

    @rule(which=which, by=people, takes=st.booleans())
    def takes_over_or_lays_down(self, which: int, by: str, takes: bool) -> None:
        self.tell(which, c.RelieveCommander, by, by if takes else None)

    @rule(which=which, by=people)
    def notes_the_command(self, which: int, by: str) -> None:
        self.tell(which, c.NoteCommand, by)

    @rule(which=which, by=people)
    def stands_down(self, which: int, by: str) -> None:
        self.tell(which, c.StandDownHeadquarters, by)

    # The town

    @rule(person=st.sampled_from(PEOPLE[:-1]))
    def is_out_of_reach(self, person: str) -> None:
        self.town.loses(person)

    @rule(person=st.sampled_from(PEOPLE[:-1]), stand_in=st.none() | people, minutes=st.just(90))
    def goes_away(self, person: str, stand_in: str | None, minutes: int) -> None:
        self.town.sends_away(person, self.now + minutes, stand_in)

    @rule()
    def everybody_is_back(self) -> None:
        self.town.people.clear()

    @rule(plate=st.sampled_from(["浙A10004", "浙A10009", "浙A10012"]), ready=st.booleans())
    def is_ready_or_not(self, plate: str, ready: bool) -> None:
        state = self.town.roster.vehicle_state(plate)
        self.town.vehicles[plate] = state.model_copy(update={"ready": ready})

    @rule(region=st.sampled_from(["east", "hq"]), count=st.sampled_from([0, 5, 6, 40, 400]))
    def is_counted(self, region: str, count: int) -> None:
        for goods in ("yunshan", "qingsong"):
            self.town.counts(region, goods, count)

    # What always holds true

    @invariant()
    def holds_true(self) -> None:
        for talk in self.talks:
            holds_true(talk, self.at)

    def teardown(self) -> None:
        for talk in self.talks:
            talk.now = self.now
            is_told_by_its_timeline(talk.events, talk.state)
            comes_to_its_end(talk)
            holds_true(talk, self.at)


def _decided(talk: Talk, step: str) -> bool:
    """Whether somebody in command who has not asked for it can say no."""
    decide = talk.plan.step(step).decide
    assert decide is not None
    own = (talk.state.reporter, talk.state.filed_by)
    by = next(person for person in ("p_ding", "p_fu") if person not in own)
    number = talk.state.fact(decide.of or "")
    asked = number if isinstance(number, int) else None
    said = talk.decides(by, decide.outcomes[1], asked, reason="enough", step=step)
    return said[0].startswith(f"{by} at {step}")


def _waits_until_something_begins(talk: Talk) -> None:
    put_off = [s.opens_at for s in talk.state.steps.values() if s.opens_at is not None]
    assert put_off, "nothing is left to be done, but it is not over"
    talk.at((min(put_off) - minute(0)).total_seconds() / 60).passes()


def comes_to_its_end(talk: Talk) -> None:
    """However it stands: when all that must be answered is, and all is done, it can be closed."""
    for name, asked in talk.plan.ask.items():
        if asked.required and name not in talk.state.facts:
            talk.records("p_ding", name, plainly(asked))
    for _ in range(3 * len(talk.plan.every_step())):
        open_ = [step for step, state in talk.state.steps.items() if state.status == "open"]
        if not talk.state.is_open:
            break
        if not open_:
            _waits_until_something_begins(talk)
            continue
        step = CLOSING if CLOSING in open_ else open_[0]
        for name, record in talk.plan.step(step).record.items():
            if record.required and not talk.state.knows(name, step):
                at = minute(talk.now)
                talk.tell(c.RecordFact(at, "p_ding", name, plainly(record), step))
        if talk.plan.step(step).decide is not None:
            assert _decided(talk, step), f"nobody in command can decide {step}"
            continue
        assert talk.completes("p_ding", step)[0].startswith(f"p_ding completed {step}")
    assert not talk.state.is_open


def plainly(asked: Asked) -> FactValue:
    """One answer that fits."""
    fits: dict[str, FactValue] = {
        "place": Place(text="K12+300"),
        "vehicle": "浙A10001",
        "yes_no": "yes",
        "choice": next(iter(asked.choices), ""),
        "level": next(iter(asked.choices), ""),
        "area": Area(regions=("east",)),
        "customer": "k_01",
        "goods": "yunshan",
        "photo": "a-file-id",
        "text": "a word",
        "number": 7,
        "duration": 40,
        "route": "东线",
        "time": "2026-07-20T09:00+08:00",
    }
    return fits[asked.type]


def fitting(asked: Asked) -> st.SearchStrategy[FactValue]:
    """Answers that fit."""
    fits: dict[str, list[FactValue]] = {
        "yes_no": ["yes", "no"],
        "choice": list(asked.choices),
        "level": list(asked.choices),
        "area": list(AREAS),
        "customer": ["k_01", "k_03"],
        "goods": ["yunshan", "bailu"],
        "time": ["2026-07-01T09:00+08:00", "2026-07-01T12:00+08:00", "2026-07-20T09:00+08:00"],
        "number": [0, 5, 6],
        "vehicle": ["浙A10001", "浙A10009", "浙B00000"],
    }
    return st.sampled_from(fits.get(asked.type, [plainly(asked)]))


TestAnythingMayHappen = AnythingMayHappen.TestCase
TestAnythingMayHappen.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
