"""What must be said before help starts, and which region a report falls to."""

from datetime import UTC, datetime

import pytest

from plans.area import Area
from plans.engine.reporting import needed_to_start, region_for
from plans.incident import FactValue
from plans.place import Place
from plans.roster import Roster
from tests.plans.engine.town import library_plan, plan_of, sample_company
from tests.plans.small_company import small_company

NO_PLACE = """
plan: leak
title: {zh: 漏水, en: Leak}
icon: 💧
command: leak
received: {zh: 收到, en: Received}
ask:
  bad: {type: yes_no, required: true, text: {zh: 严重?, en: Bad?}}
  room: {type: text, required: true, when: {bad: yes}, text: {zh: 哪间?, en: Which room?}}
  seen: {type: text, text: {zh: 看到什么?, en: What is seen?}}
steps:
  mend: {owner: dispatcher, do: {zh: 修, en: Mend}, due: {in: 1 h}}
close: {auto: true, by: dispatcher, when: [mend]}
"""
ROSTER = Roster(sample_company())
AT = datetime(2026, 7, 6, 8, tzinfo=UTC)


def test_of_a_plan_that_must_have_a_place_nothing_else_holds_up_help() -> None:
    assert needed_to_start(library_plan("vehicle-breakdown"), ROSTER, {}, AT) == ["where"]


def test_without_one_what_is_required_is_needed_as_far_as_it_is_called_for() -> None:
    plan = plan_of(NO_PLACE)
    assert needed_to_start(plan, ROSTER, {}, AT) == ["bad"]
    assert needed_to_start(plan, ROSTER, {"bad": "no"}, AT) == ["bad"]
    assert needed_to_start(plan, ROSTER, {"bad": "yes"}, AT) == ["bad", "room"]


NEAR_NORTH = Place(lat=30.9, lon=120.0)


@pytest.mark.parametrize(
    ("person", "facts", "region"),
    [
        ("p_wheel", {"where": Area(regions=("north",))}, "north"),  # the area's, if it is one
        ("p_wheel", {"where": Area(regions=("north", "hq"))}, "east"),  # else the person's own
        ("p_wheel", {"vehicle": "浙A10002"}, "east"),
        ("p_top", {"vehicle": "浙A10002"}, "north"),  # of one without a region, the vehicle's
        ("p_top", {"where": NEAR_NORTH}, "north"),  # else the nearest depot's
        ("p_top", {"where": Place(text="K12+300")}, "hq"),
        ("p_top", {}, "hq"),
    ],
)
def test_which_region_a_report_falls_to(
    person: str, facts: dict[str, FactValue], region: str
) -> None:
    assert region_for(Roster(small_company()), person, facts) == region
