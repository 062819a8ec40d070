"""A company comes together: newcomers, numbers, groups, the bot in them, files, menus."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from simulator.server import Simulator
from tests.page.conftest import OpenDesk
from tests.page.desk import Desk
from tests.page.echo_bot import EchoBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

DRIVER, DISPATCHER, HEAD = 501, 502, 503
NEWCOMER = 504


@pytest.mark.parametrize("width", [390, 1440])
async def test_a_newcomer_comes_and_gives_the_number_when_asked(
    open_desk: OpenDesk, sim: Simulator, width: int
) -> None:
    desk = await open_desk(width=width, height=844)
    phone = await desk.new_phone("新来的", "+86 138 0000 0009", "en")
    assert sim.world.people[NEWCOMER].language_code == "en"
    await expect(phone.pane.locator(".pane-head .note")).to_have_text("+86 138 0000 0009")
    await phone.press("开始")
    await phone.press("📱 我的号码")
    question = phone.pane.get_by_role("alertdialog")
    await expect(question).to_contain_text("回声 会知道你的电话号码")
    await question.get_by_role("button", name="取消").last.click()
    await phone.share_number("📱 我的号码")
    await phone.sees("本人的号码 8613800000009")
    await expect(phone.pane.locator(".message.own .file")).to_have_count(1)
    await expect(phone.pane.locator(".message.own .file")).to_contain_text("新来的")


async def test_somebody_elses_number_and_a_typed_one_are_not_ones_own(desk: Desk) -> None:
    driver = desk.phone(DRIVER)
    await driver.attach("别人的名片")
    await desk.page.get_by_role("option", name="乙样").click()
    await driver.sees("并非本人的号码 8613800000002")
    await driver.attach("手写名片(号码自己填)")
    await driver.pane.get_by_label("电话号码").fill("+86 138 0000 0003")
    await driver.pane.get_by_role("dialog").get_by_role("button", name="发送").click()
    await driver.sees("并非本人的号码 8613800000003")


async def test_the_language_of_a_phone_is_chosen(desk: Desk, sim: Simulator) -> None:
    driver = desk.phone(DRIVER)
    await driver.more("手机语言")
    form = driver.pane.get_by_role("dialog")
    await form.get_by_label("手机语言").select_option("en")
    await form.get_by_role("button", name="好").click()
    await driver.press("更多")
    await expect(desk.page.get_by_role("menuitem", name="手机语言")).to_contain_text("en")
    assert sim.world.people[DRIVER].language_code == "en"


async def test_somebody_changes_the_number_and_then_the_account(desk: Desk, sim: Simulator) -> None:
    driver = desk.phone(DRIVER)
    await driver.more("换电话号码")
    form = driver.pane.get_by_role("dialog")
    await form.get_by_label("电话号码").fill("+86 138 0000 0008")
    await form.get_by_role("button", name="好").click()
    await driver.attach("我的电话")
    await driver.press("共享我的号码")
    await driver.sees("本人的号码 8613800000008")
    await driver.more("注销 Telegram 账号")
    await driver.press("注销 Telegram 账号")
    await expect(driver.pane.locator("textarea")).to_be_hidden()
    await expect(driver.pane.locator(".instead")).to_have_text("这个 Telegram 账号已注销")
    assert sim.world.people[DRIVER].deactivated


async def test_a_group_is_made_filled_and_the_bot_brought_in_muted_and_put_out(
    desk: Desk, sim: Simulator
) -> None:
    driver = desk.phone(DRIVER)
    await driver.new_group("夜班群", with_bot=False)
    await driver.sees("群已创建:夜班群")
    await driver.choose("群里的机器人", "把机器人拉进群")
    await driver.sees("甲样 让我来的")
    await driver.more("拉人进群")
    await desk.page.get_by_role("option", name="丙样").click()
    await driver.sees("甲样 把 丙样 拉进了群")
    await expect(desk.phone(HEAD).tab("夜班群")).to_have_count(1)
    await driver.choose("群里的机器人", "禁止机器人发言")
    await driver.sees("群已升级为超级群")
    await driver.press("更多")
    await expect(desk.page.get_by_role("menuitem", name="群里的机器人")).to_contain_text("已禁言")
    await desk.page.keyboard.press("Escape")
    await driver.choose("群里的机器人", "允许机器人发言")
    await driver.bubble("让我来的").last.wait_for()
    await driver.choose("群里的机器人", "把机器人移出群")
    await driver.press("把机器人移出群")
    await driver.sees("甲样 把 回声 移出了群")
    [chat] = [one for one in sim.world.chats.values() if one.kind == "supergroup"][-1:]
    assert (chat.title, sim.world.bot_standing(chat)) == ("夜班群", "kicked")


async def test_a_group_made_with_the_bot_is_told_to_it_at_once(desk: Desk) -> None:
    driver = desk.phone(DRIVER)
    await driver.new_group("白班群")
    await driver.sees("甲样 让我来的")


async def test_an_anonymous_administrator_writes_as_the_group(desk: Desk, sim: Simulator) -> None:
    dispatcher = desk.phone(DISPATCHER)
    await dispatcher.open_chat("东区群")
    await dispatcher.choose("我在群里的身份", "成为匿名管理员")
    await dispatcher.press("更多")
    await expect(desk.page.get_by_role("menuitem", name="我在群里的身份")).to_contain_text(
        "匿名管理员"
    )
    await desk.page.keyboard.press("Escape")
    await dispatcher.say("/menu@echo_demo_bot")
    await dispatcher.sees("请选一项")
    said = sim.world.messages(-1000000000501, by_bot=False)[-1]
    assert said.body["sender_chat"]["id"] == -1000000000501
    sender = dispatcher.bubble("/menu@echo_demo_bot").locator(".sender")
    await expect(sender).to_have_text("东区群")


async def test_a_file_of_the_bot_is_downloaded(desk: Desk, tmp_path: Path) -> None:
    driver = desk.phone(DRIVER)
    await driver.say("/list")
    async with desk.page.expect_download() as download:
        await driver.pane.locator("a.file").click()
    held = await download.value
    assert held.suggested_filename == "名单.csv"
    await held.save_as(tmp_path / "list.csv")
    assert (tmp_path / "list.csv").read_text("utf-8") == "姓名,电话\n"


async def test_a_spreadsheet_chosen_from_disk_keeps_its_name_and_kind(
    desk: Desk, sim: Simulator, tmp_path: Path
) -> None:
    driver = desk.phone(DRIVER)
    (tmp_path / "人员.xlsx").write_bytes(b"PK")
    await driver.send_file(tmp_path / "人员.xlsx")
    await driver.sees("收到 document")
    document = sim.world.messages(DRIVER, by_bot=False)[-1].body["document"]
    assert document["file_name"] == "人员.xlsx"
    assert document["mime_type"].endswith("spreadsheetml.sheet")


async def test_each_phone_offers_its_own_menu(desk: Desk, bot: EchoBot) -> None:
    own = {"type": "chat", "chat_id": DISPATCHER}
    duty = [{"command": "duty", "description": "值班"}]
    await bot.call("setMyCommands", commands=duty, scope=own)
    for person, listed in (
        (DISPATCHER, ["/duty值班"]),
        (DRIVER, ["/menu显示菜单", "/why要求回复"]),
    ):
        phone = desk.phone(person)
        await phone.press("命令")
        await expect(phone.pane.get_by_role("option")).to_have_text(listed)
    dispatcher = desk.phone(DISPATCHER)
    await dispatcher.pane.get_by_role("option").click()
    await dispatcher.sees("回声:/duty")
    await dispatcher.press("命令")
    await expect(dispatcher.pane.get_by_role("option")).to_have_count(1)
    await dispatcher.open_chat("东区群")
    await expect(dispatcher.pane.get_by_role("option")).to_have_count(0)
    await dispatcher.press("命令")
    await expect(dispatcher.pane.get_by_role("option")).to_have_count(2)


async def test_a_command_typed_to_its_end_is_not_taken_for_a_longer_one(
    desk: Desk, bot: EchoBot
) -> None:
    longer = {"command": "whyever", "description": "更长的"}
    known = {"command": "why", "description": "要求回复"}
    await bot.call("setMyCommands", commands=[longer, known])
    driver = desk.phone(DRIVER)
    typed = driver.pane.locator("textarea")
    await typed.fill("/why")
    await expect(driver.pane.get_by_role("option").first).to_contain_text("/why要求回复")
    await typed.press("Enter")
    await expect(driver.pane.locator(".message.own").last).to_contain_text("/why")
    await expect(driver.pane.locator(".message.own").last).not_to_contain_text("whyever")


async def test_a_persistent_keyboard_cannot_be_folded_away(desk: Desk) -> None:
    driver = desk.phone(DRIVER)
    await driver.press("开始")
    await expect(driver.button("显示或收起按钮键盘")).to_be_visible()
    await driver.say("/always")
    await driver.press("车坏了")
    await driver.sees("回声:车坏了")
    await expect(driver.button("车坏了")).to_be_visible()
    await expect(driver.button("显示或收起按钮键盘")).to_be_hidden()


async def test_a_message_without_a_sound_says_so(desk: Desk, bot: EchoBot) -> None:
    await bot.say(DRIVER, "响亮")
    await bot.say(DRIVER, "轻声", disable_notification=True)
    driver = desk.phone(DRIVER)
    await expect(driver.bubble("轻声").locator(".silent")).to_have_text("🔕")
    await expect(driver.bubble("响亮").locator(".silent")).to_have_count(0)
