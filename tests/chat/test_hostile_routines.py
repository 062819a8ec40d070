"""Routines that nobody heeds: no alarm all night for what is none."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.chat.town import Town, a_town

READY = "查本区备用车"
TUESDAY_0730 = 23.5 * 60
HOUR = 60


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town with this routine alone."""
    async with (
        a_town(tmp_path, routines=("vehicle-readiness",)) as quiet_town,
        quiet_town.running(),
    ):
        yield quiet_town


async def test_command_hears_of_a_check_nobody_does_once_and_not_all_night(town: Town) -> None:
    await town.at(TUESDAY_0730 + 3 * HOUR)
    climbed = town.new()
    assert sum("任何一位指挥成员" in text for text in climbed["p_ding"]) == 3

    await town.at(TUESDAY_0730 + 23 * HOUR)

    town.sees({})


async def test_the_next_morning_asks_anew_whom_it_is_for(town: Town) -> None:
    await town.at(TUESDAY_0730 + 23 * HOUR)
    town.ignore()

    await town.at(TUESDAY_0730 + 24 * HOUR + 1)

    assert set(town.new()) == {"p_che", "p_you", "p_song"}
