"""Plain words and the plans they may be about, with the library's own words."""

from pathlib import Path

import pytest

from plans.format import Plan
from plans.place import place_among
from plans.plan_check import PlanFile, read_plan
from plans.spoken import plans_meant

LIBRARY = Path(__file__).parents[2] / "plans" / "library"


def plan_of(path: Path) -> Plan:
    read = read_plan(path.read_text("utf-8"), path.name)
    assert isinstance(read, PlanFile), read.said("en")
    return read.plan


PLANS = {plan.plan: plan for plan in map(plan_of, sorted(LIBRARY.glob("*.yaml")))}
BREAKDOWN, ACCIDENT, HELP = "vehicle-breakdown", "vehicle-accident", "road-help"


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("车坏在环城路了", BREAKDOWN),
        ("我的车刚才在环城东路K12+300附近又坏了", BREAKDOWN),
        ("爆胎了！", BREAKDOWN),
        ("抛锚", BREAKDOWN),
        ("车 打 不 着 火", BREAKDOWN),
        ("truck broke down on the ring road", BREAKDOWN),
        ("The van just BROKE", BREAKDOWN),
        ("the van won’t start", BREAKDOWN),
        ("wont start", BREAKDOWN),
        ("got a flat tyre", BREAKDOWN),
        ("撞车了", ACCIDENT),
        ("路口被一辆轿车撞了", ACCIDENT),
        ("跟前车追尾", ACCIDENT),
        ("had an accident", ACCIDENT),
        ("I hit a car", ACCIDENT),
        ("车没油了", HELP),
        ("I'm lost", HELP),
        ("仓库着火了", "safety-accident"),
        ("有人在卸货时受伤了", "safety-accident"),
        ("the depot is on fire", "safety-accident"),
        ("停电了，分拣线停了", "service-disruption"),
        ("power cut at the depot", "service-disruption"),
        ("车没坏", BREAKDOWN),  # only an offer: somebody who says no loses nothing
    ],
)
def test_what_people_say(said: str, first: str) -> None:
    meant = plans_meant(PLANS.values(), said)
    assert [plan.plan for plan in meant][:1] == [first]


@pytest.mark.parametrize(
    "said",
    ["好的", "货送完了", "ok", "到了", "accidental", "helpful", "车到了。货有点坏", "", "18:30 到"],
)
def test_what_says_nothing_of_the_kind(said: str) -> None:
    assert plans_meant(PLANS.values(), said) == ()


def test_several_are_meant_the_longest_word_first() -> None:
    meant = plans_meant(PLANS.values(), "追尾以后车坏了，发动不了")
    assert [plan.plan for plan in meant] == [BREAKDOWN, ACCIDENT]


def test_a_word_within_another_plans_word_does_not_count() -> None:
    meant = plans_meant(PLANS.values(), "车打不着火")
    assert [plan.plan for plan in meant] == [BREAKDOWN]
    burning = plans_meant(PLANS.values(), "打不着火，后来仓库着火了")
    assert {plan.plan for plan in burning} == {BREAKDOWN, "safety-accident"}


def test_a_long_story_is_read_from_its_beginning() -> None:
    assert plans_meant(PLANS.values(), "爆胎" + "啊" * 100_000)
    assert not plans_meant(PLANS.values(), "啊" * 100_000 + "爆胎")


RAISED = [plan for plan in PLANS.values() if plan.command]


@pytest.mark.parametrize("plan", [plan.plan for plan in RAISED])
def test_every_word_brings_its_own_plan(plan: str) -> None:
    words = PLANS[plan].words
    for said in (words.zh, words.en):
        assert 10 <= len(said) <= 25
    for word in (*words.zh, *words.en):
        assert PLANS[plan] in plans_meant(PLANS.values(), word), word


def test_a_place_among_words() -> None:
    marked = place_among("车坏在环城路k12加300了")
    assert marked is not None
    assert marked.text == "车坏在环城路K12+300了"
    seen = place_among("坏在 30.2512,120.1733 这里")
    assert seen is not None
    assert seen.coordinates == (30.2512, 120.1733)
    assert place_among("车坏在环城路了") is None
    assert place_among("") is None
