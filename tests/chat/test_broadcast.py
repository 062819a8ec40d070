"""Broadcasts: written on one screen, previewed, sent, confirmed, chased, corrected."""

from handlers.broadcasting.documents import CASTS, PARTS, Cast
from plans.broadcast import Reader
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
    assert await head.presses("✅ 收到") == "这是预览，还没有发出。"
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
