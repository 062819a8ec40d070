"""Around the phones: who is shown, clock, language, a lost connection, narrow screens."""

import pytest
from playwright.async_api import Page, expect

from simulator.server import Simulator
from tests.page.conftest import NIGHT, OpenDesk
from tests.page.desk import Desk
from tests.page.echo_bot import EchoBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

DRIVER, DISPATCHER, HEAD = 501, 502, 503
BOARD = -502


async def shown_people(page: Page) -> list[str]:
    return [name.strip() for name in await page.locator(".pane-head .who strong").all_inner_texts()]


async def test_the_casts_front_is_shown_and_groups_through_somebodys_eyes(desk: Desk) -> None:
    assert await shown_people(desk.page) == ["甲样", "乙样", "丙样"]
    await expect(desk.phone(HEAD).pane.locator(".chat-tab[aria-current]")).to_have_text("小组")


async def test_somebody_is_found_by_role_and_shown(desk: Desk) -> None:
    await desk.phone(DISPATCHER).press("收起这部手机")
    assert await shown_people(desk.page) == ["甲样", "丙样"]
    await desk.button("添加人物").first.click()
    await desk.page.get_by_role("searchbox").fill("调度")
    await expect(desk.page.get_by_role("option")).to_have_count(1)
    await desk.page.keyboard.press("Enter")
    await expect(desk.phone(DISPATCHER).pane).to_be_visible()
    await expect(desk.page.get_by_role("dialog")).to_have_count(0)
    assert await shown_people(desk.page) == ["甲样", "丙样", "乙样"]


async def test_the_chosen_phones_survive_a_reload(desk: Desk) -> None:
    await desk.phone(DISPATCHER).press("收起这部手机")
    await desk.phone(DRIVER).open_chat("东区群")
    await desk.open()
    assert await shown_people(desk.page) == ["甲样", "丙样"]
    await expect(desk.phone(DRIVER).tab("东区群")).to_have_attribute("aria-current", "true")


async def test_a_group_is_seen_through_another_members_eyes(desk: Desk) -> None:
    await desk.phone(HEAD).more("换个人看这个群")
    await expect(desk.page.get_by_role("option")).to_have_count(2)
    await desk.page.get_by_role("option", name="乙样").click()
    assert await shown_people(desk.page) == ["甲样", "乙样", "乙样"]


async def test_unread_messages_are_counted_until_the_phone_is_taken_up(
    desk: Desk, bot: EchoBot
) -> None:
    badge = desk.phone(DISPATCHER).pane.locator(".pane-head .badge")
    await bot.say(DISPATCHER, "一")
    await bot.say(DISPATCHER, "二")
    await expect(badge).to_have_text("2")
    await desk.phone(DISPATCHER).pane.locator("textarea").click()
    await expect(badge).to_be_hidden()


async def test_a_reader_of_older_messages_is_told_of_new_ones(desk: Desk, bot: EchoBot) -> None:
    for n in range(30):
        await bot.say(DRIVER, f"第 {n} 条")
    driver = desk.phone(DRIVER)
    await driver.sees("第 29 条")
    await driver.pane.locator(".scroller").hover()
    await desk.page.mouse.wheel(0, -2000)
    await expect(driver.pane.locator(".jump")).to_be_visible()
    await bot.say(DRIVER, "最新")
    await expect(driver.pane.locator(".jump")).to_have_text("1 条新消息")
    await driver.pane.locator(".jump").click()
    await expect(driver.bubble("最新")).to_be_in_viewport()


async def test_time_is_moved_paused_and_hurried(desk: Desk, sim: Simulator) -> None:
    clock = desk.page.locator(".clock-time")
    await expect(clock).to_have_text("03:00:00")
    await desk.button("把时间拨快 5 分钟").click()
    await expect(clock).to_have_text("03:05:00")
    assert (sim.clock.now() - NIGHT).total_seconds() == 300
    await desk.button("快进").click()
    await expect(desk.button("快进")).to_have_attribute("aria-pressed", "true")
    await expect(clock).not_to_have_text("03:05:00")
    assert sim.clock.rate == 60
    await desk.button("暂停").click()
    await expect(desk.button("暂停")).to_have_attribute("aria-pressed", "true")
    assert sim.clock.rate == 0


async def test_messages_carry_the_stand_ins_local_time(desk: Desk, sim: Simulator) -> None:
    await desk.button("把时间拨快 30 分钟").click()
    await expect(desk.page.locator(".clock-time")).to_have_text("03:30:00")
    await desk.phone(DRIVER).say("几点")
    await expect(desk.phone(DRIVER).bubble("回声:几点")).to_contain_text("03:30")


async def test_what_was_said_today_was_said_yesterday_after_midnight(
    desk: Desk, sim: Simulator
) -> None:
    driver = desk.phone(DRIVER)
    await driver.say("夜里")
    await expect(driver.pane.locator(".day")).to_have_text("今天")
    sim.clock.advance(24 * 3600)
    await expect(driver.pane.locator(".day")).to_have_text("7月2日")


async def test_the_pages_words_change_language_and_what_was_typed_stays(desk: Desk) -> None:
    await desk.phone(DRIVER).pane.locator("textarea").fill("写到一半")
    await desk.button("English").click()
    await expect(desk.button("Real time")).to_be_visible()
    await expect(desk.phone(DRIVER).pane.locator(".who .note")).to_have_text("Driver East")
    await expect(desk.phone(DRIVER).pane.locator("textarea")).to_have_value("写到一半")
    await desk.open()
    await expect(desk.button("Real time")).to_be_visible()


async def test_an_english_browser_gets_english_first(open_desk: OpenDesk) -> None:
    desk = await open_desk(locale="en-GB")
    await expect(desk.button("Show someone").first).to_be_visible()
    await expect(desk.page).to_have_title("Echo demo · Telegram stand-in on this machine")


async def test_the_casts_hint_goes_when_it_was_read(desk: Desk) -> None:
    tip = desk.page.get_by_text("先在甲样的手机上按“开始”")
    await expect(tip).to_be_visible()
    await desk.button("知道了").click()
    await expect(tip).to_be_hidden()
    await desk.open()
    await expect(tip).to_be_hidden()


async def test_a_story_puts_its_phones_out_and_types_its_beginning(desk: Desk) -> None:
    await desk.button("回声两声").click()
    assert await shown_people(desk.page) == ["乙样", "甲样"]
    await expect(desk.page.get_by_text("乙样：发送")).to_be_visible()
    await expect(desk.button("回声两声")).to_have_attribute("aria-pressed", "true")
    second = desk.phone(DISPATCHER)
    await expect(second.pane.locator("textarea")).to_be_focused()
    await second.press("发送")
    await second.sees("回声:山")


async def test_what_to_try_comes_back_when_asked_for(desk: Desk) -> None:
    tip = desk.page.get_by_text("先在甲样的手机上按“开始”")
    await desk.button("知道了").click()
    await expect(tip).to_be_hidden()
    await desk.button("试一试").locator("visible=true").click()
    await expect(tip).to_be_visible()


async def test_a_lost_stand_in_is_told_and_found_again(desk: Desk, sim: Simulator) -> None:
    port = int(sim.url.rpartition(":")[2])
    await sim.stop()
    await expect(desk.page.locator(".banner")).to_contain_text("正在重连")
    sim.stage.say(DRIVER, DRIVER, "断线时说的")
    await sim.start(port=port)
    await expect(desk.page.locator(".banner")).to_be_hidden()
    await desk.phone(DRIVER).sees("断线时说的")


async def test_a_phone_wide_screen_shows_one_pane_at_a_time(
    open_desk: OpenDesk, bot: EchoBot
) -> None:
    desk = await open_desk(width=390, height=844)
    await expect(desk.phone(DRIVER).pane).to_be_visible()
    await expect(desk.phone(DISPATCHER).pane).to_be_hidden()
    await bot.say(DISPATCHER, "看这里")
    tab = desk.page.locator(".phone-tab", has_text="乙样")
    await expect(tab.locator(".badge")).to_have_text("1")
    await tab.click()
    await expect(desk.phone(DRIVER).pane).to_be_hidden()
    await desk.phone(DISPATCHER).sees("看这里")
    await expect(tab.locator(".badge")).to_be_hidden()
    await desk.phone(DISPATCHER).say("好")
    await desk.phone(DISPATCHER).sees("回声:好")


@pytest.mark.parametrize("width", [700, 1000, 1280])
async def test_no_phone_is_cut_off_and_tabs_bring_the_others_into_view(
    open_desk: OpenDesk, bot: EchoBot, width: int
) -> None:
    desk = await open_desk(width=width, height=800)
    await desk.phone(HEAD).more("换个人看这个群")
    await desk.page.get_by_role("option", name="乙样").click()
    await desk.button("添加人物").locator("visible=true").first.click()
    await desk.page.get_by_role("option", name="丙样").click()
    last = desk.phone(HEAD).pane
    await expect(last).to_be_in_viewport(ratio=1)
    await expect(desk.phone(DRIVER).pane).not_to_be_in_viewport(ratio=0.1)
    await bot.say(DRIVER, "看这里")
    tab = desk.page.locator(".phone-tab", has_text="甲样")
    await expect(tab.locator(".badge")).to_have_text("1")
    await tab.click()
    await expect(desk.phone(DRIVER).pane).to_be_in_viewport(ratio=1)
    await expect(last).not_to_be_in_viewport(ratio=0.1)
    for pane in await desk.page.locator(".pane").all():
        box = await pane.bounding_box()
        assert box is not None
        assert box["x"] >= width - 25 or box["x"] + box["width"] <= width


async def test_phones_that_all_fit_have_no_tabs(open_desk: OpenDesk) -> None:
    desk = await open_desk(width=1440)
    await expect(desk.phone(DRIVER).pane).to_be_in_viewport(ratio=1)
    await expect(desk.page.locator(".phone-tabs")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 768, 1440])
async def test_nothing_sticks_out_of_the_screen(
    open_desk: OpenDesk, bot: EchoBot, width: int
) -> None:
    desk = await open_desk(width=width, height=800)
    await bot.say(DRIVER, "很长的字" * 60 + "x" * 300)
    await desk.phone(DRIVER).say("菜单")
    await desk.phone(DRIVER).sees("请选一项")
    assert await desk.page.evaluate("document.documentElement.scrollWidth") <= width
    assert await desk.page.locator(".top").evaluate("(top) => top.scrollWidth") <= width
    pane = desk.phone(DRIVER).pane.locator(".scroller")
    assert await pane.evaluate("(one) => one.scrollWidth <= one.clientWidth")


async def test_somebody_with_many_chats_opens_them_from_a_list(
    open_desk: OpenDesk, sim: Simulator, bot: EchoBot
) -> None:
    for n in range(6):
        sim.stage.add_group(-600 - n, f"第 {n} 组的群", [DRIVER, DISPATCHER])
    desk = await open_desk()
    await bot.say(-605, "集合")
    driver = desk.phone(DRIVER)
    await driver.press("全部聊天")
    choice = desk.page.get_by_role("menuitem", name="第 5 组的群")
    await expect(choice).to_contain_text("1 条未读")
    await choice.click()
    await driver.sees("集合")
    await expect(driver.tab("第 5 组的群")).to_be_in_viewport()
