"""`python -m tests.browser.screenshot FOLDER`: the README's pictures, taken from real runs.

In: a folder. Out: a WebP of five phones in the middle of a breakdown, and one of a storm. Forbidden
here: anything staged that a visitor of the page could not do.
"""

import asyncio
import base64
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests.browser.breakdown import CARD, DRIVER, KEEPER, LEADER, Breakdown
from tests.browser.four_users import DUTY
from tests.browser.real_run import real_run
from tests.browser.storm import Storm
from tests.chromium import CHROMIUM, HOW_TO_GET_IT, launched_chromium
from tests.page.desk import Desk, Phone

WIDTH, HEIGHT = 1700, 900
SCROLL_PX = 5_000
PICTURE = {"format": "webp", "quality": 90}  # a third of a PNG, and the small print stays sharp
# The dotted wall makes the file twice as large.
PLAIN_WALL = ".history { background: var(--wall) !important }"

Play = Callable[[Desk], Awaitable[None]]


async def take(play: Play) -> bytes:
    """Play on a page of its own, then take the picture."""
    with tempfile.TemporaryDirectory(prefix="screenshot-") as folder:
        async with real_run(Path(folder)) as url, launched_chromium() as browser:
            context = await browser.new_context(
                viewport={"width": WIDTH, "height": HEIGHT},
                locale="zh-CN",
                reduced_motion="reduce",
                bypass_csp=True,  # for PLAIN_WALL
            )
            desk = Desk(await context.new_page(), url)
            await desk.open()
            await play(desk)
            await expect(desk.page.locator(".toast, .pane.ping")).to_have_count(0)
            return await _picture(desk.page)


async def _picture(page: Page) -> bytes:
    await page.add_style_tag(content=PLAIN_WALL)
    browser = await page.context.new_cdp_session(page)
    return base64.b64decode((await browser.send("Page.captureScreenshot", PICTURE))["data"])


async def breakdown(desk: Desk) -> None:
    """Until help is on its way."""
    play = Breakdown(desk)
    await desk.button("知道了").click()
    driver = await _report_by_key(play)
    await play.answer_the_questions()
    await play.send_the_spare()
    leader = await play.take_up(LEADER)
    await leader.press("收起这部手机")
    await play.set_out()
    keeper = await play.take_up(KEEPER)
    await keeper.press("🙋 我来", on="安排拖车和维修")
    card = keeper.bubble(CARD).first
    await expect(card).to_contain_text("🟡 ⑥安排拖车和维修")
    await _show_from_its_top(keeper, card)
    await play.take_up(DRIVER)
    await expect(driver.bubble("放好警示牌").first).to_contain_text(f"{DRIVER.name} ")
    await driver.pane.locator(".pane-head").click()


async def storm(desk: Desk) -> None:
    """Warned, commanded, suspended; customers are being called."""
    play = Storm(desk)
    await play.begin()
    await play.confirm()
    await play.command()
    await play.propose_to_suspend()
    await play.agree()
    await play.call()
    await play.look_who_has_confirmed()
    await desk.button("知道了").click()
    duty, leader = play.phone(DUTY), play.phone(LEADER)
    sent = duty.bubble("已发 ").last
    await sent.evaluate("(card) => card.scrollIntoView({ block: 'start' })")
    await leader.pane.locator(".scroller").hover()
    await desk.page.mouse.wheel(0, SCROLL_PX)
    await expect(leader.pane.locator(".jump")).to_be_hidden()
    await duty.pane.locator(".pane-head").click()


async def _show_from_its_top(phone: Phone, card: Locator) -> None:
    await card.scroll_into_view_if_needed()
    await phone.pane.locator(".scroller").hover()
    await phone.pane.page.mouse.wheel(0, -SCROLL_PX)
    await expect(card.locator(".sender")).to_be_in_viewport()


async def _report_by_key(play: Breakdown) -> Phone:
    driver = await play.take_up(DRIVER)
    await driver.say("/start")  # brings the keyboard
    await driver.press("🚚 车坏了")
    await driver.sees("车在哪里")
    await driver.attach("位置")
    await driver.press("东环路 K12+300")
    await driver.press("发送位置")
    await driver.sees("#1 已受理")
    return driver


PICTURES: dict[str, Play] = {"breakdown.webp": breakdown, "storm.webp": storm}


def main() -> int:
    """0: taken. 1: there is no browser. 2: no folder given."""
    if len(sys.argv) != 2:
        sys.stderr.write("usage: python -m tests.browser.screenshot FOLDER\n")
        return 2
    if CHROMIUM is None:
        sys.stderr.write(f"{HOW_TO_GET_IT}\n")
        return 1
    for name, play in PICTURES.items():
        Path(sys.argv[1], name).write_bytes(asyncio.run(take(play)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
