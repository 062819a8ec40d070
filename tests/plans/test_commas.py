"""A comma in a text without quotes: the slip every planner makes once."""

from plans.text import Text
from plans.yaml_source import Problems, read_yaml


def test_a_comma_that_breaks_a_text_off_is_told_as_such() -> None:
    read = read_yaml("{zh: 请确认, en: Make sure, then close}", Text, "plan.yaml")
    assert isinstance(read, Problems)
    (problem,) = read
    assert 'needs quotes around it (it broke off before "then close")' in problem.message.en
    assert "文字里有逗号" in problem.message.zh
