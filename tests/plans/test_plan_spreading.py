"""How a step may be spread over several owners, and what the checker says where it may not."""

import pytest

from plans.plan_check import PlanFile, read_plan
from plans.yaml_source import Problems
from tests.plans.engine.town import sample_company

PLAN = """
plan: storm
title: {{zh: 暴雨, en: Storm}}
icon: 🌧
command: storm
received: {{zh: 收到, en: Received}}
ask:
  where: {{type: area, required: true, text: {{zh: 哪里?, en: Where?}}}}
  run: {{type: route, text: {{zh: 哪条线?, en: Which route?}}}}
steps:
  tell:
    for_each: {for_each}
    owner: {owner}
    do: {{zh: 通知, en: Tell}}
    due: {{in: 1 h}}
{more}
close:
  by: dispatcher
  when: [tell]
  do: {{zh: 结束, en: Close}}
  due: {{in: 1 h}}
  tell_reporter: {{zh: 完, en: Done}}
"""
LEVEL = (
    "    record: {how: {type: level, required: true, text: {zh: 几级?, en: Level?}, "
    "choices: {low: {zh: 低, en: Low}, high: {zh: 高, en: High}}}}"
)


def said(for_each: str, owner: str = "market_manager", more: str = "") -> str:
    """What the checker says; empty when it is content."""
    text = PLAN.format(for_each=for_each, owner=owner, more=more)
    read = read_plan(text, "storm.yaml", sample_company())
    return read.said("en") if isinstance(read, Problems) else ""


@pytest.mark.parametrize(
    "for_each",
    [
        "{customers_of: run}",
        "{customers_in: where, only: key, by: role, retry: 30 min, ticked: {zh: 到货, en: Got it}}",
        "{customers_in: where, by: manager}",
        "{regions_of: where}",
        "{depots: true}",
        "{roles: [dispatcher, fleet_keeper]}",
    ],
)
def test_every_way_to_spread(for_each: str) -> None:
    assert said(for_each) == ""


def test_a_level_may_be_recorded_in_parts() -> None:
    assert said("{regions_of: where}", more=LEVEL) == ""


@pytest.mark.parametrize(
    ("for_each", "told"),
    [
        ("{}", "in one way, and in one only"),
        ("{customers_of: run, customers_in: where}", "in one way, and in one only"),
        ("{depots: true, roles: [dispatcher]}", "in one way, and in one only"),
        ("{customers_in: run}", "an area is needed here; run is of type route"),
        ("{customers_of: where}", "a route is needed here; where is of type area"),
        ("{regions_of: run}", "an area is needed here"),
        ("{regions_of: here}", "nobody is asked for here"),
        ("{regions_of: where, retry: 1 h}", "retry goes with lists of customers only"),
        ("{depots: true, only: key}", "only goes with lists"),
        ("{depots: true, by: role}", "by goes with lists"),
        ("{roles: [dispatcher], ticked: {zh: 到, en: Yes}}", "ticked goes with lists"),
        ("{roles: [dispatchr]}", "dispatchr"),
    ],
)
def test_what_does_not_fit(for_each: str, told: str) -> None:
    assert told in said(for_each)


def test_the_owner_is_a_role() -> None:
    assert "the owner is a role" in said("{regions_of: where}", owner="reporter")


@pytest.mark.parametrize(
    "record",
    [
        "{how: {type: text, text: {zh: 怎样?, en: How?}}}",
        "{how: {type: level, ask: acknowledged, text: {zh: 几级?, en: Level?}, "
        "choices: {low: {zh: 低, en: Low}, high: {zh: 高, en: High}}}}",
    ],
)
def test_nothing_else_is_recorded_in_parts(record: str) -> None:
    assert "the highest stands" in said("{regions_of: where}", more=f"    record: {record}")


def test_nothing_is_allocated_in_parts() -> None:
    told = said("{depots: true}", more="    allocate: {pool: spare_vehicle, as: spare}")
    assert "has no allocate" in told


def test_what_may_find_nobody_is_not_waited_for_as_one_of_several() -> None:
    more = """  other:
    owner: dispatcher
    do: {zh: 别的, en: Other}
    due: {in: 1 h}
  then:
    after: {any: [tell, other]}
    owner: dispatcher
    do: {zh: 然后, en: Then}
    due: {in: 1 h}"""
    assert "may find no customers" in said("{customers_in: where}", more=more)
    assert said("{roles: [dispatcher]}", more=more) == ""


def test_the_sample_is_a_plan() -> None:
    text = PLAN.format(for_each="{depots: true}", owner="market_manager", more="")
    assert isinstance(read_plan(text, "storm.yaml", sample_company()), PlanFile)
