"""A newcomer plays a breakdown on the page to its end, then sees what silence leads to."""

import pytest
from playwright.async_api import expect

from tests.browser.breakdown import (
    CARD,
    DISPATCHER,
    DRIVER,
    GROUP,
    GUARD,
    HEAD,
    KEEPER,
    LEADER,
    SPARE_DRIVER,
)
from tests.browser.conftest import OpenPlay

pytestmark = [
    pytest.mark.browser,
    pytest.mark.process,
    pytest.mark.asyncio(loop_scope="session"),
]

WIDE, PHONE = (1800, 1000), (390, 844)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
async def test_a_breakdown_is_played_to_its_close(
    open_play: OpenPlay, size: tuple[int, int]
) -> None:
    play = await open_play(*size)
    await play.report()
    await play.answer_the_questions()
    await play.send_the_spare()
    await play.set_out()

    guard = await play.show(GUARD)
    await guard.press("✅ 完成", on="联系交警")
    keeper = await play.take_up(KEEPER)
    await keeper.sees(CARD)
    await keeper.open_chat("Muster")
    await keeper.press("✅ 完成", on="安排拖车和维修")
    await keeper.sees("送到哪家修")
    await keeper.say("东门汽修厂，明天下午")
    await keeper.sees("记下了：东门汽修厂")
    await keeper.open_chat(GROUP)

    await play.desk.button("把时间拨快 30 分钟").click()
    driver = await play.take_up(DRIVER)
    await driver.sees("维修：东门汽修厂，明天下午")
    await driver.press("🆗 平安", on="现场还好吗")
    await expect(driver.pane.locator(".toast").last).to_have_text("收到，平安就好。")

    spare_driver = await play.take_up(SPARE_DRIVER)
    await spare_driver.press("✅ 完成", on="开备用车到现场")
    driver = await play.take_up(DRIVER)
    await driver.sees("备用车已接替，恢复送货")

    dispatcher = await play.take_up(DISPATCHER)
    await dispatcher.press("✅ 完成", on="结束事件")
    driver = await play.take_up(DRIVER)
    await driver.sees("事件已结束。辛苦了")
    keeper = await play.take_up(KEEPER)
    card = keeper.bubble(CARD).first
    await expect(card).to_contain_text("结束（安排好）")
    await expect(card.get_by_role("button", name="我来")).to_have_count(0)
    for person in (HEAD, LEADER):
        phone = await play.take_up(person)
        await expect(phone.bubble(CARD).first).to_contain_text("结束（安排好）")


async def test_time_jumps_and_nobody_answers(open_play: OpenPlay) -> None:
    """The deputy never pressed Start: called in the group, and the next in line told at once."""
    play = await open_play(*WIDE)
    await play.report()
    group, later = play.desk.phone(KEEPER.telegram), play.desk.button("把时间拨快 5 分钟")
    head, leader = play.desk.phone(HEAD.telegram), play.desk.phone(LEADER.telegram)
    await later.click()
    await group.sees("戴理勤 安排好 没有应答。请您处理。")
    await head.sees("戴理勤 联系不上。请您处理。")
    await later.click()
    await group.sees("傅领航 宋必达 没有应答。请您处理。")
    await later.click()
    await leader.sees("傅领航 没有应答。请您处理。")
    await later.click()
    await leader.sees("仍无人接手。请任何一位指挥成员接手。")


async def test_time_is_hurried_and_nobody_answers(open_play: OpenPlay) -> None:
    """A minute a second, on a narrow screen: after some twenty the leader is told."""
    play = await open_play(*PHONE)
    await play.report()
    await play.desk.button("快进").click()
    head = await play.take_up(HEAD)
    await head.sees("请您处理。")
    leader = await play.take_up(LEADER)
    told = leader.bubble("傅领航 没有应答。请您处理。").first
    await expect(told).to_be_visible(timeout=60_000)
    await leader.press("🙋 我来", on="派备用车")
    await leader.sees("您已接手")
