"""Texts with blanks: which names they need, and what stands in them."""

from hypothesis import given
from hypothesis import strategies as st

from plans.filling import OPEN, filled, placeholders


def test_a_text_names_its_blanks_each_once_in_order() -> None:
    assert placeholders("{goods} 给 {customer}: {goods}") == ("goods", "customer")


def test_words_are_put_in_and_what_nobody_knows_is_left_open() -> None:
    assert filled("{customer}: {until} 恢复", {"customer": "早市"}) == f"早市: {OPEN} 恢复"


def test_braces_that_somebody_typed_are_not_filled_in_again() -> None:
    assert filled("{note}", {"note": "{until}", "until": "明天"}) == "{until}"


def test_what_stands_in_brackets_is_said_only_where_it_is_known_and_short() -> None:
    text = "大风。[{who}发布。]请注意"
    assert filled(text, {"who": "气象台"}) == "大风。气象台发布。请注意"
    assert filled(text, {}) == "大风。请注意"
    assert filled(text, {"who": "长" * 31}) == "大风。请注意"
    assert filled(text, {"who": "一\n二"}) == "大风。请注意"
    assert filled("[1] {who}", {"who": "气象台"}) == "[1] 气象台"


@given(st.text(max_size=80), st.dictionaries(st.text(max_size=5), st.text(max_size=5)))
def test_no_text_breaks_it(text: str, words: dict[str, str]) -> None:
    whole = filled(text, words)
    assert whole == text or placeholders(text)
