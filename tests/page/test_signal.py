"""A phone that loses its signal: it sees nothing new, and what its person does waits, in order."""

import pytest
from playwright.async_api import expect

from tests.page.desk import Desk, Phone
from tests.page.echo_bot import EchoBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

DRIVER, DISPATCHER = 501, 502
MOST_WAITING = 30


async def without_signal(desk: Desk) -> Phone:
    driver = desk.phone(DRIVER)
    await driver.say("在")
    await driver.sees("回声:在")
    await driver.more("没有信号")
    await expect(driver.pane.get_by_text("没有信号，等待网络…")).to_be_visible()
    return driver


async def test_nothing_new_is_seen_without_signal_and_all_of_it_when_it_is_back(
    desk: Desk, bot: EchoBot
) -> None:
    driver = await without_signal(desk)
    await desk.phone(DISPATCHER).pane.locator("textarea").click()
    await bot.say(DRIVER, "台风来了")
    await bot.say(DISPATCHER, "台风来了")
    await desk.phone(DISPATCHER).sees("台风来了")
    await expect(driver.bubble("台风来了")).to_have_count(0)
    await expect(driver.pane.locator(".pane-head .badge")).to_be_hidden()
    await desk.button("English").click()  # draws all phones anew
    await expect(driver.bubble("台风来了")).to_have_count(0)
    await driver.press("Back again")
    await driver.sees("台风来了")


async def test_what_is_written_waits_and_leaves_in_order(desk: Desk) -> None:
    driver = await without_signal(desk)
    for text in ("一", "二", "三"):
        await driver.say(text)
    await expect(driver.pane.locator(".unsent .bubble")).to_have_count(3)
    await expect(driver.bubble("回声:一")).to_have_count(0)
    await driver.press("恢复信号")
    await driver.sees("回声:三")
    await expect(driver.pane.locator(".unsent .bubble")).to_have_count(0)
    own = driver.pane.locator(".messages:not(.unsent) .message.own .text")
    await expect(own).to_have_text(["在", "一", "二", "三"])


async def test_a_button_turns_until_the_signal_is_back(desk: Desk) -> None:
    driver = desk.phone(DRIVER)
    await driver.say("菜单")
    await driver.sees("请选一项")
    first = driver.bubble("请选一项").locator(".inline-button").first
    await driver.more("没有信号")
    await first.click()
    await expect(first).to_have_attribute("aria-busy", "true")
    await driver.press("恢复信号")
    await expect(driver.pane.locator(".inline-button[aria-busy]")).to_have_count(0)
    await expect(driver.pane.locator(".toast")).not_to_have_count(0)


async def test_no_more_waits_than_a_phone_holds(desk: Desk) -> None:
    driver = await without_signal(desk)
    for n in range(MOST_WAITING):
        await driver.say(str(n))
    await driver.say("太多")
    await expect(driver.pane.locator(".toast")).to_contain_text("等着发送的太多了")
    await expect(driver.pane.locator("textarea")).to_have_value("太多")
