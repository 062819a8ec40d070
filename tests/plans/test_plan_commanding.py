"""A headquarters that is written wrongly is told to the planner, with the line."""

from plans.plan_check import PlanFile, read_plan
from tests.plans.engine.storm import STORM
from tests.plans.engine.town import sample_company

ACTING = "acting: [head_distribution, head_security]"


def problems(old: str, new: str) -> list[str]:
    read = read_plan(STORM.replace(old, new), "storm.yaml", sample_company())
    assert not isinstance(read, PlanFile)
    return [line.partition(": ")[2] for line in read.said("en").splitlines()]


def test_a_sound_one_is_read() -> None:
    assert isinstance(read_plan(STORM, "storm.yaml", sample_company()), PlanFile)


def test_a_role_that_nobody_knows() -> None:
    said = problems(ACTING, "acting: [head_distributon]")
    assert "head_distribution" in said[0]


def test_a_role_named_twice_and_one_that_is_a_chief() -> None:
    said = problems(ACTING, "acting: [head_security, head_security, leader]")
    assert said[0] == "head_security stands here twice"
    assert said[1].startswith("leader is a chief already")


def test_a_level_that_nobody_asks_for() -> None:
    said = problems("when: {level: {at_least: red}}", "when: {colour: red}")
    assert "colour" in said[0]
