"""The page of rights says what the table says."""

from pathlib import Path

from handlers.access import COMMANDS, PRESSES
from handlers.catalogue import catalogue
from handlers.rights_page import page

WRITTEN = Path(__file__).parents[1] / "docs" / "rights.md"


def test_every_row_has_words() -> None:
    rows = {f"rights.{verb}" for verb in PRESSES} | {f"menus.{name}" for name in COMMANDS}
    assert rows <= set(catalogue()), "say what they do in handlers/wording/rights.yaml, menus.yaml"


def test_the_page_is_up_to_date() -> None:
    assert WRITTEN.read_text("utf-8") == page(), "run `make rights`"
