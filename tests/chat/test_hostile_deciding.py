"""Deciding at its worst: many requests of one person, odd numbers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.chat.own_plans import folder_of
from tests.chat.town import Town, a_town
from tests.plans.engine.approvals import APPROVAL

DECIDE = "#1 审批加量"


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town(tmp_path, plans=folder_of(tmp_path, APPROVAL)) as quiet, quiet.running():
        yield quiet


async def asks_for(town: Town, count: str, who: str = "p_chang") -> None:
    person = town.person(who)
    await person.types("/extra")
    await person.types(count)
    await person.types("婚宴")
    town.ignore()


async def test_whoever_has_asked_for_very_much_sees_that_there_is_more(town: Town) -> None:
    for _ in range(12):
        await asks_for(town, "40")
    person = town.person("p_chang")
    await person.types("/mine")
    assert "……还有 2 件，看 /incidents" in town.card(person, "您申请的")
