"""Plain words typed out of the blue: an offer of the right plan, never more than that."""

from tests.chat.town import Town

EAST = "east_distribution"
BREAKDOWN, ACCIDENT = "送货车辆途中故障", "送货车辆交通事故"


async def test_words_become_an_offer_and_the_first_note(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("车坏在环城路了")
    town.sees({"p_lu": [f"要报告“{BREAKDOWN}”吗？"]})
    assert town.message(driver, "要报告").labels == ["是，报告", "不是"]
    await driver.presses("是，报告")
    town.sees({"p_lu": ["车在哪里？"]})
    await driver.shares_place(30.2, 120.4)
    [note] = [event for event in await town.record(1) if event.type == "note_added"]
    assert (note.by, note.text) == ("p_lu", "车坏在环城路了")
    assert "📝 #1 路平安：车坏在环城路了" in town.new()[EAST]


async def test_a_marker_among_the_words_is_the_place(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("车坏在环城东路k12+300了")
    await driver.presses("是，报告")
    place = (await town.incident(1)).place()
    assert place is not None
    assert "K12+300" in place.text
    assert await driver.presses("是，报告") == "已受理，是 #1。"  # pressed again: nothing twice
    assert len([e for e in await town.record(1) if e.type == "note_added"]) == 1


async def test_in_english(town: Town) -> None:
    driver = town.person("p_sunny")
    await driver.types("truck broke down on the ring road")
    town.sees({"p_sunny": ["Do you want to report “Delivery vehicle broken down”?"]})
    await driver.presses("Yes, report it")
    town.sees({"p_sunny": ["Where is the vehicle?"]})


async def test_not_that(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("车没坏")
    await driver.presses("不是")
    town.sees({"p_lu": ["要报告", "好，没有报告"]})
    await driver.types("/breakdown 环城东路")
    assert not [e for e in await town.record(1) if e.type == "note_added"]


async def test_a_dispatcher_may_mean_somebody_else(town: Town) -> None:
    dispatcher, driver = town.person("p_an_ph"), town.person("p_lu")
    await dispatcher.types("老路的车坏在环城东路K12+300了")
    assert town.message(dispatcher, "要报告").labels == ["是，报告", "不是", "➕ 替人报告"]
    await dispatcher.presses("➕ 替人报告")
    await dispatcher.types("路平安")
    await dispatcher.presses(town.message(dispatcher, "路平安").labels[0])
    incident = await town.incident(1)
    assert incident.reporter == driver.id
    place = incident.place()
    assert place is not None
    assert "K12+300" in place.text


async def test_what_may_be_two_things(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("追尾以后车坏了")
    town.sees({"p_lu": ["要报告哪一件？"]})
    labels = town.message(driver, "哪一件").labels
    assert labels == [f"🚚 {BREAKDOWN}", f"🚨 {ACCIDENT}", "不是"]


async def test_words_within_an_incident_are_a_note_first(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    for answer in ("是", "轮胎"):
        await driver.presses(answer)
    await driver.types("3")
    town.ignore()
    await driver.types("车还是打不着火")  # about the same plan: no offer
    assert town.new()["p_lu"] == ["已记入 #1 并转告相关人员。"]
    await driver.types("刚才被一辆车撞了")
    told = town.new()["p_lu"]
    assert told[0] == "已记入 #1 并转告相关人员。"
    assert told[1] == f"另外，要报告“{ACCIDENT}”吗？"


async def test_an_answer_is_an_answer_first(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown")
    await driver.types("环城东路，被追尾了")
    new = town.new()["p_lu"]
    assert new[-1] == f"另外，要报告“{ACCIDENT}”吗？"
    place = (await town.incident(1)).place()
    assert place is not None
    assert place.text == "环城东路，被追尾了"


async def test_a_picture_goes_along(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.sends_photo(b"a wheel", "爆胎了")
    await driver.presses("是，报告")
    await driver.types("环城东路")
    [note] = [event for event in await town.record(1) if event.type == "note_added"]
    assert (note.media, note.text) == ("photo", "爆胎了")


async def test_a_picture_alone_is_kept_and_it_is_said_for_how_long(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.sends_photo(b"a wheel")
    town.sees({"p_lu": ["📎 收到，先留着；30 分钟内报告，就一起记进去。点下面，或直接发位置。"]})
    await driver.presses("🚚 车坏了")
    await driver.types("环城东路")
    [note] = [event for event in await town.record(1) if event.type == "note_added"]
    assert note.media == "photo"


async def test_a_picture_right_after_the_words_is_about_them(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("爆胎了")
    await driver.sends_photo(b"a wheel")
    told = town.message(driver, "📎 收到")
    assert f"要报告“{BREAKDOWN}”吗？" in told.text
    assert told.labels == ["是，报告", "不是"]
    await driver.presses("是，报告", on="📎 收到")
    await driver.types("环城东路")
    notes = [event for event in await town.record(1) if event.type == "note_added"]
    assert [(note.text, note.media) for note in notes] == [("爆胎了", ""), ("", "photo")]


async def test_what_was_not_understood_goes_along_with_the_report_it_led_to(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("老李这车不大对劲")
    await driver.presses("🚚 车坏了")
    await driver.types("环城东路")
    [note] = [event for event in await town.record(1) if event.type == "note_added"]
    assert note.text == "老李这车不大对劲"


async def test_words_of_long_ago_are_about_something_else(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("爆胎了")
    await town.at(40)
    await driver.types("/breakdown 环城东路")
    assert not [e for e in await town.record(1) if e.type == "note_added"]


async def test_words_that_ask_for_somebody(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("电话 戴理勤")
    await driver.types("找安排好")
    await driver.types("call Max")
    new = town.new()["p_lu"]
    for said, number in zip(new, ("0112", "0111", "0136"), strict=True):
        assert f"+86 10 5550 {number}" in said
    await driver.types("找谁都行")
    town.sees({"p_lu": ["没听懂"]})


async def test_in_an_incident_somebody_is_asked_for_plainly(town: Town) -> None:
    driver = town.person("p_xing")
    await driver.types("/breakdown 环城东路")
    for answer in ("否", "轮胎"):
        await driver.presses(answer)
    await driver.types("3")
    town.ignore()
    await driver.types("电话 戴理勤")
    assert "+86 10 5550 0112" in town.new()["p_xing"][0]
    await driver.types("找戴理勤说过了")
    assert "已记入 #1" in town.new()["p_xing"][0]


async def test_in_a_group_the_offer_leads_to_the_private_chat(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/language", in_group=EAST)
    town.ignore()
    await driver.replies("爆胎了", town.message(EAST, "请选择语言"))
    town.sees({EAST: [f"要报告“{BREAKDOWN}”吗？"]})
    assert town.labels(EAST) == [f"🚚 {BREAKDOWN}"]
    town.stage.start(driver.telegram, "breakdown")
    await town.a_moment()
    await driver.types("环城东路")
    [note] = [event for event in await town.record(1) if event.type == "note_added"]
    assert note.text == "爆胎了"


async def test_where_the_bot_hears_all_it_answers_only_who_names_it(town: Town) -> None:
    driver, name = town.person("p_lu"), town.sim.world.bot.username
    town.stage.promote(town.sim.world.bot.id, town.chat(EAST))
    await driver.types("爆胎了", in_group=EAST)  # said to colleagues
    town.sees({})
    await driver.types(f"@{name} 爆胎了", in_group=EAST)
    await driver.types(f"@{name} 你好", in_group=EAST)
    town.sees({EAST: [f"要报告“{BREAKDOWN}”吗？", "没听懂"]})
