"""Parts that are done too soon, or asked for twice: who is reached afterwards, which of two alike
was pressed, whose list a stranger sees, what a picture sent as a file is."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.settings import SAMPLE_COMPANY
from handlers.documents import EVIDENCE, PARKED
from plans.area import Area
from plans.incident import StepStatus
from simulator.messages import Shown
from tests.chat.own_plans import folder_of
from tests.chat.test_pictures import PHOTO, SIGHTING
from tests.chat.test_spread import LOOK, PLAN, TELL
from tests.chat.town import Person, Town, a_town


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """Whoever is the dispatcher of the east is that of the south, too."""
    text = SAMPLE_COMPANY.read_text("utf-8")
    posts = "  p_an_ph:"
    line = next(one for one in text.splitlines() if one.startswith(posts))
    both = line.replace("roles: [", "roles: [{role: dispatcher, region: south}, ")
    assert both != line
    company = tmp_path / "company.yaml"
    company.write_text(text.replace(line, both), encoding="utf-8")
    store = tmp_path / "store"
    store.mkdir()
    plans = folder_of(tmp_path, PLAN, SIGHTING)
    async with a_town(store, company=company, plans=plans) as quiet_town, quiet_town.running():
        yield quiet_town


async def reported(town: Town, where: str) -> None:
    await town.person("p_lu").types("/water")
    await town.person("p_lu").types(where)


async def pressed_on(town: Town, person: Person, shown: Shown, data: str) -> str:
    query = town.stage.press(person.telegram, shown, data, stale=True)
    await town.a_moment()
    return town.answer_to(query)


async def nothing_is_parked(town: Town) -> bool:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        return not await turn.find(PARKED)


async def test_who_was_not_reached_is_ticked_after_all(town: Town) -> None:
    chang = town.person("p_chang")
    await reported(town, "东环线")
    await chang.presses("✅ 1 知道了", on=TELL)
    await chang.presses("📵 2 没人接", on=TELL)
    await chang.presses("✅ 全部打完", on=TELL)
    await chang.presses("✅ 是，都通知到了")
    above = town.person("p_shang")
    await above.presses("📋 看名单")
    shown = town.message(above, "第 1/1 页")
    assert not any(label.startswith("✅ 1") for label in shown.labels)
    town.ignore()
    assert "还剩 1 户" in await above.presses("✅ 2 知道了", on="第 1/1 页")
    part = (await town.incident(1)).steps["tell/1"]
    assert part.status is StepStatus.DONE
    assert part.settled_by == part.taken_by == "p_chang"
    assert part.share is not None
    assert len(part.share.left) == 1
    await above.presses("📵 3 没人接", on="第 1/1 页")
    await town.at(3 * 60)
    assert not [message for message in town.new().get("p_chang", []) if "请再打一次" in message]


async def test_nobody_else_ticks_what_is_done(town: Town) -> None:
    chang = town.person("p_chang")
    await reported(town, "东环线")
    shown = town.message(chang, TELL)
    ticks = next(b for b in shown.buttons if b["text"] == "✅ 1 知道了")["callback_data"]
    await chang.presses("✅ 全部打完", on=TELL)
    await chang.presses("✅ 是，都通知到了")
    stranger = town.person("p_zhou")
    await stranger.types("/help")
    before = (await town.incident(1)).steps["tell/1"].share
    own = town.sim.world.messages(stranger.telegram, by_bot=True)[-1]
    await pressed_on(town, stranger, own, ticks)
    assert (await town.incident(1)).steps["tell/1"].share == before


async def test_of_two_questions_alike_the_one_pressed_is_answered(town: Town) -> None:
    both = town.person("p_an_ph")
    await reported(town, "东区、南区")
    parts = (await town.incident(1)).parts_of("look")
    assert len(parts) == 2
    for _ in range(2):
        await both.presses("🙋 我来", on=LOOK)
    done = []
    for shown in town.sim.world.messages(both.telegram, by_bot=True):
        button = next((b for b in shown.buttons if b["text"] == "✅ 完成"), None)
        if button is not None and LOOK in shown.text:
            done.append(button["callback_data"].rpartition(":")[2])
            await pressed_on(town, both, shown, button["callback_data"])
    assert len(done) == 2
    asked = [m for m in town.sim.world.messages(both.telegram, by_bot=True) if "水多高" in m.text]
    answers = [next(b["callback_data"] for b in m.buttons if b["text"] == "很深") for m in asked]
    assert answers[0] == answers[1]

    await pressed_on(town, both, asked[0], answers[0])

    parts = (await town.incident(1)).parts_of("look")
    assert [parts[one].status for one in done] == [StepStatus.DONE, StepStatus.OPEN]
    await pressed_on(town, both, asked[1], answers[1])
    assert (await town.incident(1)).steps["look"].status is StepStatus.DONE


async def test_regions_with_only_blanks_between_them(town: Town) -> None:
    await reported(town, "东区 南区")
    assert (await town.incident(1)).fact("where") == Area(regions=("east", "south"))


async def test_a_list_is_never_shown_in_a_group(town: Town) -> None:
    chang = town.person("p_chang")
    await reported(town, "东环线")
    group = town.message("east_marketing", "涨水")
    await pressed_on(town, chang, group, "calls:1:tell/1:1")
    shown = town.sim.world.messages(town.chat("east_marketing"), by_bot=True)
    assert not any("5550 03" in message.text for message in shown)
    assert await nothing_is_parked(town)


async def test_nonsense_on_lists_changes_nothing(town: Town) -> None:
    chang = town.person("p_chang")
    await reported(town, "东环线")
    shown = town.message(chang, TELL)
    before = await town.incident(1)
    for data in (
        "calls:1:tell/1:99999999999",
        "calls:1:tell/9:1",
        "calls:1:nothing:1",
        "calls:9:tell/1:1",
        "called:1:tell:0000000000",
        "called:1:tell/1:0000000000",
        "quiet:1:look/1:0000000000",
        "sheet:1:look/1",
        "sheet:1:tell",
        "parts:1:tell:p9999999999999999999999",
        "parts:1:tell/1:new",
        "parts:1:nothing:new",
        "area:1:where:xxxx",
        "area:0:where:ok",
        "area:1:nothing:ok",
        "leaf:1:where:9",
        "fact:1:how_high:none",
        "fact:0:where:none",
    ):
        await pressed_on(town, chang, shown, data)
    assert await town.incident(1) == before
    assert await nothing_is_parked(town)


async def test_an_image_sent_as_a_file_begins_a_report(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/sighting")
    await driver.sends_file(PHOTO, "bridge.png")
    incident = await town.incident(1)
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        kept = await turn.find(EVIDENCE)
    assert [(one.media, one.file_id) for one in kept] == [("document", incident.fact("where"))]
