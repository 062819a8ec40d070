"""Every kind of answer on a form: an area, a level, a place, a vehicle, how long, yes or no."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from plans.area import Area
from plans.place import Place
from tests.chat.own_plans import folder_of
from tests.chat.requests import form_of
from tests.chat.town import Town, a_town

ROADWORK = """\
plan: roadwork
title: {zh: 改道申请, en: Detour}
icon: 🚧
command: detour
form: true
subject: van
received: {zh: 收到申请。, en: Received.}
ask:
  where:
    {type: place, required: true, text: {zh: 在哪里？, en: Where?}, label: {zh: 地点, en: Place}}
  how_bad:
    type: level
    required: true
    text: {zh: 多严重？, en: How bad?}
    label: {zh: 程度, en: Degree}
    choices: {low: {zh: 轻, en: Light}, high: {zh: 重, en: Heavy}}
  van:
    {type: vehicle, default: reporter, text: {zh: 哪辆车？, en: Which?}, label: {zh: 车, en: Van}}
  whom:
    {type: area, required: true, default: region, text: {zh: 涉及哪里？, en: Which area?},
     label: {zh: 范围, en: Area}}
  long:
    {type: duration, required: true, text: {zh: 要多久？, en: How long?},
     label: {zh: 多久, en: Time}}
  school:
    {type: yes_no, required: true, when: {how_bad: {at_least: high}},
     text: {zh: 经过学校吗？, en: Past a school?}, label: {zh: 学校, en: School}}
steps:
  plan_it:
    owner: dispatcher
    do: {zh: 安排改道, en: Plan the detour}
    due: {in: 2 h, acknowledge: 1 h}
close:
  by: dispatcher
  when: [plan_it]
  do: {zh: 结束, en: Close}
  due: {in: 2 h}
  tell_reporter: {zh: 好了, en: Done}
"""
TITLE = "改道申请"


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    plans = folder_of(tmp_path, ROADWORK)
    async with a_town(tmp_path, plans=plans) as town, town.running():
        yield town


async def test_what_is_known_by_itself_stands_there_already(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/detour")
    lines = form_of(town, driver, TITLE)
    assert "✅ 车：浙A·10001" in lines
    assert "✅ 范围：东区" in lines
    assert "👉 地点" in lines


async def test_who_works_for_the_whole_company_says_which_area(town: Town) -> None:
    """Theirs is headquarters, where nobody drives and no customer is."""
    duty = town.person("p_ye")
    await duty.types("/detour 轻")
    lines = form_of(town, duty, TITLE)
    assert "▫️ 范围" in lines
    assert "总部" not in "".join(lines)


async def test_from_the_first_to_the_last_field(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/detour")
    await driver.shares_place(30.2, 120.4)
    await driver.presses("重")
    await driver.presses("45 分钟")
    assert "👉 学校" in form_of(town, driver, TITLE)
    await driver.types("有")
    await driver.presses("✏️ 范围")
    await driver.presses("⬜ 南区")
    assert "✅ 南区" in town.message(driver, TITLE).labels
    await driver.presses(
        next(one for one in town.message(driver, TITLE).labels if "东区、南区" in one)
    )
    assert "✅ 范围：东区、南区" in form_of(town, driver, TITLE)
    await driver.presses("📨 提交")
    incident = await town.incident(1)
    assert incident.fact("where") == Place(lat=30.2, lon=120.4)
    assert incident.fact("whom") == Area(regions=("east", "south"))
    assert incident.fact("long") == 45
    assert incident.fact("school") == "yes"


async def test_places_and_areas_may_be_typed(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/detour")
    await driver.types("环城东路三号桥")
    assert any("环城东路三号桥" in line for line in form_of(town, driver, TITLE))
    await driver.presses("☰ 全部项目")
    await driver.presses("✏️ 范围")
    await driver.types("南区、北区")
    assert "✅ 范围：南区、北区" in form_of(town, driver, TITLE)


async def test_a_level_typed_in_a_line_and_a_field_that_falls_away(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/detour 重")
    await driver.types("环城东路三号桥")
    assert "学校" in "".join(form_of(town, driver, TITLE))
    await driver.presses("☰ 全部项目")
    await driver.presses("✏️ 程度")
    await driver.presses("轻")
    assert "学校" not in "".join(form_of(town, driver, TITLE))


async def test_a_second_request_about_one_vehicle_joins_the_first(town: Town) -> None:
    driver = town.person("p_lu")
    for _ in range(2):
        await driver.types("/detour 轻")
        await driver.types("环城东路三号桥")
        await driver.types("40 分钟")
        assert await driver.presses("📨 提交") == "已提交，编号 #1"
