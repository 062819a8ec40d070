"""Call lists on a phone: eight at a time, pages of the whole, moments and routes asked for; whoever
was asked first sees who is asked now."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest_asyncio
from openpyxl import load_workbook

from bot.settings import SAMPLE_COMPANY
from tests.chat.test_import import file_of
from tests.chat.town import Town, a_town

MARKET = "east_marketing"
TELL = "打电话告诉客户新的送货时间"


@pytest_asyncio.fixture
async def many(tmp_path: Path) -> AsyncIterator[Town]:
    """East's run has twelve customers; the vehicle of the second driver serves no known route."""
    text = SAMPLE_COMPANY.read_text("utf-8")
    more = "".join(
        f"  x_{n:02}: {{name: 加一家{n:02}, region: east, manager: p_chang, grade: 一档, "
        f'phone: "+86 10 5550 04{n:02}", route: 东线}}\n'
        for n in range(1, 9)
    )
    text = text.rstrip("\n") + "\n" + more
    text = text.replace("driver: p_xing, route: 东环线}", "driver: p_xing}")
    company = tmp_path / "company.yaml"
    company.write_text(text, "utf-8")
    store = tmp_path / "store"
    store.mkdir()
    async with a_town(store, company=company) as quiet_town, quiet_town.running():
        yield quiet_town


async def hurt(town: Town, by: str = "p_lu") -> None:
    """An accident with somebody hurt, up to the leader's decision."""
    await town.person(by).types("/accident 环城东路K12+300")
    await town.person(by).presses("是", on="有人受伤")
    await town.person("p_ding").presses("✅ 完成", on="新的送货时间")


async def test_eight_at_a_time_and_the_whole_list_in_pages(many: Town) -> None:
    manager = many.person("p_chang")
    await hurt(many)
    await many.person("p_ding").types("明天9点")
    asked = many.message(manager, TELL)
    assert "名单 12 户，还剩 12 户：\n1. 早市便利店 二档\n☎ +86 10 5550 0301\n2." in asked.text
    assert "\n8. 加一家04" in asked.text
    assert "9. 加一家05" not in asked.text
    assert asked.labels[-6:-4] == ["📋 全部名单（12）", "🖨 名单文件"]
    assert asked.labels[-4:] == ["🙋 我来", "✅ 全部打完", "✖️ 不行", "↪️ 转交"]

    # Ticked, they make room for the next; the numbers stay.
    await manager.presses("✅ 1 打了")
    assert "2. 满口香副食" in many.card(manager, TELL)
    assert "\n9. 加一家05" in many.card(manager, TELL)

    await manager.presses("📋 全部名单（12）")
    page = many.message(manager, "第 1/2 页")
    assert "1. 早市便利店 二档 ✅" in page.text
    assert page.labels[-1] == "下一页 ›"
    await manager.presses("下一页 ›")
    page = many.message(manager, "第 2/2 页")
    assert "12. 加一家08 一档" in page.text
    assert page.labels[-1] == "‹ 上一页"
    # A tick on the page shows there, too, and not as a message of its own.
    many.ignore()
    await manager.presses("📵 12 没人接", on="第 2/2 页")
    assert "12. 加一家08 一档 📵" in many.card(manager, "第 2/2 页")
    many.sees({})


async def test_no_customer_stands_in_a_group(many: Town) -> None:
    await hurt(many)
    await many.person("p_ding").types("明天9点")

    shown = many.sim.world.messages(many.chat(MARKET), by_bot=True)

    assert any(TELL in message.text for message in shown)
    assert "常问候（剩 12 户）" in many.card(MARKET, "送货车辆交通事故")
    assert not any("早市便利店" in message.text for message in shown)


async def test_a_moment_is_pressed_or_typed_and_must_lie_ahead(many: Town) -> None:
    leader = many.person("p_ding")
    await hurt(many)
    labels = many.message(leader, "什么时候恢复送货").labels
    assert labels == ["今天 15:00", "今天 18:00", "明天 09:00", "明天 15:00"]
    many.ignore()
    await leader.types("尽快")
    assert "请写 30 天内的时间" in many.new()["p_ding"][0]
    await leader.presses("今天 18:00")
    assert "✓ #1 记下了：7月6日周一 18:00" in many.new()["p_ding"][-1]
    assert (await many.incident(1)).fact("new_time") == "2026-07-06T18:00+08:00"


async def test_a_moment_pressed_after_it_has_passed_is_refused(many: Town) -> None:
    leader = many.person("p_ding")
    await hurt(many)
    await many.at(8 * 60)
    many.ignore()
    await leader.presses("今天 15:00")
    assert "这个值不对" in "".join(many.new()["p_ding"])
    assert (await many.incident(1)).fact("new_time") is None


async def test_the_route_is_asked_for_and_may_be_typed_roughly(many: Town) -> None:
    driver, leader = many.person("p_xing"), many.person("p_ding")
    await hurt(many, by="p_xing")
    await leader.types("明天9点")
    # Nobody knows the route: the market manager decides whom to tell.
    assert "请决定通知哪些客户" in many.card(many.person("p_shang"), TELL)
    await driver.presses("是", on="车还能开")
    await driver.presses("是", on="驾驶员还能")
    assert "跑的是哪条线路" in many.card(driver, "线路？")
    many.ignore()
    await driver.types("环")
    assert "记下了：东环线" in "".join(many.new()["p_xing"])
    assert "5. 和气商行" not in many.card(many.person("p_chang"), TELL)
    assert "1. 和气商行 三档" in many.card(many.person("p_chang"), TELL)
    assert "不用做了" in many.card(many.person("p_shang"), TELL)


async def test_a_vehicle_named_later_brings_its_route(many: Town) -> None:
    await hurt(many, by="p_xing")
    await many.person("p_xing").presses("✏️ 更正", on="#1 已受理")
    await many.person("p_xing").presses("车辆")
    await many.person("p_xing").types("浙A10001")
    assert (await many.incident(1)).fact("route") == "东线"


async def test_whoever_was_asked_first_sees_who_is_asked_now(many: Town) -> None:
    await many.person("p_lu").types("/breakdown 环城东路K12+300")
    dispatcher = many.person("p_an_ph")
    await many.at(6)
    card = many.message(dispatcher, "⏫ #1 派备用车前去接替")
    assert "已转 戴理勤。您还可以接手。" in card.text
    assert card.labels == ["🙋 我来", "✅ 完成"]
    assert await dispatcher.presses("🙋 我来", on="⏫") == "好，交给您了。"
    assert "您已接手" in many.card(dispatcher, "🟡 #1 派备用车")


async def test_the_list_comes_as_a_file_with_how_each_call_went(many: Town) -> None:
    manager = many.person("p_chang")
    await hurt(many)
    await many.person("p_ding").types("明天9点")
    await manager.presses("✅ 1 打了")
    await manager.presses("📵 2 没人接")

    assert "马上发到" in await manager.presses("🖨 名单文件", on=TELL)

    shown = many.message(manager, "：通知名单")
    assert shown.body["document"]["file_name"] == "通知名单-1.xlsx"
    book = load_workbook(BytesIO(file_of(many, manager, "：通知名单")))
    rows = list(book["1"].iter_rows(values_only=True))
    assert "常问候" in str(rows[0][0])
    assert "1/12" in str(rows[0][0])
    assert rows[1][1:4] == ("客户", "档级", "电话")
    assert rows[2][:4] == ("1", "早市便利店", "二档", "+86 10 5550 0301")
    assert rows[2][4:] == ("东区东路 7 号", "东线", "已通知")
    assert rows[3][6] == "没接通"
    assert rows[4][6] is None
    assert len(rows) == 14


async def test_a_name_of_sixty_letters_takes_one_line_of_a_phone(tmp_path: Path) -> None:
    text = SAMPLE_COMPANY.read_text("utf-8").replace("早市便利店", "早市便利店" * 12)
    company, store = tmp_path / "company.yaml", tmp_path / "store"
    company.write_text(text, "utf-8")
    store.mkdir()
    async with a_town(store, company=company) as town, town.running():
        await hurt(town)
        await town.person("p_ding").types("明天9点")
        listed = town.card(town.person("p_chang"), "名单")
        assert f"{'早市便利店' * 2}早市便利… 二档" in listed
