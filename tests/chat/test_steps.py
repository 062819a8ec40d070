"""What people do with a step: take it, pass it on, say they can't, take another vehicle."""

import pytest_asyncio

from tests.chat.town import Town, finish

EAST, NORTH = "east_distribution", "north_distribution"


@pytest_asyncio.fixture
async def broken(town: Town) -> Town:
    """The driver of east has reported; what that brought has been seen."""
    await town.person("p_lu").types("/breakdown 环城东路")
    town.ignore()
    return town


async def test_cant_goes_to_the_next_with_the_reason(broken: Town) -> None:
    dispatcher = broken.person("p_an_ph")
    await dispatcher.presses("✖️ 不行", on="派备用车")
    assert "为什么不行" in "".join(broken.new()["p_an_ph"])
    assert await dispatcher.presses("正在处理别的急事") == "已记录，马上找下一位。"
    new = broken.new()
    assert "安排好 办不了：正在处理别的急事。请您处理。" in new["p_dai"][0]
    assert broken.minute() < 1


async def test_cant_with_a_typed_reason(broken: Town) -> None:
    dispatcher = broken.person("p_an_ph")
    await dispatcher.presses("✖️ 不行", on="派备用车")
    await dispatcher.types("我在外地，明早回")
    assert "安排好 办不了：我在外地，明早回" in broken.new()["p_dai"][0]


async def test_pressed_cant_by_mistake(broken: Town) -> None:
    dispatcher = broken.person("p_an_ph")
    await dispatcher.presses("✖️ 不行", on="派备用车")
    assert await dispatcher.presses("算了，我能办") == "好，还是您来。"
    broken.ignore()
    await dispatcher.types("路上堵车")
    assert "已记入 #1" in broken.new()["p_an_ph"][0]
    assert (await broken.incident(1)).steps["send_spare"].passed == ()


async def test_words_long_after_cant_are_no_reason(broken: Town) -> None:
    dispatcher = broken.person("p_an_ph")
    await dispatcher.presses("🙋 我来", on="派备用车")
    await dispatcher.presses("✖️ 不行", on="派备用车")
    await broken.at(12)
    broken.ignore()
    await dispatcher.types("备用车已出发")
    assert "已记入 #1" in broken.new()["p_an_ph"][0]
    assert (await broken.incident(1)).steps["send_spare"].taken_by == "p_an_ph"


async def test_handed_over_to_a_colleague(broken: Town) -> None:
    dispatcher, deputy = broken.person("p_an_ph"), broken.person("p_dai")
    await dispatcher.presses("↪️ 转交", on="派备用车")
    offered = broken.message(dispatcher, "转交给谁").labels
    assert offered[0] == "戴理勤 · 调度员"
    assert await dispatcher.presses("戴理勤 · 调度员") == "已转交 戴理勤。"
    new = broken.new()
    assert "安排好 转交给您。" in new["p_dai"][0]
    await deputy.presses("🙋 我来", on="派备用车")
    assert (await broken.incident(1)).steps["send_spare"].taken_by == "p_dai"


async def test_another_spare_than_the_one_promised(broken: Town) -> None:
    dispatcher = broken.person("p_an_ph")
    first = (await broken.incident(1)).promises["spare"]
    await dispatcher.presses("🔁 换一辆", on="派备用车")
    toast = await dispatcher.presses("🔁 随便下一个")
    second = (await broken.incident(1)).promises["spare"]
    assert second.thing != first.thing
    assert second.thing[2:] in toast
    new = broken.new()
    assert f"备用车 {first.thing[:2]}·{first.thing[2:]} 已归还" in "".join(new[NORTH])


async def test_only_those_it_concerns_may_press(broken: Town) -> None:
    stranger_to_it = broken.person("p_chang")  # an account manager who sees the group
    answer = await stranger_to_it.presses("③✅ 完成", in_group=EAST)
    assert answer == "这是调度员的事，您不能代办。"
    assert (await broken.incident(1)).steps["send_spare"].status == "open"
    broken.sees({})


async def test_pressing_twice_or_late_does_nothing_and_says_so(broken: Town) -> None:
    dispatcher, deputy = broken.person("p_an_ph"), broken.person("p_dai")
    await dispatcher.presses("🙋 我来", on="派备用车")
    shown = broken.message(dispatcher, "您已接手")
    query = broken.stage.press(
        deputy.telegram, broken.message(EAST, "途中故障"), "ack:1:send_spare", stale=True
    )
    await broken.a_moment()
    assert broken.answer_to(query) == "安排好 已接手。"
    await dispatcher.presses("✅ 完成", on="派备用车")
    query = broken.stage.press(dispatcher.telegram, shown, "done:1:send_spare", stale=True)
    await broken.a_moment()
    assert broken.answer_to(query) == "安排好 已经完成了。"


async def test_buttons_of_a_closed_incident(broken: Town) -> None:
    card = broken.message(EAST, "途中故障")
    await finish(broken, 1)
    broken.ignore()
    query = broken.stage.press(700011, card, "done:1:send_spare", stale=True)
    await broken.a_moment()
    assert broken.answer_to(query) == "#1 已经结束。"
    broken.sees({})


async def test_mine_lists_what_one_has_to_do_with_buttons(broken: Town) -> None:
    dispatcher = broken.person("p_an_ph")
    await dispatcher.types("/mine")
    broken.sees({"p_an_ph": ["#1 🔴 派备用车前去接替"]})
    await dispatcher.presses("✅ 完成", on="#1 🔴 派备用车")
    await dispatcher.types("/mine")
    assert broken.new()["p_an_ph"][-1] == "您现在没有要做的事。"


async def test_incidents_and_one_of_them(broken: Town) -> None:
    head = broken.person("p_song")
    await head.types("/incidents")
    broken.sees({"p_song": ["🚚 #1 送货车辆途中故障 · 东区 · 08:00起"]})
    await head.presses("#1")
    text = broken.new()["p_song"][0]
    assert "08:00 路平安 报告" in text
    assert "08:00 开始：派备用车前去接替（找 安排好）" in text
    await head.types("/incident 7")
    broken.sees({"p_song": ["没有 #7 号事件，或您无权查看"]})
    await head.types("/incident")
    broken.sees({"p_song": ["请写编号"]})
    # Another region's driver has no business with it.
    elsewhere = broken.person("p_ma")
    await elsewhere.types("/incident 1")
    broken.sees({"p_ma": ["没有 #1 号事件，或您无权查看"]})
    await elsewhere.types("/incidents")
    broken.sees({"p_ma": ["目前没有进行中的事件"]})


async def test_done_without_the_word_asked_for(broken: Town) -> None:
    keeper = broken.person("p_xiu")
    await keeper.presses("✅ 完成", on="安排拖车")
    assert (await broken.incident(1)).steps["repair"].status == "open"
    assert await keeper.presses("不填，直接完成") == "已记为完成。"
    assert (await broken.incident(1)).steps["repair"].status == "done"


async def test_a_word_asked_for_in_the_group_is_answered_by_a_reply(broken: Town) -> None:
    keeper = broken.person("p_xiu")
    await keeper.presses("⑥✅ 完成", in_group=EAST)
    question = broken.message(EAST, "送到哪家修")
    await keeper.replies("东门汽修厂", question)
    incident = await broken.incident(1)
    assert incident.fact("workshop") == "东门汽修厂"
    assert incident.steps["repair"].status == "done"
