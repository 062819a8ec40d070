"""Broadcasts as those use them who are in the middle of something else, or in a hurry."""

from pathlib import Path

from handlers.broadcasting.documents import DRAFTS
from handlers.broadcasting.drafting import DRAFTS_LIMIT
from plans.incident import StepStatus
from simulator import Limits
from storage.delivery import Delivery, Message
from tests.chat.own_plans import folder_of
from tests.chat.test_broadcast import TEXT, readers, ticks
from tests.chat.test_broadcast_step import PLAN, WARN, reported
from tests.chat.test_command import storms_while_both_are_away
from tests.chat.town import Town, a_town
from tests.plans.engine.storm import FLOOD, STORM


async def test_what_was_typed_waits_while_another_is_corrected(town: Town) -> None:
    head = town.person("p_song")
    await head.types("/broadcast 第一条")
    await ticks(head, "👤 岗位：无", "组长")
    await head.presses("👁 预览")
    await head.presses("📨 发送（1 人）")
    await head.types(f"/broadcast {TEXT}")
    await ticks(head, "👤 岗位：无", "副组长")

    await head.presses("✏️ 更正", on="📣 第 1 条")
    await head.types("第一条，改过")
    await head.presses("👁 预览", on="第一条，改过")
    await head.presses("📨 发送（1 人）")
    assert "第一条，改过" in town.card(town.person("p_ding"), "✏️ 更正")

    # The buttons of what was begun before work as they did.
    await head.presses("👁 预览", on=TEXT)
    await head.presses("📨 发送（1 人）")
    assert TEXT in town.card(town.person("p_fu"), "📢 通知")
    assert set(await readers(town, 3)) == {"p_fu"}


async def test_what_was_typed_is_there_again_at_the_next_command(town: Town) -> None:
    head = town.person("p_song")
    await head.types("/broadcast 第一条")
    await ticks(head, "👤 岗位：无", "组长")
    await head.presses("👁 预览")
    await head.presses("📨 发送（1 人）")
    await head.types(f"/broadcast {TEXT}")
    await head.presses("🟢 解除", on="📣 第 1 条")
    await head.types("/broadcast")
    assert f"文字：{TEXT}" in town.card(head, "📣 群发")


async def test_a_steps_own_words_wait_while_something_else_is_written(tmp_path: Path) -> None:
    plans = folder_of(tmp_path, PLAN.replace("owner: dispatcher", "owner: head_distribution"))
    async with a_town(tmp_path / "store", plans=plans) as town, town.running():
        await reported(town)
        head = town.person("p_song")
        await head.presses("📣 预览并发送", on=WARN)
        await head.presses("✏️ 修改")
        await head.presses("✏️ 写文字")
        await head.types("东区 10 级，立刻停车")
        await head.types("/broadcast 食堂今晚不开")
        await ticks(head, "👤 岗位：无", "副组长")
        # Both at hand, each in its own messages.
        await head.presses("👁 预览", on="东区 10 级，立刻停车")
        assert "⚠️ 预警\n东区 10 级，立刻停车" in town.card(head, "立刻停车")
        await head.presses("👁 预览", on="食堂")
        await head.presses("📨 发送（1 人）")
        assert set(await readers(town, 1)) == {"p_fu"}
        # Words typed now are for neither, until one is asked for.
        await head.presses("📣 预览并发送", on=WARN)
        assert "⚠️ 预警\n东区 10 级，立刻停车" in town.card(head, "立刻停车")
        await head.presses("📨 发送（3 人）")
        assert "东区 10 级，立刻停车" in town.card(town.person("p_ding"), "⚠️ 预警")
        assert (await town.incident(1)).steps["warn"].status is StepStatus.DONE


async def test_given_up_a_step_is_worded_by_the_plan_again(tmp_path: Path) -> None:
    plans = folder_of(tmp_path, PLAN)
    async with a_town(tmp_path / "store", plans=plans) as town, town.running():
        dispatcher = await reported(town)
        await dispatcher.presses("📣 预览并发送", on=WARN)
        await dispatcher.presses("✏️ 修改")
        await dispatcher.presses("✏️ 写文字")
        await dispatcher.types("不对的话")
        await dispatcher.presses("🗑 不发了")
        await dispatcher.presses("📣 预览并发送", on="好，没有发")
        assert "东区 大风 10 级，车辆入库" in town.new()["p_an_ph"][-3]


async def test_only_so_many_drafts_are_kept_and_the_first_gives_way(town: Town) -> None:
    head = town.person("p_song")
    for n in range(1, DRAFTS_LIMIT + 2):
        await head.types(f"/broadcast 第{n}条")
        await ticks(head, "👤 岗位：无", "组长")
        await head.presses("👁 预览", on=f"第{n}条")
        await head.presses("📨 发送（1 人）")
        await head.presses("✏️ 更正", on=f"📣 第 {n} 条")
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        drafts = await turn.find(DRAFTS, by="p_song")
    assert len(drafts) == DRAFTS_LIMIT
    assert min(draft.same_as or 0 for draft in drafts) == 2


async def test_a_warning_is_in_the_group_at_once_though_its_minute_is_full_of_cards(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path, limits=Limits.strict()) as town, town.running():
        head, group = town.person("p_song"), "east_distribution"
        assert town.store is not None
        await head.types(f"/broadcast {TEXT}")
        await head.presses("📢 通知（按一下换）")
        await ticks(head, "👥 群：无", "配送中心")
        await head.presses("👁 预览")
        label = next(one for one in town.message(head, "👁 预览").labels if "📨" in one)
        async with town.store.turn(at=town.clock.now()) as turn:
            for n in range(30):
                card = Message(text=f"卡片 {n}")
                turn.deliver(
                    Delivery(
                        id=f"card{n}",
                        chat=town.chat(group),
                        content=card,
                        at=turn.at,
                        slot=f"card{n}",
                    )
                )
        await town.at(town.minute() + 0.4)
        assert "卡片 14" in town.card(group, "卡片")  # as many as cards may use
        await head.presses(label)
        assert TEXT in town.card(group, "⚠️ 预警")
        assert not [one for one in town.sim.world.stats.too_many if not one.scripted]


async def test_who_may_send_where_may_look_after_what_follows(town: Town) -> None:
    first, deputy = town.person("p_shang"), town.person("p_xu")
    await first.types(f"/broadcast {TEXT}")
    await ticks(first, "👤 岗位：无", "客户经理")
    await first.presses("👁 预览")
    await first.presses("📨 发送（1 人）")
    await first.presses("✏️ 更正", on="📣 第 1 条")
    await first.types("改到 23 点")
    await first.presses("👁 预览", on="改到 23 点")
    await first.presses("📨 发送（1 人）")
    await deputy.types("/broadcast")
    latest = town.message(deputy, "📣 最近的群发").labels
    assert len(latest) == 2
    # Whoever sent the first reads what another says of it.
    await deputy.presses(latest[-1], on="📣 最近的群发")
    await deputy.presses("✏️ 更正", on="📣 第 1 条")
    await deputy.types("改到 22 点")
    await deputy.presses("👁 预览", on="改到 22 点")
    await deputy.presses("📨 发送（2 人）")
    assert "改到 22 点" in town.card(first, "✏️ 更正")
    # Not for the neighbours.
    other = town.person("p_hua")
    await other.types("/broadcast")
    assert "📣 群发" in town.card(other, "")


async def test_the_colour_changes_between_looking_and_sending(tmp_path: Path) -> None:
    plans = folder_of(tmp_path, PLAN)
    async with a_town(tmp_path / "store", plans=plans) as town, town.running():
        dispatcher = await reported(town)
        await dispatcher.presses("📣 预览并发送", on=WARN)
        await dispatcher.types("/incident 1")
        await dispatcher.presses("✏️ 更正", on="#1")
        await dispatcher.presses("几级")
        await dispatcher.types("12 级")
        town.ignore()
        said = await dispatcher.presses("📨 发送（3 人）")
        assert said == "情况变了，文字已按现在的情况重写，请再看一遍。"
        assert (await town.incident(1)).steps["warn"].status is StepStatus.OPEN
        assert "大风 12 级" in town.new()["p_an_ph"][0]
        await dispatcher.presses("📨 发送（3 人）")
        assert "大风 12 级" in town.card(town.person("p_ding"), "⚠️ 预警")
        assert (await town.incident(1)).steps["warn"].status is StepStatus.DONE


async def test_a_fact_longer_than_a_message_does_not_stop_a_warning(tmp_path: Path) -> None:
    plans = folder_of(tmp_path, PLAN.replace("{strength}，", "{strength}，" * 8))
    async with a_town(tmp_path / "store", plans=plans) as town, town.running():
        await town.person("p_lu").types("/gale")
        await town.person("p_lu").types("风" * 400)
        await town.person("p_an_ph").presses("📣 预览并发送", on=WARN)
        await town.person("p_an_ph").presses("📨 发送（3 人）")
        assert "风风" in town.card(town.person("p_ding"), "⚠️ 预警")


async def test_whoever_acts_as_commander_writes_to_where_their_incident_is(tmp_path: Path) -> None:
    plans = folder_of(tmp_path, STORM, FLOOD)
    async with a_town(tmp_path / "store", plans=plans) as town, town.running():
        await storms_while_both_are_away(town)
        acting = town.person("p_gong")
        await town.person("p_fu").presses("换一个人 ›")
        await town.person("p_fu").presses("供得上 · 供应科科长")
        await acting.types(f"/broadcast {TEXT}")
        region = (await town.incident(1)).region
        assert region == "hq"
        await acting.presses("🗺 区域：全部")
        shown = town.message(acting, "发给哪些区域").labels
        assert [label for label in shown if label.startswith("✅")] == ["✅ 总部"]
        assert not [label for label in shown if label.startswith("▫️")]
