"""What a plan may say of a broadcast, and what the checker says where it may not."""

import pytest

from plans.plan_check import PlanFile, read_plan
from tests.plans.engine.town import sample_company

PLAN = """
plan: storm
title: {{zh: 暴雨, en: Storm}}
icon: 🌧
command: storm
received: {{zh: 收到, en: Received}}
ask:
  where: {{type: area, required: true, text: {{zh: 哪里?, en: Where?}}}}
  why: {{type: text, text: {{zh: 为何?, en: Why?}}}}
steps:
  warn:
    owner: dispatcher
    do: {{zh: 发预警, en: Warn}}
    broadcast:
      to: {to}
      text: {{zh: "{{where}}", en: "{{where}}"}}
{more}
    due: {{in: 1 h}}
  end:
    owner: dispatcher
    after: warn
    do: {{zh: 解除, en: All clear}}
    broadcast:
      to: {end}
      text: {{zh: 好了, en: Over}}
    due: {{in: 1 h}}
close:
  by: dispatcher
  when: [end]
  do: {{zh: 结束, en: Close}}
  due: {{in: 1 h}}
  tell_reporter: {{zh: 完, en: Done}}
"""
SOUND = "{roles: [driver], departments: [distribution], area: where}"


def said(to: str = SOUND, end: str = "{same_as: warn}", more: str = "      chase: 5 min") -> str:
    """What the checker says; empty when it is content."""
    read = read_plan(PLAN.format(to=to, end=end, more=more), "storm.yaml", sample_company())
    return "" if isinstance(read, PlanFile) else read.said("en")


def test_a_warning_and_its_all_clear_are_sound() -> None:
    assert said() == ""


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("{area: where}", "who reads it? write roles, or departments"),
        ("{roles: [drivers]}", "driver"),
        ("{departments: [distributing]}", "distribution"),
        ("{roles: [driver], area: wher}", "where"),
        ("{roles: [driver], area: why}", "area names a question of type area; why is not one"),
        ("{same_as: warn}", "same_as names another step"),
        ("{same_as: end}", "same_as names another step"),
        ("{same_as: nothing}", "nothing"),
    ],
)
def test_readers_that_there_are_not(to: str, words: str) -> None:
    assert words in said(to)


def test_the_same_readers_and_others_besides() -> None:
    assert "exactly the same readers" in said(end="{same_as: warn, roles: [leader]}")


def test_nobody_is_chased_for_what_need_not_be_confirmed() -> None:
    assert "leave chase out" in said(more="      chase: 5 min\n      confirm: false")


def test_a_broadcast_is_a_step_of_its_own() -> None:
    allocate = "    allocate: {pool: spare_vehicle, as: spare}"
    assert "this step is a broadcast, so it has no allocate" in said(more=allocate)
