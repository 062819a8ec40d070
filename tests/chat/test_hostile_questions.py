"""Questions that stand in the way, words without a home, answers nobody may give."""

from tests.chat.town import Town, finish

EAST = "east_distribution"


async def texts(town: Town, number: int) -> list[str]:
    return [e.text for e in await town.record(number) if e.type == "note_added"]


async def test_the_questions_of_a_closed_incident_are_forgotten(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    await finish(town, 1)
    await town.at(town.minute() + 10)
    assert not any("还等您一个回答" in text for text in town.new()["p_lu"])
    await driver.types("车修好了吗")
    town.sees({"p_lu": ["没听懂"]})


async def test_the_reason_for_cant_is_not_awaited_once_it_is_over(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    dispatcher = town.person("p_an_ph")
    await dispatcher.presses("✖️ 不行", on="派备用车")
    await finish(town, 1)
    town.ignore()
    await dispatcher.types("知道了")
    town.sees({"p_an_ph": ["没听懂"]})


async def test_the_reason_for_cant_when_somebody_else_was_quicker(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    dispatcher = town.person("p_an_ph")
    await dispatcher.presses("✖️ 不行", on="派备用车")
    await town.person("p_song").presses("③✅ 完成", in_group=EAST)
    town.ignore()
    await dispatcher.types("我走不开")
    assert "宋必达 已经完成了。" in town.new()["p_an_ph"][0]
    await dispatcher.types("拖车也快到了")
    assert "已记入 #1" in town.new()["p_an_ph"][0]


async def test_two_messages_before_choosing_the_incident_are_both_kept(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    await town.person("p_xing").types("/breakdown 环城西路")
    dispatcher = town.person("p_an_ph")
    for text in ("第一条", "第二条"):
        await dispatcher.types(text)
    town.ignore()
    await dispatcher.presses("#1 送货车辆途中故障 · 环城东路", on="这 2 条")
    assert await texts(town, 1) == ["第一条", "第二条"]
    assert town.new()["p_an_ph"] == ["已记入 #1 并转告相关人员。"]


async def test_what_waits_for_its_incident_survives_a_report(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    await town.person("p_xing").types("/breakdown 环城西路")
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("两边都在催")
    await dispatcher.types("/breakdown 南环")
    await dispatcher.types("浙A10005")
    for question in ("挡住车道", "哪里坏了", "几户"):
        await dispatcher.presses("跳过", on=question)
    await dispatcher.presses("#1 送货车辆途中故障 · 环城东路", on="记到哪个事件")
    assert await texts(town, 1) == ["两边都在催"]


async def test_twenty_messages_wait_and_the_next_is_refused_in_words(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    await town.person("p_xing").types("/breakdown 环城西路")
    dispatcher = town.person("p_an_ph")
    for n in range(20):
        await dispatcher.types(f"第 {n} 条")
    town.ignore()
    await dispatcher.types("再来一条")
    assert "这条没记下" in town.new()["p_an_ph"][0]
    await dispatcher.presses("#2 送货车辆途中故障 · 环城西路", on="这 20 条")
    assert len(await texts(town, 2)) == 20


async def test_a_word_on_a_merged_incident_goes_where_it_went(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    other = town.person("p_shang")
    await other.types("/breakdown 三号桥")
    await other.types("浙A10001")
    town.ignore()
    await other.replies("拖车到了吗", town.message(other, "已并入"))
    assert "📝 #1 商有道：拖车到了吗" in "".join(town.new()["p_an_ph"])


async def test_nobody_without_a_part_is_asked_for_a_fact(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    outsider = town.person("p_ma")
    await outsider.types("/language")
    shown = town.message(outsider, "语言")
    town.ignore()
    for data in ("ask:1:blocked", "fix:1", "ok:1:in_touch", "fact:1:blocked:yes"):
        query = town.stage.press(outsider.telegram, shown, data, stale=True)
        await town.a_moment()
        assert town.answer_to(query) == "#1 的这件事不归您，您不能操作。"
    town.sees({})
    await outsider.types("是")
    town.sees({"p_ma": ["没听懂"]})
    assert (await town.incident(1)).fact("blocked") is None


async def test_whoever_a_late_step_climbed_to_has_a_part_in_it(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    await town.person("p_an_ph").presses("🙋 我来", on="派备用车")
    await town.at(17)
    town.ignore()
    deputy = town.person("p_dai")
    await deputy.types("/mine")
    assert "派备用车前去接替" in town.new()["p_dai"][0]
    await deputy.types("我来看看")
    assert "已记入 #1" in town.new()["p_dai"][0]


async def test_a_word_for_a_step_that_somebody_else_has_done_meanwhile(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    keeper, head = town.person("p_xiu"), town.person("p_song")
    await keeper.presses("✅ 完成", on="安排拖车")
    await head.presses("⑥✅ 完成", in_group=EAST)
    await head.presses("不填，直接完成", in_group=EAST)
    town.ignore()
    await keeper.types("东门汽修厂")
    assert "宋必达 已经完成了。" in town.new()["p_xiu"]
    await keeper.types("明天能取")
    assert (await town.incident(1)).fact("workshop") == "东门汽修厂"
    assert await texts(town, 1) == ["明天能取"]
