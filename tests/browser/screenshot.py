"""`python -m tests.browser.screenshot FILE`: the README's picture, taken from a real run.

In: a path. Out: a PNG of five phones in the middle of a breakdown. Forbidden here: anything staged
that a visitor of the page could not do.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from playwright.async_api import expect

from tests.browser.breakdown import CARD, DRIVER, KEEPER, LEADER, Breakdown
from tests.browser.real_run import real_run
from tests.chromium import CHROMIUM, HOW_TO_GET_IT, launched_chromium
from tests.page.desk import Desk, Phone

WIDTH, HEIGHT = 1700, 900
SCROLL_PX = 5_000
# The dotted wall makes the file twice as large.
PLAIN_WALL = ".history { background: var(--wall) }"


async def take(path: Path) -> None:
    """Play until help is on its way, then take the picture."""
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
            await _play(Breakdown(desk))
            await desk.page.screenshot(path=path, animations="disabled", style=PLAIN_WALL)


async def _play(play: Breakdown) -> None:
    await play.desk.button("知道了").click()
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
    await card.scroll_into_view_if_needed()
    await keeper.pane.locator(".scroller").hover()
    await play.desk.page.mouse.wheel(0, -SCROLL_PX)
    await expect(card.locator(".sender")).to_be_in_viewport()
    await play.take_up(DRIVER)
    await expect(driver.bubble("放好警示牌").first).to_contain_text(f"{DRIVER.name} ")
    await driver.pane.locator(".pane-head").click()
    await expect(play.desk.page.locator(".toast, .pane.ping")).to_have_count(0)


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


def main() -> int:
    """0: taken. 1: there is no browser. 2: no path given."""
    if len(sys.argv) != 2:
        sys.stderr.write("usage: python -m tests.browser.screenshot FILE\n")
        return 2
    if CHROMIUM is None:
        sys.stderr.write(f"{HOW_TO_GET_IT}\n")
        return 1
    asyncio.run(take(Path(sys.argv[1])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
