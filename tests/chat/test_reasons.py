"""Why? Whoever is asked for a reason just types it, or replies with it: it is the reason, and no
note on the incident."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.chat.own_plans import folder_of
from tests.chat.test_approvals import DECIDE, GROUP, asks_for
from tests.chat.town import Town, a_town
from tests.plans.engine.approvals import APPROVAL


@pytest_asyncio.fixture
async def asked(tmp_path: Path) -> AsyncIterator[Town]:
    """A town in which 40 have been asked for."""
    own = folder_of(tmp_path, APPROVAL)
    async with a_town(tmp_path, plans=own) as quiet_town, quiet_town.running():
        await asks_for(quiet_town, "40")
        yield quiet_town


async def noted(town: Town) -> list[str]:
    return [e.type for e in await town.record(1) if e.type == "note_added"]


async def test_a_request_is_withdrawn_for_the_reason_that_is_typed_at_once(asked: Town) -> None:
    manager = asked.person("p_chang")
    await manager.presses("↩️ 撤回")
    assert "点一个，或打一句话" in asked.card(manager, "撤回 #1：为什么？")
    asked.ignore()
    await manager.types("客户 <改期> 了")

    assert "已撤销，不用再做什么。\n原因：客户 <改期> 了（常问候）" in asked.new()["p_ke"][-1]
    assert (await asked.incident(1)).status == "cancelled"
    assert await noted(asked) == []


async def test_or_replied_to_the_question(asked: Town) -> None:
    manager = asked.person("p_chang")
    await manager.presses("↩️ 撤回")
    await manager.replies("客户改期了", asked.message(manager, "撤回 #1：为什么？"))

    assert (await asked.incident(1)).status == "cancelled"
    assert await noted(asked) == []


async def test_in_a_group_it_is_replied(asked: Town) -> None:
    manager = asked.person("p_chang")
    await manager.types("/cancel 1", in_group=GROUP)
    question = asked.message(GROUP, "撤回 #1：为什么？")
    assert "或回复这条消息" in question.text
    await manager.types("路上堵车")
    assert (await asked.incident(1)).is_open  # what is typed elsewhere is about something else
    await manager.replies("客户改期了", question)

    assert (await asked.incident(1)).status == "cancelled"


async def test_a_reply_says_why_not_and_how_many(asked: Town) -> None:
    head = asked.person("p_ke")
    await head.presses("✂️ 少批一些", on=DECIDE)
    await head.replies("批三十", asked.message(head, "批多少"))
    assert (await asked.incident(1)).fact("granted") == 30
    assert await noted(asked) == []

    await asks_for(asked, "20")
    await head.presses("❌ 不同意", on="#2")
    await head.replies("这个月批过了", asked.message(head, "为什么不同意"))
    assert "客常来：不同意：这个月批过了。" in asked.card(asked.person("p_chang"), "❌ #2")


async def test_a_reply_answers_the_question_it_stands_under_though_another_is_asked(
    asked: Town,
) -> None:
    await asks_for(asked, "20")
    head = asked.person("p_ke")
    await head.presses("➡️ 我不便批", on="#1")
    await head.presses("➡️ 我不便批", on="#2")
    await head.replies("是我亲戚", asked.message(head, "#1 审批加量\n为什么不行"))

    assert "客常来 办不了：是我亲戚" in asked.card(asked.person("p_xu"), DECIDE)
    assert await noted(asked) == []
    await head.types("出差了")
    assert "客常来 办不了：出差了" in asked.card(asked.person("p_xu"), "#2 审批加量")


async def test_news_of_an_emergency_does_not_end_it(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown")
    await driver.shares_place(39.9, 116.4)
    await driver.types("/cancel")
    await driver.types("车后面又追尾了")

    assert "#1 还没有撤销。“车后面又追尾了”是撤销的原因，还是新情况？" in town.card(driver)
    await driver.presses("📝 是新情况，不撤销")
    assert (await town.incident(1)).is_open
    assert len(await noted(town)) == 1
    await driver.types("/cancel 1")
    await driver.types("原来是手刹没松")
    await driver.presses("🚫 是原因，撤销")
    assert (await town.incident(1)).status == "cancelled"
    cancelled = [e for e in await town.record(1) if e.type == "incident_cancelled"]
    assert [e.reason for e in cancelled] == ["原来是手刹没松"]


async def test_an_older_why_is_answered_by_a_reply_though_a_newer_one_was_asked(
    asked: Town,
) -> None:
    await asks_for(asked, "20")
    head = asked.person("p_ke")
    await head.presses("❌ 不同意", on="#1")
    older = asked.message(head, "#1 审批加量\n为什么不同意")
    await head.presses("❌ 不同意", on="#2")
    await head.replies("上月批过了", older)
    assert "客常来：不同意：上月批过了。" in asked.card(asked.person("p_chang"), "❌ #1")
    await head.types("货不多了")

    assert "客常来：不同意：货不多了。" in asked.card(asked.person("p_chang"), "❌ #2")
    assert await noted(asked) == []
