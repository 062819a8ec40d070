"""The tables are whole: what one part of the project names, another one knows what to do with."""

from typing import get_args

from bot.assembly import ERRANDS
from handlers.awaited import Awaited, Purpose
from handlers.due import WHAT_COMES
from handlers.hearers import HEARERS
from handlers.kinds import KINDS
from tests.chat.town import MORNING


def test_every_kind_whose_time_comes_has_something_come_of_it() -> None:
    due = {kind.name for kind in KINDS if kind.due is not None}
    assert due == set(WHAT_COMES) | set(ERRANDS)


def test_nothing_comes_of_a_kind_twice() -> None:
    assert not set(WHAT_COMES) & set(ERRANDS)


def test_no_kind_has_the_name_of_another() -> None:
    names = [kind.name for kind in KINDS]
    assert len(names) == len(set(names))


def test_everything_that_words_are_awaited_for_has_somebody_to_hear_them() -> None:
    assert set(HEARERS) == set(get_args(Purpose))


def test_words_awaited_by_an_earlier_version_are_awaited_no_more() -> None:
    kept = {"person": "p_lu", "purpose": "something_old", "asked_at": MORNING}
    assert Awaited.model_validate(kept).purpose is None
