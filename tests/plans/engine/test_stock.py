"""Goods from a store: kept once, used up, adjusted, given back."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from plans import commands as c
from plans.incident import SkipReason, StepStatus, StockPromise
from tests.plans.engine.town import Talk, Town, minute, plan_of

PLAN = """
plan: wanted
title: {zh: 要货, en: Goods wanted}
icon: 📦
command: wanted
received: {zh: 收到, en: Received}
ask:
  what: {type: goods, required: true, text: {zh: 什么?, en: What?}}
  many: {type: number, required: true, text: {zh: 多少?, en: How many?}}
steps:
  keep:
    owner: warehouse_keeper
    do: {zh: 备货, en: Put the goods aside}
    allocate: {pool: stock, as: store, goods: what, quantity: many}
    due: {in: 1 h}
  elsewhere:
    when: {store: none}
    owner: supply_manager
    do: {zh: 哪个仓库都不够, en: No store has enough}
    due: {in: 1 h}
  bring:
    when: {store: any}
    after: keep
    owner: {role: warehouse_keeper, region_of: store}
    do: {zh: 送去, en: Bring them}
    uses: store
    due: {in: 1 h}
close:
  by: [dispatcher]
  when: [elsewhere, bring]
  do: {zh: 结束, en: Close}
  due: {in: 1 h}
  tell_reporter: {zh: 完, en: Done}
"""
EAST, SOUTH = ("east", "yunshan"), ("south", "yunshan")


def wanted(town: Town, many: int, what: str = "yunshan") -> Talk:
    talk = Talk(plan_of(PLAN), town)
    talk.starts("p_chang", "east", what=what, many=many)
    return talk


def kept(talk: Talk) -> StockPromise:
    promise = talk.state.promises["store"]
    assert isinstance(promise, StockPromise)
    return promise


@pytest.fixture
def town() -> Town:
    """Thirty in the east, thirty in the south, nothing anywhere else."""
    town = Town()
    for region in town.company.regions:
        town.counts(region, "yunshan", 30 if region in ("east", "south") else 0)
    return town


def test_the_region_s_own_store_keeps_them(town: Town) -> None:
    talk = wanted(town, 20)

    assert (kept(talk).region, kept(talk).tier) == ("east", "own")
    assert town.roster.holding(*EAST).free == 10


def test_of_two_who_want_the_last_one_gets_them_and_the_other_goes_to_the_next_store(
    town: Town,
) -> None:
    first, second, third = wanted(town, 30), wanted(town, 30), wanted(town, 30)

    assert kept(first).region == "east"
    assert (kept(second).region, kept(second).tier) == ("south", "nearest")
    assert third.state.steps["keep"].skipped_for is SkipReason.SHORT
    assert third.state.steps["elsewhere"].status is StepStatus.OPEN


def test_whoever_brings_them_is_of_the_store_that_keeps_them(town: Town) -> None:
    wanted(town, 30)
    talk = wanted(town, 30)

    talk.completes("p_cang", "keep")

    assert talk.state.steps["bring"].region == "south"


def test_once_brought_they_are_used_and_closing_gives_nothing_back(town: Town) -> None:
    talk = wanted(town, 20)
    talk.completes("p_cang", "keep")
    talk.completes("p_cang", "bring")

    assert kept(talk).used
    assert talk.state.steps["bring"].status is StepStatus.DONE
    talk.completes("p_ding", "close")
    east = town.roster.holding(*EAST)
    assert (talk.state.status, east.count, east.reserved) == ("closed", 10, {})


def test_what_was_not_used_is_free_again_when_it_ends(town: Town) -> None:
    talk = wanted(town, 20)
    talk.cancels("p_chang")

    east = town.roster.holding(*EAST)
    assert (east.count, east.free) == (30, 30)


def test_another_number_is_kept_in_the_same_store_as_long_as_it_has_them(town: Town) -> None:
    talk = wanted(town, 20)
    talk.completes("p_cang", "keep")
    talk.records("p_chang", "many", 30)
    assert (kept(talk).region, kept(talk).quantity) == ("east", 30)
    assert talk.state.steps["keep"].status is StepStatus.DONE

    talk.records("p_chang", "many", 5)
    assert town.roster.holding(*EAST).free == 25


def test_where_the_store_has_not_so_many_another_one_keeps_them(town: Town) -> None:
    town.counts(*SOUTH, 50)
    talk = wanted(town, 20)
    talk.records("p_chang", "many", 40)

    assert kept(talk).region == "south"
    assert talk.state.fact("store") == "south"
    assert town.roster.holding(*EAST).free == 30


def test_where_no_store_has_so_many_it_is_short_though_it_had_been_kept(town: Town) -> None:
    talk = wanted(town, 20)
    talk.completes("p_cang", "keep")
    talk.records("p_chang", "many", 99)

    assert talk.state.steps["keep"].skipped_for is SkipReason.SHORT
    assert talk.state.steps["bring"].status is not StepStatus.OPEN
    assert talk.state.steps["elsewhere"].status is StepStatus.OPEN
    assert town.roster.holding(*EAST).free == 30


def test_with_fewer_wanted_it_is_looked_for_again(town: Town) -> None:
    talk = wanted(town, 99)
    talk.at(1).records("p_chang", "many", 25)

    assert kept(talk).region == "east"
    assert talk.state.steps["elsewhere"].status is StepStatus.SKIPPED


def test_what_was_arranged_instead_is_not_undone(town: Town) -> None:
    talk = wanted(town, 99)
    talk.at(1).completes("p_gong", "elsewhere")
    talk.at(2).records("p_chang", "many", 25)

    assert "store" not in talk.state.promises


def test_a_search_by_hand_finds_what_has_been_counted_since(town: Town) -> None:
    talk = wanted(town, 40)
    assert talk.searches_again("p_cang", "keep") == ["refused: no_store"]
    town.counts(*EAST, 60)
    talk.searches_again("p_cang", "keep")

    assert kept(talk).quantity == 40


def test_another_store_may_be_chosen_until_they_have_left_it(town: Town) -> None:
    talk = wanted(town, 20)
    talk.swaps("p_cang", "keep", "south")
    assert (kept(talk).region, town.roster.holding(*EAST).free) == ("south", 30)

    assert talk.swaps("p_cang", "keep", "north") == ["refused: not_free north"]
    talk.completes("p_cang", "keep")
    talk.swaps("p_ku", "keep", "east")
    assert (kept(talk).region, talk.state.steps["bring"].region) == ("east", "east")
    talk.completes("p_cang", "bring")
    assert talk.swaps("p_cang", "keep")[0].startswith("refused")


KEEPERS = PLAN.replace(
    "owner: warehouse_keeper\n", "owner: {role: warehouse_keeper, region_of: store}\n", 1
)


def test_the_keeper_of_the_store_that_is_chosen_puts_them_aside(town: Town) -> None:
    talk = Talk(plan_of(KEEPERS), town)
    talk.starts("p_chang", "east", what="yunshan", many=20)
    assert talk.state.steps["keep"].asked == ("p_cang",)

    talk.swaps("p_cang", "keep", "south")
    keep = talk.state.steps["keep"]
    assert (kept(talk).region, keep.region, keep.asked) == ("south", "south", ("p_ku",))
    talk.completes("p_ku", "keep")
    talk.swaps("p_ku", "keep", "east")
    assert talk.state.steps["keep"].asked == ("p_cang",)
    assert talk.state.steps["keep"].status is StepStatus.OPEN
    assert (town.roster.holding(*EAST).free, town.roster.holding(*SOUTH).free) == (10, 30)


def test_another_keeper_puts_them_aside_where_the_store_has_not_so_many(town: Town) -> None:
    town.counts(*SOUTH, 50)
    talk = Talk(plan_of(KEEPERS), town)
    talk.starts("p_chang", "east", what="yunshan", many=20)
    talk.completes("p_cang", "keep")
    talk.records("p_chang", "many", 40)

    assert talk.state.steps["keep"].asked == ("p_ku",)
    assert kept(talk).region == "south"


def test_a_count_below_what_is_promised_takes_nothing_from_whoever_has_it(town: Town) -> None:
    talk = wanted(town, 20)
    town.counts(*EAST, 5)

    east = town.roster.holding(*EAST)
    assert (east.free, east.lacking, kept(talk).quantity) == (0, 15, 20)
    assert kept(wanted(town, 5)).region == "south"


TWICE = PLAN.replace(
    "  elsewhere:\n",
    "  keep_more:\n    owner: warehouse_keeper\n    do: {zh: 再备一份, en: As many again}\n"
    "    allocate: {pool: stock, as: more, goods: what, quantity: many}\n    due: {in: 1 h}\n"
    "  more_elsewhere:\n    when: {more: none}\n    owner: supply_manager\n"
    "    do: {zh: 不够再备, en: Not enough for more}\n    due: {in: 1 h}\n"
    "  elsewhere:\n",
    1,
).replace("[elsewhere, bring]", "[elsewhere, keep_more, more_elsewhere, bring]")


def test_one_incident_is_not_promised_the_same_goods_for_two_steps(town: Town) -> None:
    talk = Talk(plan_of(TWICE), town)
    talk.starts("p_chang", "east", what="yunshan", many=20)

    more = talk.state.promises["more"]
    assert isinstance(more, StockPromise)
    assert (kept(talk).region, more.region) == ("east", "south")
    talk.records("p_chang", "many", 10)
    assert town.roster.holding(*EAST).lacking == 0
    assert town.roster.holding(*EAST).free + town.roster.holding(*SOUTH).free == 40


class NothingIsLost(RuleBasedStateMachine):
    """Whatever people do: kept and free together are what was counted, less what was used."""

    def __init__(self) -> None:
        super().__init__()
        self.town = Town()
        self.talks: list[Talk] = []
        self.now = 0.0
        self.left: dict[str, int] = {}
        for region in self.town.company.regions:
            self.town.counts(region, "yunshan", 30)
            self.left[region] = 30

    def tell(self, which: int, make: type[c.Command], *args: object) -> None:
        if not self.talks:
            return
        talk = self.talks[which % len(self.talks)]
        self.now += 1
        before = len(talk.events)
        talk.tell(make(minute(self.now), *args))  # type: ignore[arg-type]
        for event in talk.events[before:]:
            if event.type == "resource_used":
                self.left[kept(talk).region] -= kept(talk).quantity

    @rule(many=st.integers(0, 40))
    def asks(self, many: int) -> None:
        if len(self.talks) < 6:
            talk = Talk(plan_of(PLAN), self.town)
            self.talks.append(talk)
            talk.at(self.now).starts("p_chang", "east", what="yunshan", many=many)

    @rule(which=st.integers(0, 5), many=st.integers(0, 40))
    def corrects(self, which: int, many: int) -> None:
        self.tell(which, c.RecordFact, "p_chang", "many", many)

    @rule(which=st.integers(0, 5), goods=st.sampled_from(["yunshan", "qingsong", "gone"]))
    def wants_another(self, which: int, goods: str) -> None:
        self.tell(which, c.RecordFact, "p_chang", "what", goods)

    @rule(which=st.integers(0, 5), step=st.sampled_from(["keep", "bring", "elsewhere", "close"]))
    def completes(self, which: int, step: str) -> None:
        self.tell(which, c.CompleteStep, "p_ding", step)

    @rule(which=st.integers(0, 5), to=st.none() | st.sampled_from(["east", "south", "hq"]))
    def swaps(self, which: int, to: str | None) -> None:
        self.tell(which, c.SwapResource, "p_ding", "keep", to)

    @rule(which=st.integers(0, 5))
    def searches(self, which: int) -> None:
        self.tell(which, c.SearchAgain, "p_ding", "keep")

    @rule(which=st.integers(0, 5), hit=st.integers(0, 3))
    def cancels(self, which: int, hit: int) -> None:
        if hit == 0:
            self.tell(which, c.CancelIncident, "p_ding", "a slip")

    @rule(region=st.sampled_from(["east", "south", "hq"]), count=st.integers(0, 60))
    def counts(self, region: str, count: int) -> None:
        if count >= sum(self.town.roster.holding(region, "yunshan").reserved.values()):
            self.town.counts(region, "yunshan", count)
            self.left[region] = count

    @invariant()
    def nothing_is_lost_or_promised_twice(self) -> None:
        promised: dict[tuple[str, str], dict[int, int]] = {}
        for talk in self.talks:
            promise = talk.state.promises.get("store")
            if isinstance(promise, StockPromise) and not promise.used:
                assert talk.state.is_open
                of_store = promised.setdefault((promise.region, promise.goods), {})
                of_store[talk.state.number] = promise.quantity
        for (region, goods), held in self.town.stock.items():
            assert dict(held.reserved) == promised.get((region, goods), {})
            assert held.lacking == 0
            if goods == "yunshan":
                assert held.count == self.left[region]


TestNothingIsLost = NothingIsLost.TestCase
TestNothingIsLost.settings = settings(
    max_examples=30,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
