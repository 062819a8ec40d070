"""A question answered with a picture: kept as evidence, on the card, passed on."""

from base64 import b64decode
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from handlers.documents import EVIDENCE, Evidence
from plans.incident import StepStatus
from tests.chat.own_plans import folder_of
from tests.chat.requests import REQUEST, form_of
from tests.chat.town import Person, Town, a_town

EAST = "east_distribution"
PHOTO = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LEAK = """\
plan: leak
title: {zh: 水管漏水, en: Leak}
icon: 🚰
command: leak
received: {zh: 先关阀。, en: Shut the valve.}
ask:
  where: {type: place, required: true, text: {zh: 在哪里？, en: Where?}}
steps:
  shut:
    owner: dispatcher
    do: {zh: 关阀, en: Shut the valve}
    due: {in: 10 min, acknowledge: 5 min}
    record:
      valve:
        {type: photo, required: true, text: {zh: 拍一张关好的阀门, en: Photograph the shut valve},
         label: {zh: 阀门, en: Valve}, tell: [reporter]}
close:
  by: dispatcher
  when: [shut]
  do: {zh: 结束, en: Close}
  due: {in: 60 min}
  tell_reporter: {zh: 好了, en: Done}
"""
SIGHTING = (
    LEAK.replace("plan: leak", "plan: sighting")
    .replace("水管漏水", "看到异常")
    .replace("command: leak", "command: sighting")
    .replace("{type: place, required: true", "{type: photo, required: true")
)
WITH_PICTURE = REQUEST.replace(
    "  note:\n",
    "  proof:\n    {type: photo, required: true, text: {zh: 拍一下请帖, en: The invitation},\n"
    "     label: {zh: 请帖, en: Invitation}}\n  note:\n",
)


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    plans = folder_of(tmp_path, LEAK, SIGHTING, WITH_PICTURE)
    async with a_town(tmp_path, plans=plans) as town, town.running():
        yield town


async def evidence(town: Town) -> list[Evidence]:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        return list(await turn.find(EVIDENCE))


async def asked_for_picture(town: Town) -> Person:
    """The dispatcher has said that it is done, and is asked for the picture first."""
    await town.person("p_lu").types("/leak 环城东路")
    dispatcher = town.person("p_an_ph")
    await dispatcher.presses("🙋 我来")
    await dispatcher.presses("✅ 完成")
    assert "拍一张关好的阀门" in town.card(dispatcher, "拍一张")
    town.ignore()
    return dispatcher


async def test_done_asks_for_the_picture_first_and_the_picture_does_the_step(town: Town) -> None:
    dispatcher = await asked_for_picture(town)
    assert (await town.incident(1)).steps["shut"].status is StepStatus.OPEN
    await dispatcher.sends_photo(PHOTO)
    assert (await town.incident(1)).steps["shut"].status is StepStatus.DONE
    kept = await evidence(town)
    assert [(one.media, one.state) for one in kept] == [("photo", "kept")]
    assert "阀门：📷" in town.card(EAST, "水管漏水")
    told = town.new()["p_lu"]
    assert "阀门" in told[0]


async def test_whoever_is_told_gets_the_picture_itself(town: Town) -> None:
    dispatcher = await asked_for_picture(town)
    await dispatcher.sends_photo(PHOTO, "锈得厉害")
    picture = town.message(town.person("p_lu"), "阀门")
    assert "photo" in picture.body
    assert (await town.incident(1)).steps["shut"].status is StepStatus.DONE
    notes = [event.text for event in await town.record(1) if event.type == "note_added"]
    assert notes == ["锈得厉害"]


async def test_an_image_sent_as_a_file_is_a_picture_and_stays_a_file(town: Town) -> None:
    dispatcher = await asked_for_picture(town)
    await dispatcher.sends_file(PHOTO, "valve.png")
    assert (await town.incident(1)).steps["shut"].status is StepStatus.DONE
    assert "document" in town.message(town.person("p_lu"), "阀门").body
    assert [one.media for one in await evidence(town)] == ["document"]


async def test_other_files_and_words_are_no_picture_and_are_not_lost(town: Town) -> None:
    dispatcher = await asked_for_picture(town)
    await dispatcher.sends_file(b"%PDF-1.4", "report.pdf")
    assert "请发一张照片" in "".join(town.new()["p_an_ph"])
    await dispatcher.types("阀门坏了关不上")
    assert "请发一张照片" in "".join(town.new()["p_an_ph"])
    incident = await town.incident(1)
    assert incident.steps["shut"].status is StepStatus.OPEN
    notes = [event.text for event in await town.record(1) if event.type == "note_added"]
    assert notes == ["", "阀门坏了关不上"]
    await dispatcher.sends_photo(PHOTO)
    assert (await town.incident(1)).steps["shut"].status is StepStatus.DONE


async def test_in_a_group_the_picture_comes_as_a_reply(town: Town) -> None:
    await town.person("p_lu").types("/leak 环城东路")
    dispatcher = town.person("p_an_ph")
    await dispatcher.presses("①✅ 完成", in_group=EAST)
    asked = town.message(EAST, "拍一张关好的阀门")
    group = town.chat(EAST)
    town.stage.send_photo(dispatcher.telegram, group, PHOTO, None, asked)
    await town.a_moment()
    assert (await town.incident(1)).steps["shut"].status is StepStatus.DONE


async def test_a_picture_on_a_form(town: Town) -> None:
    manager = town.person("p_chang")
    await manager.types("/extra 早市 云杉 20 婚宴 周五")
    assert "👉 请帖" in form_of(town, manager)
    await manager.sends_photo(PHOTO, "请帖在此")
    assert "✅ 请帖：📷" in form_of(town, manager)
    await manager.presses("📨 提交")
    incident = await town.incident(1)
    kept = await evidence(town)
    assert [one.file_id for one in kept] == [incident.fact("proof")]
    notes = [event.text for event in await town.record(1) if event.type == "note_added"]
    assert notes == ["请帖在此"]


async def test_a_report_that_begins_with_a_picture(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/sighting")
    await driver.sends_photo(PHOTO, "桥下积水")
    assert "位置收到" not in "".join(town.new()["p_lu"])
    incident = await town.incident(1)
    assert [one.file_id for one in await evidence(town)] == [incident.fact("where")]
    notes = [event.text for event in await town.record(1) if event.type == "note_added"]
    assert notes == ["桥下积水"]
