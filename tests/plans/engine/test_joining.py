"""What a second report of the same thing changes, and where two are the same."""

import pytest

from plans.area import Area
from plans.engine.joining import territory, with_more
from plans.format import Asked
from plans.incident import FactValue
from tests.plans.engine.town import plan_of, sample_company

STORM = """
plan: storm
title: {zh: 大风, en: Storm}
icon: 💨
command: storm
received: {zh: 收到, en: Received}
ask:
  colour:
    type: level
    choices: {blue: {zh: 蓝, en: Blue}, yellow: {zh: 黄, en: Yellow}, red: {zh: 红, en: Red}}
    text: {zh: 颜色?, en: Colour?}
  area: {type: area, text: {zh: 哪里?, en: Where?}}
  seen: {type: text, text: {zh: 看到什么?, en: What is seen?}}
  trees: {type: number, text: {zh: 几棵树?, en: How many trees?}}
steps:
  warn: {owner: dispatcher, do: {zh: 提醒, en: Warn}, due: {in: 1 h}}
close: {auto: true, by: dispatcher, when: [warn]}
"""
EAST, SOUTH = Area(regions=("east",)), Area(regions=("south",))


def asked(name: str) -> Asked:
    return plan_of(STORM).ask[name]


@pytest.mark.parametrize(
    ("fact", "known", "said", "so"),
    [
        ("colour", "yellow", "red", "red"),
        ("colour", "red", "yellow", "red"),  # lower is no reason to stand down
        ("area", EAST, SOUTH, Area(regions=("east", "south"))),
        ("seen", "a tree fell", "a roof", "a tree fell"),  # words stand beside each other
        ("trees", 2, 3, 3),
    ],
)
def test_what_is_known_once_a_correction_is_made(
    fact: str, known: FactValue, said: FactValue, so: FactValue
) -> None:
    assert with_more(asked(fact), known, said) == so


def test_a_territory_is_the_region_and_what_its_areas_reach_into() -> None:
    company = sample_company()
    assert territory("east", ["yellow"], company) == {"east"}
    assert territory("east", [SOUTH, "yellow"], company) == {"east", "south"}
