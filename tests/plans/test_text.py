import pytest
from pydantic import ValidationError

from plans.text import LONGEST_TEXT, Text, WordedError


def test_a_text_is_said_in_the_language_asked_for() -> None:
    text = Text(zh="车在哪里？", en="Where is the vehicle?")

    assert text.in_("zh") == "车在哪里？"
    assert text.in_("en") == "Where is the vehicle?"


@pytest.mark.parametrize(
    "fields",
    [
        {"zh": "只有中文"},
        {"zh": "空白也不行", "en": "   "},
        {"zh": "长" * (LONGEST_TEXT + 1), "en": "long"},
        {"zh": "多", "en": "more", "fr": "plus"},
    ],
)
def test_a_text_without_both_languages_within_bounds_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Text.model_validate(fields)


def test_a_worded_error_never_breaks_on_its_own_length() -> None:
    assert len(WordedError("长" * 900, "x" * 900).text.en) == LONGEST_TEXT
