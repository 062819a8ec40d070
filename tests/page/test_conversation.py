"""People write and press; the bot answers; everybody who should sees it."""

import pytest
from playwright.async_api import expect

from simulator.server import Simulator
from tests.page.conftest import OpenDesk
from tests.page.desk import Desk
from tests.page.echo_bot import EchoBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

DRIVER, DISPATCHER, HEAD = 501, 502, 503
EAST, BOARD = -1000000000501, -502


async def test_what_a_person_types_is_answered_in_their_pane(desk: Desk) -> None:
    driver = desk.phone(DRIVER)
    await driver.say("车坏了")
    await driver.sees("回声:车坏了")
    await expect(desk.phone(DISPATCHER).bubble("车坏了")).to_have_count(0)


async def test_start_is_asked_of_whom_the_bot_may_not_write_to(desk: Desk) -> None:
    head = desk.phone(HEAD)
    await head.open_chat("回声")
    await expect(head.pane.locator("textarea")).to_be_hidden()
    await head.press("开始")
    await head.sees("欢迎")
    await expect(head.button("菜单")).to_be_visible()
    await expect(head.pane.locator("textarea")).to_have_attribute("placeholder", "请说")


async def test_a_pressed_button_waits_until_the_bot_answers(desk: Desk, bot: EchoBot) -> None:
    driver = desk.phone(DRIVER)
    await driver.say("菜单")
    await driver.press("等候")
    await expect(driver.button("等候")).to_have_attribute("aria-busy", "true")
    bot.hold.set()
    await expect(driver.pane.locator(".toast")).to_have_text("甲样 按了 wait")
    await expect(driver.button("等候")).not_to_have_attribute("aria-busy", "true")


async def test_an_alert_stays_until_it_is_closed(desk: Desk) -> None:
    driver = desk.phone(DRIVER)
    await driver.say("菜单")
    await driver.press("警告")
    alert = driver.pane.get_by_role("alertdialog")
    await expect(alert).to_contain_text("甲样 按了 alert")
    await desk.page.keyboard.press("Escape")
    await expect(alert).to_have_count(0)


async def test_an_edited_message_changes_in_place_and_says_so(desk: Desk) -> None:
    driver = desk.phone(DRIVER)
    await driver.say("菜单")
    await driver.press("改写")
    await driver.sees("改好了")
    await expect(driver.bubble("改好了")).to_contain_text("已编辑")
    await expect(driver.bubble("请选一项")).to_have_count(0)
    await expect(driver.button("改写")).to_have_count(0)


async def test_a_link_to_the_bot_presses_start_with_its_payload(desk: Desk) -> None:
    driver = desk.phone(DRIVER)
    await driver.say("菜单")
    await driver.press("深链")
    await driver.sees("欢迎 deep")


async def test_a_group_message_is_seen_on_every_members_phone(desk: Desk) -> None:
    driver, dispatcher = desk.phone(DRIVER), desk.phone(DISPATCHER)
    await driver.open_chat("东区群")
    await driver.say("/menu@echo_demo_bot")
    await driver.sees("请选一项")
    await expect(dispatcher.tab("东区群").locator(".badge")).to_have_text("2")
    await dispatcher.open_chat("东区群")
    await dispatcher.sees("请选一项")
    await expect(dispatcher.bubble("/menu@echo_demo_bot")).to_contain_text("甲样")
    await expect(dispatcher.bubble("/menu@echo_demo_bot")).to_contain_text("东区 驾驶员")
    await expect(dispatcher.tab("东区群").locator(".badge")).to_be_hidden()
    await dispatcher.press("提示")
    await expect(dispatcher.pane.locator(".toast")).to_have_text("乙样 按了 toast")
    await expect(driver.pane.locator(".toast")).to_have_count(0)


async def test_a_forced_reply_opens_a_reply(desk: Desk) -> None:
    driver = desk.phone(DRIVER)
    await driver.say("/why")
    await expect(driver.pane.locator(".reply-strip")).to_contain_text("为什么?")
    await expect(driver.pane.locator("textarea")).to_have_attribute("placeholder", "例如下雨")
    await driver.say("下雨")
    await driver.sees("回复 回声:下雨")
    await expect(driver.bubble("下雨").first.locator(".quote")).to_contain_text("为什么?")
    await expect(driver.pane.locator(".reply-strip")).to_be_hidden()


async def test_a_forced_reply_is_still_open_after_a_reload(desk: Desk) -> None:
    await desk.phone(DRIVER).say("/why")
    await desk.phone(DRIVER).sees("为什么?")
    await desk.open()
    await expect(desk.phone(DRIVER).pane.locator(".reply-strip")).to_contain_text("为什么?")


async def test_a_person_replies_to_a_message(desk: Desk) -> None:
    driver = desk.phone(DRIVER)
    await driver.say("一")
    await driver.bubble("回声:一").hover()
    await driver.bubble("回声:一").get_by_role("button", name="回复").click()
    await driver.say("二")
    await driver.sees("回复 回声:二")


async def test_a_reply_begun_survives_a_change_of_language(desk: Desk) -> None:
    driver = desk.phone(DRIVER)
    await driver.say("一")
    await driver.bubble("回声:一").hover()
    await driver.bubble("回声:一").get_by_role("button", name="回复").click()
    await desk.button("English").click()
    await expect(driver.pane.locator(".reply-strip")).to_contain_text("回声:一")


async def test_only_ones_own_messages_carry_the_sent_mark(desk: Desk) -> None:
    driver, dispatcher = desk.phone(DRIVER), desk.phone(DISPATCHER)
    for phone in (driver, dispatcher):
        await phone.open_chat("东区群")
    await driver.say("到了")
    await expect(driver.bubble("到了").locator(".sent")).to_have_count(1)
    await dispatcher.sees("到了")
    await expect(dispatcher.bubble("到了").locator(".sent")).to_have_count(0)


async def test_commands_are_offered_while_a_slash_is_typed(desk: Desk) -> None:
    driver = desk.phone(DRIVER)
    await driver.pane.locator("textarea").press_sequentially("/m")
    await expect(driver.pane.get_by_role("option")).to_have_text(["/menu显示菜单"])
    await driver.pane.locator("textarea").press("Enter")
    await driver.sees("请选一项")


async def test_a_refused_message_is_kept_and_the_reason_is_told(desk: Desk, sim: Simulator) -> None:
    driver = desk.phone(DRIVER)
    await driver.open_chat("东区群")
    await driver.pane.locator("textarea").fill("还在吗")
    sim.world.chats[EAST].standing[DRIVER] = "left"  # the page has not heard of it yet
    await driver.pane.locator("textarea").press("Enter")
    await expect(driver.pane.locator(".toast")).to_contain_text("没有成功")
    await expect(driver.pane.locator("textarea")).to_have_value("还在吗")


async def test_a_person_blocks_the_bot_and_comes_back(desk: Desk, sim: Simulator) -> None:
    driver = desk.phone(DRIVER)
    await driver.more("停用机器人")
    await expect(driver.button("恢复使用机器人")).to_be_visible()
    assert sim.world.people[DRIVER].blocked
    await driver.press("恢复使用机器人")
    await expect(driver.pane.locator("textarea")).to_be_visible()
    assert not sim.world.people[DRIVER].blocked


async def test_a_group_becomes_a_supergroup_and_the_pane_follows(
    desk: Desk, sim: Simulator
) -> None:
    head = desk.phone(HEAD)
    await head.more("升级为超级群")
    await expect(head.pane.locator(".service")).to_contain_text("群已升级为超级群")
    moved_to = sim.world.chats[BOARD].migrated_to
    await head.say("/menu@echo_demo_bot")
    await head.sees("请选一项")
    assert moved_to is not None
    assert [shown.text for shown in sim.world.messages(moved_to)][-1] == "请选一项"


async def test_the_bot_is_seen_typing(desk: Desk, bot: EchoBot) -> None:
    await bot.call("sendChatAction", chat_id=DRIVER, action="typing")
    await expect(desk.phone(DRIVER).pane.locator(".typing")).to_contain_text("正在输入")


async def test_a_deleted_message_goes(desk: Desk, bot: EchoBot) -> None:
    sent = await bot.say(DRIVER, "说错了")
    await desk.phone(DRIVER).sees("说错了")
    await bot.call("deleteMessage", chat_id=DRIVER, message_id=sent["message_id"])
    await expect(desk.phone(DRIVER).bubble("说错了")).to_have_count(0)


async def test_two_visitors_see_the_same(open_desk: OpenDesk) -> None:
    one, other = await open_desk(), await open_desk()
    await one.phone(DRIVER).say("看得到吗")
    await other.phone(DRIVER).sees("回声:看得到吗")
