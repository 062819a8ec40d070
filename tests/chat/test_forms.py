"""A request on one screen: filled in by pressing or in one line, refused at once, sent once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.chat.requests import FORM, a_town_of_requests, form_of
from tests.chat.town import Town

CHANG = "p_chang"  # account manager in the east


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town_of_requests(tmp_path) as town:
        yield town


async def test_a_request_takes_the_command_and_six_presses(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra")
    town.sees({CHANG: ["👉 客户"]})
    taps = ["早市便利店 · 二档 · 东线 · 0301", "云杉（条）", "20", "婚宴", "明天 09:00", "📨 提交"]
    for label in taps:
        await manager.presses(label)
    assert len(taps) + 1 <= 7
    incident = await town.incident(1)
    assert {name: fact.value for name, fact in incident.facts.items() if "." not in name} == {
        "customer": "k_01",
        "goods": "yunshan",
        "quantity": 20,
        "occasion": "wedding",
        "needed": "2026-07-07T09:00+08:00",
    }
    assert incident.reporter == CHANG
    # One message for the form, edited to the last; then the card of what it has become.
    new = town.new()
    assert [text.partition("\n")[0] for text in new[CHANG]] == ["📦 #1 已受理"]
    assert "已提交，编号 #1" in form_of(town, manager)[-1]
    assert town.message(manager, FORM).labels == []
