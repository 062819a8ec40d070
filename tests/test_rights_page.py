"""The page of rights says what the table says."""

from pathlib import Path

from handlers.rights_page import page

WRITTEN = Path(__file__).parents[1] / "docs" / "rights.md"


def test_the_page_is_up_to_date() -> None:
    assert WRITTEN.read_text("utf-8") == page(), "run `make rights`"
