"""Approvals gone wrong: in a group, across a restart, in English, without a number, too late."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.chat.old_buttons import Old
from tests.chat.own_plans import folder_of
from tests.chat.town import Town, a_town
from tests.plans.engine.approvals import APPROVAL

DECIDE = "#1 审批加量"
GROUP = "east_marketing"
SUSPEND = """\
plan: heavy-snow
title: {zh: 大雪, en: Heavy snow}
icon: ❄️
command: snow
received: {zh: 收到。, en: Received.}
withdraw_until: call_back
ask:
  where: {type: text, required: true, text: {zh: 哪里?, en: Where?}}
steps:
  suspend:
    owner: head_distribution
    do: {zh: 决定停不停送, en: Decide whether to suspend}
    due: {in: 30 min}
    tell_reporter: {zh: 今天不送了，请返回。, en: No deliveries today; please come back.}
    decide: {as: suspended}
  call_back:
    owner: dispatcher
    do: {zh: 通知驾驶员返回, en: Call the drivers back}
    when: {suspended: approved}
    due: {in: 30 min}
close:
  auto: true
  by: [head_distribution]
  when: [suspend, call_back]
"""


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    own = folder_of(tmp_path, APPROVAL, SUSPEND)
    async with a_town(tmp_path, plans=own) as quiet_town, quiet_town.running():
        yield quiet_town


async def asks_for(town: Town, count: str, what: str = "婚宴") -> None:
    person = town.person("p_chang")
    await person.types("/extra")
    await person.types(count)
    await person.types(what)
    town.ignore()


async def test_in_a_group_why_and_how_many_are_asked_in_private(town: Town) -> None:
    await asks_for(town, "40")
    head = town.person("p_ke")

    said = await head.presses("②❌ 不同意", in_group=GROUP)
    assert said == "已发到您与我的私聊。"
    await head.presses("货不够")
    new = town.new()
    assert "❌ #1 加量申请\n客常来：不同意：货不够。" in new["p_chang"]
    assert not any("为什么不同意" in text for text in new.get(GROUP, []))


async def test_whoever_may_not_is_not_even_asked_why(town: Town) -> None:
    await asks_for(town, "60")

    refused = await town.person("p_ke").presses("②✂️ 少批一些", in_group=GROUP)
    assert refused == "这一件您批不了，要由营销部副经理批。"
    refused = await town.person("p_an_ph").presses("②❌ 不同意", in_group=GROUP)
    assert refused == "这是营销部副经理的事，您不能代办。"
    assert "p_ke" not in town.new()


async def test_a_number_typed_after_a_restart_still_counts(tmp_path: Path) -> None:
    async with a_town(tmp_path, plans=folder_of(tmp_path, APPROVAL)) as town:
        async with town.running():
            await asks_for(town, "40")
            await town.person("p_ke").presses("✂️ 少批一些")
        async with town.running():
            await town.person("p_ke").types("35")
            assert (await town.incident(1)).fact("granted") == 35


async def test_a_number_typed_after_the_request_has_changed_does_not(town: Town) -> None:
    await asks_for(town, "60")
    second, manager = town.person("p_xu"), town.person("p_chang")
    await second.presses("✂️ 少批一些")
    await manager.presses("✏️ 改数量")
    await manager.types("90")
    await second.types("50")

    assert town.card(second, "数量已经改了")
    assert "· 数量：90" in town.card(second)
    assert (await town.incident(1)).fact("granted") is None


async def test_never_mind_ends_a_change_and_nobody_else_hears_of_it(town: Town) -> None:
    await asks_for(town, "40")
    manager = town.person("p_chang")
    for typed in ("算了", "算了吧。", "取消", "Never mind"):
        await manager.presses("✏️ 改数量")
        town.ignore()
        await manager.types(typed)
        town.sees({"p_chang": ["好，#1 照旧。"]})
    await manager.types("25")
    assert (await town.incident(1)).fact("count") == 40, "what comes after is no answer any more"
    await manager.types("/incident 1")
    assert "算了" not in town.card(manager)


async def test_what_has_been_carried_out_is_not_asked_for_anew(town: Town) -> None:
    await asks_for(town, "40")
    manager = town.person("p_chang")
    change = Old.of(manager, "✏️ 改数量", on="已受理")
    await town.person("p_ke").presses("✅ 同意 40")
    await town.person("p_cang").presses("✅ 完成")
    assert "✏️ 改数量" not in change.labels
    town.ignore()
    assert "已经照批准的办了" in await change.pressed()
    town.sees({})


async def test_a_reason_typed_after_somebody_else_has_decided(town: Town) -> None:
    await asks_for(town, "40")
    first, second = town.person("p_ke"), town.person("p_xu")
    await second.presses("②❌ 不同意", in_group=GROUP)
    await first.presses("✅ 同意 40")
    await second.types("不应该")

    assert "客常来 已经决定了：同意 40。" in town.card(second)


async def test_whoever_is_asked_why_not_reads_that_somebody_else_has_decided(town: Town) -> None:
    await asks_for(town, "40")
    first, second = town.person("p_ke"), town.person("p_xu")
    await second.presses("②❌ 不同意", in_group=GROUP)
    await first.presses("❌ 不同意", on="审批")
    assert town.message(second, "为什么不同意").labels
    await first.types("这个月批过了")

    question = town.message(second, "#1")
    assert "✓ #1 客常来 已经决定了：不同意：这个月批过了。" in question.text
    assert question.labels == []


async def test_a_reason_typed_after_it_was_withdrawn(town: Town) -> None:
    await asks_for(town, "40")
    first, manager = town.person("p_ke"), town.person("p_chang")
    await first.presses("❌ 不同意")
    await manager.presses("↩️ 撤回")
    await manager.presses("不需要了")
    await first.types("不应该")

    assert "#1 已经结束" in town.card(first)
    assert (await town.incident(1)).status == "cancelled"


async def test_a_long_reason_with_signs_reaches_whoever_asked_whole(town: Town) -> None:
    await asks_for(town, "40", "<b>" * 20)
    head = town.person("p_ke")
    why = "因为 <仓库> & 别处都要，" * 30

    assert "<b><b>" in town.card(head, DECIDE)
    await head.presses("❌ 不同意")
    await head.types(why)
    assert why.strip("，") in "".join(town.new()["p_chang"])
    assert why not in town.first_card(GROUP)


async def test_all_of_it_in_english(town: Town) -> None:
    for one in ("p_chang", "p_ke", "p_xu", "p_cang"):
        await town.person(one).types("/language")
        await town.person(one).presses("English")
    await asks_for(town, "40")
    manager, first, second = (town.person(p) for p in ("p_chang", "p_ke", "p_xu"))

    assert "⏳ Decide on the extra supply: waiting for 客常来 (since 08:00)" in town.card(
        manager, "Your request is in"
    )
    await first.presses("✂️ Fewer")
    assert await first.presses("30") == "Recorded: 30 approved (of 40)."
    assert "客常来: 30 approved (of 40)." in town.card(manager, "Extra supply\n")
    assert "Granted: 30" in town.card(town.person("p_cang"), "Prepare it")
    await manager.presses("✏️ Change: Count")
    await manager.types("60")
    assert "The decision on “Decide on the extra supply” (30 approved (of 40)) is void" in (
        town.card(first, "void")
    )
    assert "Please stop: the approval before it is void" in town.card(
        town.person("p_cang"), "Please stop"
    )
    await second.presses("❌ Refuse")
    await second.presses("Against the rules")
    assert "许可人: refused: Against the rules." in town.card(manager, "Extra supply\n许")


async def test_yes_or_no_without_a_number(town: Town) -> None:
    await town.person("p_lu").types("/snow")
    await town.person("p_lu").types("东山口")
    head = town.person("p_song")
    town.ignore()

    labels = town.message(head, "#1 决定停不停送").labels
    assert labels[:2] == ["✅ 同意", "❌ 不同意"]
    assert "✂️ 少批一些" not in labels
    assert await head.presses("✅ 同意", on="#1 决定") == "已记录：同意。"
    new = town.new()
    assert new["p_lu"] == ["✅ #1 大雪\n宋必达：同意。\n今天不送了，请返回。"]
    assert "通知驾驶员返回" in new["p_an_ph"][0]


async def test_its_owner_hands_it_to_a_colleague_but_not_to_who_asked(town: Town) -> None:
    await town.person("p_an_ph").types("/snow")
    await town.person("p_an_ph").types("东山口")
    head = town.person("p_song")
    await head.presses("↪️ 转交", on="#1 决定")

    labels = town.message(head, "转交给谁").labels
    assert "戴理勤 · 调度员" in labels
    assert not any("安排好" in label for label in labels)


async def test_a_button_that_nobody_made_decides_nothing(town: Town) -> None:
    await asks_for(town, "40")
    head = town.person("p_ke")
    shown = town.message(head, DECIDE)

    for data in (
        "agree:1:approve:x.40",
        "agree:1:approve:40",
        "agree:1:approve:-.-",
        "agree:1:approve:99.40",
        "agree:1:prepare:40.40",
        "deny:1:approve:anger.40",
        "deny:1:approve:short.x",
        "fewer:1:approve:-",
        "fewer:1:dance:40",
        "fewer:1:approve:",
    ):
        query = town.stage.press(head.telegram, shown, data, stale=True)
        await town.a_moment()
        assert town.answer_to(query), data
    assert (await town.incident(1)).steps["approve"].decision is None


async def test_without_the_number_whoever_decides_is_asked_for_it(tmp_path: Path) -> None:
    at_once = folder_of(tmp_path, APPROVAL.replace("    after: [review]\n", ""))
    async with a_town(tmp_path, plans=at_once) as town, town.running():
        await town.person("p_chang").types("/extra")
        await town.at(30)  # the answer never comes, and it begins all the same
        head = town.person("p_ke")

        assert await head.presses("✅ 同意", on=DECIDE) == "完成前请先填写要求的内容。"
        await head.types("30")
        assert await head.presses("✅ 同意 30") == "已记录：同意 30。"
