"""The accident plan in the hands of people who err, guess, press twice, or press what is not
theirs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.settings import SAMPLE_COMPANY
from handlers.buttons import mark_of
from plans.events import StepCompleted
from plans.incident import StepStatus
from tests.chat.old_buttons import Old
from tests.chat.town import Person, Town, a_town

TELL = "打电话告诉客户新的送货时间"
LONG = "<b>隔壁老王&烟酒副食综合便利超市加盟连锁店第一百二十三分店</b>" + "里走第二家" * 5


async def forges(person: Person, on: str, data: str) -> str:
    """Press a button of the person's newest message with `on`, but with other data."""
    shown = person.town.message(person, on)
    query = person.stage.press(person.telegram, shown, data, stale=True)
    await person.town.a_moment()
    return person.town.answer_to(query)


async def hurt(town: Town, *, decided: bool = True) -> None:
    """Somebody is hurt; deliveries go on tomorrow at nine."""
    driver = town.person("p_lu")
    await driver.types("/accident 环城东路K12+300")
    await driver.presses("是", on="有人受伤")
    await driver.presses("否", on="车还能开")
    await driver.presses("否", on="驾驶员还能")
    if decided:
        await town.person("p_ding").presses("✅ 完成", on="决定新的送货时间")
        await town.person("p_ding").types("明天9点")


async def test_all_told_says_how_many_were_ticked(town: Town) -> None:
    await hurt(town)
    manager = town.person("p_chang")
    await manager.presses("✅ 1 打了", on=TELL)
    await manager.presses("📵 2 没人接", on=TELL)
    await manager.presses("✅ 全部打完", on=TELL)
    await manager.presses("✅ 是，都通知到了")

    assert "勾了 1 户，没勾 3 户" in town.card(manager, TELL)
    assert "勾了 1 户，没勾 3 户" in town.card("east_marketing", "🚨 #1")
    done = [e for e in await town.record(1) if isinstance(e, StepCompleted)]
    part = next(e for e in done if e.step == "tell_customers/1")
    assert (part.reached, part.unreached) == (1, 3)
    await town.person("p_ding").types("/incident 1")
    assert "（逐户勾了 1 户，没勾 3 户，一次报完）" in town.card(town.person("p_ding"), "勾了 1 户")


async def test_all_told_is_asked_once_more_while_some_have_not_been_called(town: Town) -> None:
    await hurt(town)
    manager = town.person("p_chang")
    await manager.presses("✅ 1 打了", on=TELL)
    town.ignore()
    assert "记为完成" not in await manager.presses("✅ 全部打完", on=TELL)
    town.sees({"p_chang": ["名单 4 户，还有 3 户没打，都算通知到了？"]})
    assert "接着打" in await manager.presses("‹ 不，回去接着打")
    assert town.message(manager, "还没打完").labels == []
    assert (await town.incident(1)).steps["tell_customers/1"].status is StepStatus.OPEN

    await manager.presses("✅ 全部打完", on=TELL)
    asked = Old.of(manager, "✅ 是，都通知到了")
    assert "记为完成" in await asked.pressed()
    assert asked.labels == []
    part = (await town.incident(1)).steps["tell_customers/1"]
    assert part.status is StepStatus.DONE
    assert part.share is not None
    assert len(part.share.left) == 3, "one word for many is no tick"
    await asked.pressed()
    done = [e for e in await town.record(1) if isinstance(e, StepCompleted)]
    assert [e.step for e in done].count("tell_customers/1") == 1


async def test_whoever_has_called_everybody_is_asked_nothing_more(town: Town) -> None:
    await hurt(town)
    manager = town.person("p_chang")
    for n in (1, 2, 3):
        await manager.presses(f"✅ {n} 打了", on=TELL)
    await manager.presses("📵 4 没人接", on=TELL)
    assert "记为完成" in await manager.presses("✅ 全部打完", on=TELL)


async def test_a_tick_pressed_twice_is_one(town: Town) -> None:
    await hurt(town)
    manager = town.person("p_chang")
    await manager.presses("✅ 1 打了", on=TELL)
    await forges(manager, TELL, f"called:1:tell_customers/1:{mark_of('k_01')}")

    ticks = [e for e in await town.record(1) if e.type == "call_ticked"]
    assert len(ticks) == 1


async def test_another_region_s_people_neither_see_nor_tick_the_list(town: Town) -> None:
    await hurt(town)
    other = town.person("p_hao")
    await other.types("/mine")
    mark = mark_of("k_01")
    town.ignore()

    for data in ("calls:1:tell_customers/1:1", f"called:1:tell_customers/1:{mark}"):
        await forges(other, "", data)

    assert "早市便利店" not in "".join(town.new().get("p_hao", []))
    assert not [e for e in await town.record(1) if e.type == "call_ticked"]


async def test_the_dispatcher_who_phoned_answers_for_a_silent_driver(town: Town) -> None:
    await town.person("p_lu").types("/accident 环城东路K12+300")
    dispatcher = town.person("p_an_ph")
    assert "\n☎ 路平安 +86 10 5550 0101" in town.card(dispatcher, "马上打电话问清")

    await dispatcher.presses("✏️ 补充情况", on="马上打电话问清")
    await dispatcher.presses("有人受伤")
    await dispatcher.presses("是", on="有人受伤吗")

    assert (await town.incident(1)).steps["decide_time"].status is StepStatus.OPEN


async def test_a_wrong_time_is_corrected_and_whoever_passed_it_on_hears(town: Town) -> None:
    await hurt(town)
    leader, manager = town.person("p_ding"), town.person("p_chang")
    await manager.presses("✅ 全部打完", on=TELL)
    await manager.presses("✅ 是，都通知到了")
    town.ignore()

    await leader.types("/incident 1")
    await leader.presses("✏️ 更正")
    await leader.presses("新的送货时间")
    await leader.types("后天9点")

    assert (await town.incident(1)).fact("new_time") == "2026-07-08T09:00+08:00"
    assert "7月7日周二 09:00 → 7月8日周三 09:00" in town.card(manager, "更正：新的送货时间")


async def test_a_driver_cannot_change_the_leader_s_time(town: Town) -> None:
    await hurt(town)
    driver = town.person("p_lu")
    await driver.presses("✏️ 更正", on="#1 已受理")
    assert "新的送货时间" not in town.message(driver, "更正").labels

    for data in ("ask:1:new_time", "fact:1:new_time:29728740"):
        await forges(driver, "#1 已受理", data)

    assert (await town.incident(1)).fact("new_time") == "2026-07-07T09:00+08:00"


async def test_a_driver_is_left_in_peace_once_the_head_is_there(town: Town) -> None:
    await hurt(town)
    await town.person("p_song").presses("✅ 完成", on="马上赶到现场，接手")
    town.ignore()
    await town.at(60)

    assert not [text for text in town.new().get("p_lu", []) if "现场还好吗" in text]


async def test_nobody_asks_the_driver_what_the_plan_says_already(town: Town) -> None:
    await hurt(town)

    assert (await town.incident(2)).fact("what") == "traffic"
    asked = [shown.text for shown in town.sim.world.messages(town.person("p_lu").telegram)]
    assert not [text for text in asked if "#2" in text and "？" in text]
    # Nor are they told a second time that it has been received.
    assert not [text for text in asked if "#2 已受理" in text]


async def test_whoever_guides_later_is_not_sent_to_the_spot_at_once(town: Town) -> None:
    await hurt(town, decided=False)
    assert (await town.incident(1)).steps["send_guide"].status is StepStatus.WAITING
    await town.person("p_ding").presses("✅ 完成", on="决定新的送货时间")
    await town.person("p_ding").types("明天9点")
    await town.person("p_an_ph").presses("✅ 完成", on="请熟悉线路的人")

    ping = town.card(town.person("p_chang"), "新的送货时间请您带路或替驾")
    assert "7月7日周二 09:00" in ping
    assert "常问候" not in ping


@pytest_asyncio.fixture
async def long_names(tmp_path: Path) -> AsyncIterator[Town]:
    """East's run has forty customers with names as long as they may be, written as HTML."""
    more = "".join(
        f'  x_{n:02}: {{name: "{LONG[:60]}", region: east, manager: p_chang, '
        f'phone: "+86 10 5550 04{n:02}", route: 东线}}\n'
        for n in range(40)
    )
    company = tmp_path / "company.yaml"
    company.write_text(SAMPLE_COMPANY.read_text("utf-8").rstrip("\n") + "\n" + more, "utf-8")
    store = tmp_path / "store"
    store.mkdir()
    async with a_town(store, company=company) as town, town.running():
        yield town


async def test_forty_long_names_fit_a_phone_and_are_shown_as_they_are(long_names: Town) -> None:
    town, manager = long_names, long_names.person("p_chang")
    await hurt(town)
    for n in range(1, 5):
        await manager.presses(f"✅ {n} 打了", on=TELL)
    shown = town.message(manager, TELL)
    assert "<b>隔壁老王&烟酒" in shown.text
    assert len(shown.text) < 1500
    await manager.presses("📋 全部名单（44）")
    assert "第 1/6 页" in town.card(manager, "第 1/6")
