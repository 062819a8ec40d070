"""Regions and routes among the words of a line: they are the area, not what the warning says."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from plans.area import Area
from tests.chat.storm import OFFICE, Storm, a_storm


@pytest_asyncio.fixture
async def storm(tmp_path: Path) -> AsyncIterator[Storm]:
    async with a_storm("zh", tmp_path) as storm:
        yield storm


@pytest.mark.parametrize(
    ("typed", "regions"),
    [
        ("/weather 黄色 台风 东区 明天18点", ("east",)),
        ("/weather 黄色 台风 东区、西区 明天18点", ("east", "west")),
        ("/weather 东区 黄色 台风 明天18点 西片区", ("east", "west")),
        ("/weather yellow typhoon East West tomorrow 18:00", ("east", "west")),
    ],
)
async def test_regions_in_the_line_are_the_area(
    storm: Storm, typed: str, regions: tuple[str, ...]
) -> None:
    office = storm.person(OFFICE)
    await office.types(typed)
    await office.presses(storm.word("form.send"))
    incident = await storm.town.incident(1)
    assert incident.area() == Area(regions=regions)
    assert incident.fact("source") is None


async def test_all_is_the_whole_company(storm: Storm) -> None:
    office = storm.person(OFFICE)
    await office.types("/weather 黄色 台风 全公司 明天18点")
    await office.presses(storm.word("form.send"))
    area = (await storm.town.incident(1)).area()
    assert area is not None
    assert set(area.regions) == set(storm.town.desk.company.regions)


async def test_a_name_within_other_words_is_no_area(storm: Storm) -> None:
    office = storm.person(OFFICE)
    await office.types("/weather 黄色 台风 东区气象台说的 明天18点")
    await office.types("西区")
    await office.presses(storm.word("form.send"))
    incident = await storm.town.incident(1)
    assert incident.area() == Area(regions=("west",))
    assert incident.fact("source") == "东区气象台说的"
