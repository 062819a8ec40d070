"""Broadcasts: written on one screen, previewed, sent, confirmed, chased, corrected."""

from handlers.broadcasting.documents import CASTS, PARTS, Cast
from plans.broadcast import Reader
from tests.chat.old_buttons import Old
from tests.chat.town import Person, Town

TEXT = "今晚 22 点起大风，车辆全部入库"


async def ticks(sender: Person, what: str, *names: str) -> None:
    """Open a list, tick these, go back."""
    await sender.presses(what)
    for name in names:
        await sender.presses(f"▫️ {name}")
    await sender.presses("‹ 返回")


async def writes(sender: Person, text: str = TEXT, *roles: str, kind: str = "") -> None:
    """A draft for these roles everywhere, up to its preview."""
    await sender.types(f"/broadcast {text}")
    await ticks(sender, "👤 岗位：无", *(roles or ("调度员",)))
    if kind:
        await sender.presses("📢 通知（按一下换）")
    await sender.presses("👁 预览")


async def cast(town: Town, number: int = 1) -> Cast:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        found = await turn.get(CASTS, str(number))
    assert found is not None
    return found


async def readers(town: Town, number: int = 1) -> dict[str, Reader]:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        parts = await turn.find(PARTS, cast=number)
    return {person: reader for part in parts for person, reader in part.readers.items()}


async def test_a_notice_from_its_words_to_its_last_confirmation(town: Town) -> None:
    head = town.person("p_song")
    await head.types(f"/broadcast {TEXT}")
    town.sees({"p_song": [f"📣 群发\n文字：{TEXT}\n发给：（还没选）"]})
    await ticks(head, "👤 岗位：无", "调度员")
    await head.presses("🗺 区域：全部")
    await head.presses("⬜ 全不选")
    await head.presses("▫️ 东区")
    await head.presses("‹ 返回")
    town.sees({})
    assert "发给：2 人" in town.card(head, "📣 群发")
    await head.presses("👁 预览")
    town.sees({"p_song": [f"📢 通知\n{TEXT}\n\n—— 宋必达 · 配送中心主任", "发给 2 人。"]})
    # What readers will press has no button here: nothing was sent yet.
    assert town.message(head, f"📢 通知\n{TEXT}").labels == []
    await head.presses("📨 发送（2 人）")
    new = town.new()
    assert set(new) == {"p_song", "p_an_ph", "p_dai"}
    assert f"📢 通知\n{TEXT}\n\n—— 宋必达 · 配送中心主任" in new["p_an_ph"][0]
    assert "已发 2/2 · 确认 0" in town.card(head, "📣 第 1 条")

    dispatcher = town.person("p_an_ph")
    assert await dispatcher.presses("✅ 收到") == "已记下您收到了。"
    assert "✅ 您已确认" in town.card(dispatcher, TEXT)
    await town.at(1)
    assert "已发 2/2 · 确认 1" in town.card(head, "📣 第 1 条")
    await head.presses("📋 名单")
    assert "戴理勤 · 调度员 +86 10 5550 0112" in town.card(head, "未确认 1")
    await head.presses("✅ 已确认 1")
    assert "安排好 · 调度员 +86 10 5550 0111 · 08:0" in town.card(head, "已确认 1")
    town.ignore()
    assert await head.presses("📄 表格") == "正在生成表格。"
    shown = town.sim.world.messages(head.telegram, by_bot=True)[-1]
    assert shown.body["document"]["file_name"] == "群发名单-1.xlsx"
    await town.person("p_dai").presses("✅ 收到")
    await town.at(2)
    assert "✅ 全部确认" in town.card(head, "📣 第 1 条")


async def test_a_double_tap_sends_once(town: Town) -> None:
    head = town.person("p_song")
    await writes(head)
    shown = town.with_button(head.telegram, "📨 发送（9 人）", "")
    first = town.stage.press(head.telegram, shown, "📨 发送（9 人）")
    second = town.stage.press(head.telegram, shown, "📨 发送（9 人）")
    await town.a_moment()
    assert town.answer_to(first) == "开始发送。"
    assert town.answer_to(second) == "这条已经发出或取消了。"
    assert [text.count(TEXT) for text in town.new()["p_an_ph"]] == [1]


async def test_silence_is_chased_three_times_then_named(town: Town) -> None:
    head = town.person("p_song")
    await writes(head, TEXT, "副组长", "组长", kind="warning")
    await head.presses("📨 发送（2 人）")
    leader, deputy = town.person("p_ding"), town.person("p_fu")
    await leader.presses("✅ 收到")
    town.ignore()
    for chase in (1, 2, 3):
        await town.at(15 * chase + 1.5)
        assert f"⏰ 催过 {chase} 次" in town.card(head, "📣 第 1 条")
        town.sees({"p_fu": ["⏰ 还没有您的确认，请看完按“收到”：\n⚠️ 预警"]})
    await town.at(61.5)
    named = "⚠️ 第 1 条⚠️ 预警催了 3 次，1 人还没确认：\n傅领航 +86 10 5550 0132"
    town.sees({"p_song": [named], "p_ding": [named], "p_fu": [named]})
    await town.at(120)
    town.sees({})
    await deputy.presses("✅ 收到")
    await town.at(121)
    assert "✅ 全部确认" in town.card(head, "📣 第 1 条")


async def test_whoever_sent_it_chases_by_hand_but_not_every_moment(town: Town) -> None:
    head = town.person("p_song")
    await writes(head)
    await head.presses("📨 发送（9 人）")
    await town.person("p_an_ph").presses("✅ 收到")
    town.ignore()
    assert await head.presses("⏰ 催一下") == "正在催 8 人。"
    asked = town.new()
    assert "p_an_ph" not in asked
    assert "⏰ 还没有您的确认" in asked["p_dai"][0]
    assert await head.presses("⏰ 催一下") == "刚刚催过，两分钟后再催。"


async def test_a_correction_and_the_all_clear_go_to_exactly_the_same_readers(town: Town) -> None:
    head, leader = town.person("p_song"), town.person("p_ding")
    await writes(head, TEXT, "副组长", "组长", kind="warning")  # the deputy confirms nothing
    await head.presses("📨 发送（2 人）")
    await leader.presses("✅ 收到")
    town.ignore()
    await head.presses("✏️ 更正")
    assert "✏️ 更正：发给收过第 1 条的人" in town.card(head, "📣 群发")
    await head.types("改为 23 点")
    await head.presses("👁 预览")
    await head.presses("📨 发送（2 人）")
    new = town.new()
    assert set(new) == {"p_song", "p_ding", "p_fu"}
    said = f"✏️ 更正：08:00 的预警“{TEXT}”\n改为 23 点\n\n—— 宋必达"
    assert said in new["p_ding"][0]
    await head.presses("🟢 解除", on="📣 第 1 条")
    await head.types("风停了")
    await head.presses("👁 预览")
    await head.presses("📨 发送（2 人）")
    assert f"🟢 解除：08:00 的预警“{TEXT}”\n风停了" in town.new()["p_ding"][0]
    # What has been corrected is not chased.
    await town.at(40)
    new = town.new()
    assert "p_ding" in new  # the correction still is
    assert not any("⚠️ 预警" in text for text in new["p_fu"])
    assert (await cast(town)).round == 1


async def test_in_a_group_those_who_read_along_confirm_and_are_counted(town: Town) -> None:
    head, group = town.person("p_song"), "east_distribution"
    await head.types(f"/broadcast {TEXT}")
    await ticks(head, "👥 群：无", "配送中心")
    await head.presses("🗺 区域：全部")
    await head.presses("⬜ 全不选")
    await head.presses("▫️ 东区")
    await head.presses("‹ 返回")
    await head.presses("👁 预览")
    preview = town.card(head, "👁 预览")
    known = preview.split("发给 ")[1].split(" 人")[0]
    assert f"发给 {known} 人、1 个群（其中 {known} 人看群）" in preview
    town.ignore()
    await head.presses(f"📨 发送（{known} 人）")
    town.sees({"p_song": ["📣 第 1 条"], group: [f"📢 通知\n{TEXT}"]})
    assert f"✅ 收到 0/{known}" in town.labels(group, TEXT)
    driver = town.person("p_lu")
    assert await driver.presses(f"✅ 收到 0/{known}", in_group=group) == "已记下您收到了。"
    stranger = town.person("p_chang")  # of another department
    refused = await stranger.presses(f"✅ 收到 0/{known}", in_group=group)
    assert refused == "这条不是发给您的，不用确认。"
    await town.at(1.5)
    assert f"✅ 收到 1/{known}" in town.labels(group, TEXT)
    town.ignore()
    # Silence in the group is chased in private.
    await head.presses("⏰ 催一下")
    chased = town.new()
    assert "⏰ 还没有您的确认" in chased["p_an_ph"][0]
    assert "p_lu" not in chased


async def test_at_night_a_warning_rings_and_a_notice_waits(town: Town) -> None:
    head = town.person("p_song")
    await town.at(15 * 60)  # 23:00
    for kind in ("", "warning"):
        await writes(head, f"{kind or '通知'}：{TEXT}", "副组长", kind=kind)
        if not kind:
            assert "🌙 1 人在休息或不在岗，到时再发" in town.card(head, "👁 预览")
        town.ignore()
        await head.presses("📨 发送（1 人）")
        assert ("p_fu" in town.new()) == bool(kind)
    assert (await readers(town))["p_fu"].standing == "waiting"
    await town.at(23 * 60 + 1)  # 07:01
    assert any(f"📢 通知\n通知：{TEXT}" in text for text in town.new()["p_fu"])


async def test_a_regional_manager_reaches_the_own_region_and_nobody_else(town: Town) -> None:
    manager = town.person("p_shang")
    await manager.types(f"/broadcast {TEXT}")
    await manager.presses("🗺 区域：全部")
    assert "▫️ 南区" not in town.message(manager, "哪些区域").labels
    await manager.presses("‹ 返回")
    await ticks(manager, "👤 岗位：无", "驾驶员")
    await manager.presses("👁 预览")
    await manager.presses("📨 发送（2 人）")
    assert set(await readers(town)) == {"p_lu", "p_xing"}
    # Lists and chase are for whoever sent it, or could have.
    shown = town.message(manager, "📣 第 1 条")
    for who, answer in (("p_ding", ""), ("p_mei", ""), ("p_shu", "这条不是您发的，您不能处理。")):
        await town.person(who).types("/mine")
        shown = town.message(town.person(who), "")
        query = town.stage.press(town.person(who).telegram, shown, "sent:1:lists:0", stale=True)
        await town.a_moment()
        assert town.answer_to(query) == answer
    await town.person("p_an_ph").types("/broadcast")
    assert "群发只有部门负责人" in town.card(town.person("p_an_ph"), "群发")


async def test_blocked_and_retired_and_without_an_account(town: Town) -> None:
    head = town.person("p_song")
    town.person("p_dai").blocks_bot()
    await writes(head)
    await head.presses("📨 发送（9 人）")
    await town.at(1)
    known = await readers(town)
    assert (known["p_dai"].standing, known["p_dai"].why) == ("unreachable", "blocked")
    assert "联系不上 1" in town.card(head, "📣 第 1 条")
    await head.presses("📋 名单")
    await head.presses("🔴 联系不上 1")
    assert "戴理勤 · 调度员 +86 10 5550 0112 · 停用或屏蔽了机器人" in town.card(head, "联系不上 1")
    # The next one says so before it is sent.
    await writes(head)
    assert "🔴 其中 1 人联系不上：戴理勤" in town.card(head, "👁 预览")


async def test_what_is_too_long_is_said_when_typed_and_html_is_shown_as_typed(town: Town) -> None:
    head = town.person("p_song")
    await head.types("/broadcast")
    await head.types("长" * 3001)
    assert "太长了：3001 字，最多 3000 字" in town.card(head, "太长了")
    await head.types("<b>& 风</b>")
    await ticks(head, "👤 岗位：无", "组长")
    await head.presses("👁 预览")
    await head.presses("📨 发送（1 人）")
    assert "📢 通知\n<b>& 风</b>\n" in town.card(town.person("p_ding"), "📢 通知")


async def test_a_changed_draft_is_not_sent_by_an_old_preview(town: Town) -> None:
    head = town.person("p_song")
    await writes(head, "旧的", "组长")
    old = Old.of(head, "📨 发送（1 人）")
    await head.presses("✏️ 修改")
    assert town.message(head, "继续").text == "📣 这条在下面继续。"
    await head.presses("✏️ 写文字")
    await head.types("新的")
    # The old preview has no button any more; whoever was quicker than that is told.
    assert old.labels == []
    assert await old.pressed() == "内容或收件人变了，请再预览一次。"
    await head.presses("👁 预览")
    await head.presses("📨 发送（1 人）")
    assert "新的" in town.card(town.person("p_ding"), "📢 通知")


async def test_each_reads_it_in_the_own_language(town: Town) -> None:
    head, max_packet = town.person("p_song"), town.person("p_max")
    await head.types(f"/broadcast {TEXT}")
    await head.presses("🇬🇧 英文（可不写）")
    await head.types("Strong wind at 22:00: all vehicles inside")
    await head.presses("👤 岗位：无")
    await head.presses("▫️ 组长")
    await head.presses("2/3 ›")
    await head.presses("3/3 ›")
    await head.presses("▫️ 信息技术员")
    await head.presses("‹ 返回")
    await head.presses("👁 预览")
    await head.presses("📨 发送（2 人）")
    assert "📢 Notice\nStrong wind at 22:00" in town.card(max_packet, "📢 Notice")
    assert await max_packet.presses("✅ Got it") == "Noted: you have it."
    assert "✅ You confirmed at" in town.card(max_packet, "📢 Notice")
    assert f"📢 通知\n{TEXT}" in town.card(town.person("p_ding"), "📢 通知")


async def test_the_latest_ones_are_found_again(town: Town) -> None:
    head, leader = town.person("p_song"), town.person("p_ding")
    await writes(head, TEXT, "组长")
    await head.presses("📨 发送（1 人）")
    town.ignore()
    await head.types("/broadcast")
    town.sees({"p_song": ["📣 群发\n文字：（还没写）", "📣 最近的群发"]})
    await head.presses(f"1 通知 08:00 {TEXT}")
    town.sees({"p_song": ["📣 第 1 条 📢 通知"]})
    await leader.presses("✅ 收到")
    await town.at(2)
    assert "确认 1" in town.card(head, "📣 第 1 条")  # it lives where it was shown last
    await leader.types("/broadcast")
    await leader.presses(f"1 通知 08:00 {TEXT}")
    assert "确认 1" in town.card(leader, "📣 第 1 条")


async def test_a_group_that_cannot_be_posted_in_is_named(town: Town) -> None:
    head = town.person("p_song")
    await head.types(f"/broadcast {TEXT}")
    await ticks(head, "👥 群：无", "配送中心")
    await head.presses("👁 预览")
    label = next(one for one in town.message(head, "👁 预览").labels if "📨" in one)
    query = town.stage.press(head.telegram, town.with_button(head.telegram, label, ""), label)
    town.stage.remove_bot(town.person("p_ding").telegram, town.chat("east_distribution"))
    await town.a_moment()
    assert town.answer_to(query) == "开始发送。"
    await head.presses("📋 名单")
    await head.presses("🔴 联系不上 0")
    assert "🔴 群“东区配送群”发不进去" in town.card(head, "联系不上 0")


async def test_nobody_is_chased_for_a_notice_while_they_sleep(town: Town) -> None:
    head = town.person("p_song")
    await town.at(13 * 60 + 40)  # 21:40
    await head.types("/broadcast 盘点表请填好")
    await ticks(head, "👤 岗位：无", "组长", "副组长")
    await head.presses("⏰ 不催")
    await head.presses("👁 预览")
    await head.presses("📨 发送（2 人）")
    await town.person("p_ding").presses("✅ 收到")
    town.ignore()
    await town.at(13 * 60 + 57)
    assert "⏰ 还没有您的确认" in town.new()["p_fu"][0]
    await town.at(22 * 60 + 59)  # 06:59
    town.sees({})
    await town.at(23 * 60 + 1)
    assert any("⏰ 还没有您的确认" in text for text in town.new()["p_fu"])
    assert (await cast(town)).chases == 2


async def test_whoever_blocked_it_may_still_confirm_in_the_group(town: Town) -> None:
    head, driver = town.person("p_song"), town.person("p_lu")
    driver.blocks_bot()
    await head.types(f"/broadcast {TEXT}")
    await ticks(head, "👤 岗位：无", "驾驶员")
    await ticks(head, "👥 群：无", "配送中心")
    await head.presses("👁 预览")
    label = next(one for one in town.message(head, "👁 预览").labels if "📨" in one)
    await head.presses(label)
    await town.at(1)
    assert (await readers(town))["p_lu"].standing == "unreachable"
    button = next(one for one in town.labels("east_distribution", TEXT) if "收到" in one)
    assert await driver.presses(button, in_group="east_distribution") == "已记下您收到了。"
    await town.at(2)
    assert "确认 1" in town.card(head, "📣 第 1 条")
    assert "联系不上" not in town.card(head, "📣 第 1 条")
