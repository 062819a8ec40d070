"""Somebody asks for a number of things; who may decide on so many does, and everybody knows."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.chat.own_plans import folder_of
from tests.chat.town import Town, a_town
from tests.plans.engine.approvals import APPROVAL

DECIDE = "#1 审批加量"
GROUP = "east_marketing"


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    own = folder_of(tmp_path, APPROVAL)
    async with a_town(tmp_path, plans=own) as quiet_town, quiet_town.running():
        yield quiet_town


async def asks_for(town: Town, count: str, who: str = "p_chang") -> None:
    person = town.person(who)
    await person.types("/extra")
    await person.types(count)
    await person.types("婚宴 <三十桌>")
    town.ignore()


async def changes_it_to(town: Town, count: str) -> None:
    manager = town.person("p_chang")
    await manager.presses("✏️ 改数量")
    await manager.types(count)


# Deciding


async def test_who_decides_sees_all_they_need_and_presses_once(town: Town) -> None:
    await asks_for(town, "40")
    head = town.person("p_ke")
    shown = town.message(head, DECIDE)

    for words in ("提出：常问候 · 客户经理", "数量：40", "场合：婚宴 <三十桌>", "09:00 前"):
        assert words in shown.text
    assert shown.labels[:3] == ["✅ 同意 40", "❌ 不同意", "✂️ 少批一些"]
    assert await head.presses("✅ 同意 40") == "已记录：同意 40。"
    assert "客常来 08:00 同意 40" in town.card(head, DECIDE)
    assert "审批加量（客常来 08:00，同意 40）" in town.first_card(GROUP)
    new = town.new()
    assert new["p_chang"] == ["✅ #1 加量申请\n客常来：同意 40。"]
    assert "批准数量：40" in new["p_cang"][0]


async def test_whoever_asked_sees_at_any_time_where_it_stands(town: Town) -> None:
    await asks_for(town, "40")
    manager = town.person("p_chang")

    assert "⏳ 审批加量：等 客常来（08:00 起）" in town.card(manager, "已受理")
    await town.person("p_ke").presses("🙋 我来", on=DECIDE)
    assert "⏳ 审批加量：客常来 正在看" in town.card(manager, "已受理")
    await town.person("p_ke").presses("✅ 同意 40")
    assert "☑️ 客常来：同意 40" in town.card(manager, "已受理")
    assert "现在：备货 · 仓有余" in town.card(manager, "已受理")
    await manager.types("/mine")
    assert "📦 #1 加量申请 · 现在：备货 · 仓有余" in town.card(manager, "您申请的")


async def test_part_of_it_by_a_number_to_press(town: Town) -> None:
    await asks_for(town, "40")
    head = town.person("p_ke")

    await head.presses("✂️ 少批一些")
    assert town.message(head, "批多少").labels == ["30", "20", "10"]
    assert await head.presses("30") == "已记录：同意 30（申请 40）。"
    assert town.message(head, "✓ #1 已记录：同意 30（申请 40）。").labels == []
    assert "客常来：同意 30（申请 40）" in town.card(town.person("p_chang"), "加量申请\n")
    assert (await town.incident(1)).fact("granted") == 30
    assert "数量：40（批准 30）" in town.first_card("east_distribution")
    await head.types("/incident 1")
    assert "审批加量：客常来 同意 30（申请 40）" in town.card(head)
    assert "客常来 完成" not in town.card(head)


async def test_or_typed(town: Town) -> None:
    await asks_for(town, "40")
    head = town.person("p_ke")

    await head.presses("✂️ 少批一些")
    for typed in ("41", "零", "0"):
        await head.types(typed)
        assert "请打 1 到 40 之间的整数" in town.card(head)
    await head.types("３５条")
    assert "✓ #1 已记录：同意 35（申请 40）。" in town.card(head, "已记录")


async def test_a_refusal_says_why_to_whoever_asked(town: Town) -> None:
    await asks_for(town, "40")
    head = town.person("p_ke")

    await head.presses("❌ 不同意")
    assert town.message(head, "为什么不同意").labels[0] == "货不够"
    await head.types("这个月已批过 <两次>")
    assert "不同意：这个月已批过 <两次>" in town.card(head, "已记录")
    assert "❌ #1 加量申请\n客常来：不同意：这个月已批过 <两次>。" in town.new()["p_chang"]
    assert (await town.incident(1)).status == "closed"


async def test_a_usual_reason_is_read_in_each_language(town: Town) -> None:
    await town.person("p_ke").types("/language")
    await town.person("p_ke").presses("English")
    await asks_for(town, "40")
    head = town.person("p_ke")

    assert "Asked for by 常问候 · Account manager" in town.card(head, "#1 Decide")
    await head.presses("❌ Refuse")
    assert await head.presses("Asked for twice") == "Recorded: refused: Asked for twice."
    assert "客常来：不同意：重复申请。" in town.card(town.person("p_chang"), "加量申请\n")


# Who may


async def test_above_the_first_bound_the_second_tier_is_asked_and_the_first_may_not(
    town: Town,
) -> None:
    await asks_for(town, "60")
    first, second = town.person("p_ke"), town.person("p_xu")

    assert "数量：60" in town.card(second, DECIDE)
    assert await first.presses("②✅ 同意 60", in_group=GROUP) == (
        "这一件您批不了，要由营销部副经理批。"
    )
    assert await second.presses("②✅ 同意 60", in_group=GROUP) == "已记录：同意 60。"
    assert "许可人 08:00，同意 60" in town.first_card(GROUP)


async def test_two_at_once_and_a_double_tap(town: Town) -> None:
    await asks_for(town, "40")
    await town.person("p_ke").presses("②✅ 同意 40", in_group=GROUP)

    # Old copies of the card stand on other phones.
    data = "agree:1:approve:40.40"
    for person in (town.person("p_ke"), town.person("p_xu")):
        query = town.stage.press(person.telegram, town.message(GROUP, "加量申请"), data, stale=True)
        await town.a_moment()
        assert town.answer_to(query) == "客常来 已经决定了：同意 40。"
    assert len([e for e in await town.record(1) if e.type == "step_decided"]) == 1


async def test_the_first_tier_away_the_second_silent(town: Town) -> None:
    await town.person("p_ke").types("/duty")
    await town.person("p_ke").presses("🚶 离开")
    await town.person("p_ke").presses("2 小时（10:00）")
    await town.person("p_ke").presses("不用代理")
    await asks_for(town, "40")

    assert DECIDE in town.card(town.person("p_xu"), "#1")
    await town.at(town.minute() + 6)
    assert "许可人 没有应答" in town.card(town.person("p_mei"), DECIDE)
    assert "等 梅有愁" in town.card(town.person("p_chang"), "已受理")
    await town.person("p_mei").presses("✅ 同意 40")
    assert "梅有愁：同意 40" in town.card(town.person("p_chang"), "加量申请\n")


async def test_nobody_decides_on_their_own_request(town: Town) -> None:
    await asks_for(town, "40", "p_ke")

    assert DECIDE in town.card(town.person("p_xu"), DECIDE)
    refused = await town.person("p_ke").presses("②✅ 同意 40", in_group=GROUP)
    assert refused == "这是您自己提出的，不能自己批；已转给下一位。"


async def test_it_is_handed_to_those_alone_who_may(town: Town) -> None:
    await asks_for(town, "60")
    second = town.person("p_xu")

    await second.presses("↪️ 转交", on=DECIDE)
    labels = town.message(second, "转交给谁").labels
    assert labels == ["梅有愁 · 营销中心主任", "傅领航 · 副组长", "丁海针 · 组长"]
    await second.presses(labels[0])
    await town.person("p_mei").presses("✅ 同意 60")
    assert (await town.incident(1)).fact("granted") == 60


async def test_who_passes_it_on_says_why_and_the_next_is_asked(town: Town) -> None:
    await asks_for(town, "40")
    head = town.person("p_ke")

    await head.presses("➡️ 我不便批")
    await head.types("我是他亲戚")
    assert "客常来 办不了：我是他亲戚" in town.card(town.person("p_xu"), DECIDE)


async def test_a_reminder_shows_again_what_it_is_about_and_a_late_answer_still_counts(
    town: Town,
) -> None:
    await asks_for(town, "40")
    head = town.person("p_ke")
    await town.at(town.minute() + 3)
    assert "数量：40" in town.card(head, "还没人应答")

    await town.at(town.minute() + 3)
    passed_on = town.card(head, "已转 许可人。您还可以接手。")
    assert "数量：40" in passed_on
    await head.presses("✅ 同意 40", on="已转 许可人")
    assert "客常来 08:06 同意 40" in town.card(town.person("p_xu"), DECIDE)


# Advice


async def test_advice_is_before_the_eyes_of_who_decides(town: Town) -> None:
    await asks_for(town, "150")
    reviewer, second = town.person("p_shang"), town.person("p_xu")

    assert town.message(reviewer, "#1 提出意见").labels[:4] == [
        "👍 建议同意 150",
        "👎 不建议",
        "✂️ 少批一些",
        "💬 附一句话",
    ]
    await reviewer.presses("💬 附一句话")
    await reviewer.types("老客户，<守信>")
    assert "💬 商有道：建议同意 150：老客户，<守信>" in town.card(second, DECIDE)
    await second.presses("✅ 同意 150")
    assert (await town.incident(1)).fact("decided") == "approved"


# Another number


async def test_a_higher_number_while_it_waits_goes_to_the_right_tier(town: Town) -> None:
    await asks_for(town, "40")
    await changes_it_to(town, "60")
    first, second = town.person("p_ke"), town.person("p_xu")

    assert "数量：60" in town.card(second, DECIDE)
    assert "数量改成了 60，不用您批了，已转给 许可人" in town.card(first, DECIDE)
    assert not any("✅ 同意 40" in s.labels for s in town.sim.world.messages(first.telegram))
    assert "等 许可人" in town.card(town.person("p_chang"), "已受理")


async def test_an_old_button_after_a_change_decides_nothing(town: Town) -> None:
    await asks_for(town, "60")
    second = town.person("p_xu")
    old = town.message(second, DECIDE)
    await changes_it_to(town, "90")

    query = town.stage.press(second.telegram, old, "agree:1:approve:60.60", stale=True)
    await town.a_moment()
    assert town.answer_to(query) == "数量已经改了，请看最新消息再决定。"
    assert "✅ 同意 90" in town.message(second, DECIDE).labels


async def test_changed_after_the_decision_it_is_void_and_asked_for_again(town: Town) -> None:
    await asks_for(town, "40")
    await town.person("p_ke").presses("✅ 同意 40")
    town.ignore()
    await changes_it_to(town, "60")

    new = town.new()
    assert "数量改成了 60。“审批加量”的决定（同意 40）作废" in new["p_ke"][0]
    assert "先停下：前面的审批作废" in new["p_cang"][0]
    assert "✅ 同意 60" in town.message(town.person("p_xu"), DECIDE).labels
    assert "不用您办了" in town.message(town.person("p_cang"), "#1 备货\n不用").text
    await town.person("p_xu").presses("✅ 同意 60")
    assert "批准数量：60" in town.card(town.person("p_cang"), "#1 备货")


async def test_once_something_has_been_done_on_it_the_number_stays(town: Town) -> None:
    await asks_for(town, "40")
    manager = town.person("p_chang")
    await town.person("p_ke").presses("✅ 同意 40")
    await manager.presses("✏️ 改数量")
    await town.person("p_cang").presses("✅ 完成", on="#1 备货")
    await manager.types("60")

    assert "已经照批准的办了，不能再改" in town.card(manager)
    assert (await town.incident(1)).fact("count") == 40


# Taking it back


async def test_whoever_asked_takes_it_back_and_everybody_asked_is_told(town: Town) -> None:
    await asks_for(town, "40")
    manager = town.person("p_chang")
    await town.person("p_ke").presses("✅ 同意 40")
    await town.at(90)
    town.ignore()

    await manager.presses("↩️ 撤回")
    assert await manager.presses("不需要了") == "#1 已撤销，已通知相关人员。"
    new = town.new()
    assert "#1 加量申请：已撤销，不用再做什么。\n原因：不需要了（常问候）" in new["p_cang"][-1]
    assert "已撤销" in new["p_ke"][-1]
    assert (await town.incident(1)).status == "cancelled"


async def test_the_command_takes_it_back_as_well_long_after(town: Town) -> None:
    await asks_for(town, "40")
    await town.at(300)
    manager = town.person("p_chang")
    await manager.types("/cancel")
    await manager.presses("重新申请")

    assert (await town.incident(1)).status == "cancelled"
