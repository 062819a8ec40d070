"""The planner's page tells the truth: its examples are sound, and no field is missing from it."""

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
    Ever,
    ForEach,
    Gate,
    Headquarters,
    Never,
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
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.split(maxsplit=2)[1])
def test_each_example_is_a_sound_plan(example: str) -> None:
    read = read_plan(example, "example.yaml", sample_company())

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
        Ever,
        Never,
    ],
    ids=lambda m: m.__name__,
)
def test_every_field_is_explained(model: type[BaseModel]) -> None:
    fields = {field.alias or name for name, field in model.model_fields.items()}

    explained = set(re.findall(r"[`{ ,]([a-z_]+)(?=[`:])", PAGE))

    assert fields - explained == set()
