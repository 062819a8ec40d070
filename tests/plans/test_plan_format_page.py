"""The planner's page tells the truth: its example is sound, and no field is missing from it."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from plans.format import (
    Allocate,
    Ask,
    AtMost,
    Audience,
    Broadcast,
    ByFact,
    Check,
    Close,
    Decide,
    Due,
    ForEach,
    Gate,
    Headquarters,
    OneOf,
    OrderDayOf,
    Over,
    Owner,
    Plan,
    Record,
    RouteOf,
    Routine,
    Step,
    Tier,
    Unless,
    Wait,
)
from plans.plan_check import PlanFile, read_plan
from tests.plans.engine.town import sample_company

PAGE = (Path(__file__).parents[2] / "docs" / "plan-format.md").read_text("utf-8")


def test_the_example_is_a_sound_plan() -> None:
    example = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]

    read = read_plan(example, "burst-pipe.yaml", sample_company())

    assert isinstance(read, PlanFile), read.said("en")
    assert read.warnings == ()


@pytest.mark.parametrize(
    "model",
    [
        Plan,
        Ask,
        RouteOf,
        Record,
        Step,
        ForEach,
        Audience,
        Broadcast,
        Headquarters,
        Owner,
        Due,
        Allocate,
        Decide,
        Tier,
        Check,
        Close,
        Routine,
        Gate,
        Wait,
        OrderDayOf,
        ByFact,
        Over,
        AtMost,
        OneOf,
        Unless,
    ],
    ids=lambda m: m.__name__,
)
def test_every_field_is_explained(model: type[BaseModel]) -> None:
    fields = {field.alias or name for name, field in model.model_fields.items()}

    explained = set(re.findall(r"[`{ ,]([a-z_]+)(?=[`:])", PAGE))

    assert fields - explained == set()
