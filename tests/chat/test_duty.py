"""Duty in chat: off, away until, a stand-in, hand-over, coming back."""

from tests.chat.town import Town

SPARE = "派备用车前去接替"
EAST = "east_distribution"


async def test_away_for_two_hours_with_a_stand_in_who_then_gets_the_pings(town: Town) -> None:
    dispatcher, deputy = town.person("p_an_ph"), town.person("p_dai")
    await dispatcher.types("/duty")
    town.sees({"p_an_ph": ["🟢 安排好：在岗"]})

    await dispatcher.presses("🚶 离开")
    town.sees({"p_an_ph": ["离开到什么时候"]})
    await dispatcher.presses("2 小时（10:00）")
    town.sees({"p_an_ph": ["好，您离开：到 10:00。\n谁代理您？"]})
    await dispatcher.presses("戴理勤 · 调度员 · 东区")
    town.sees(
        {
            "p_an_ph": ["戴理勤 代理，已告诉对方。"],
            "p_dai": ["👤 安排好 离开（到 10:00），由您代理：东区调度员。有事会找您。"],
        }
    )

    await town.person("p_lu").types("/breakdown 环城东路K12+300")
    new = town.new()
    assert any(f"🔔 #1 {SPARE}" in text for text in new["p_dai"])
    assert "p_an_ph" not in new
    await deputy.presses("🙋 我来", on=SPARE)
    town.ignore()

    await town.at(119)
    town.ignore()
    await town.at(121)
    new = town.new()
    assert "🟢 欢迎回来，您已在岗。\n这期间新事件 1 个，结束 0 个。" in new["p_an_ph"][0]
    assert f"戴理勤 替您拿着：\n#1 {SPARE}" in new["p_an_ph"][0]
    assert "🟢 安排好 回来了，您不用再代理。" in new["p_dai"]


async def test_what_is_open_goes_to_the_stand_in_with_one_press(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await town.person("p_lu").types("/breakdown 环城东路K12+300")
    await dispatcher.presses("🙋 我来", on=SPARE)
    town.ignore()

    await dispatcher.types("/duty 3天")
    town.ignore()
    await dispatcher.types("戴理勤")
    offer = town.new()["p_an_ph"][-1]
    assert f"您还有 1 件未完：\n#1 {SPARE}\n转给 戴理勤 吗？" in offer
    assert await dispatcher.presses("↪️ 全部转给 戴理勤") == "1 件已转给 戴理勤。"
    incident = await town.incident(1)
    assert incident.steps["send_spare"].asked == ("p_dai",)


async def test_a_stand_in_who_cannot_is_replaced(town: Town) -> None:
    dispatcher, deputy = town.person("p_an_ph"), town.person("p_dai")
    await dispatcher.types("/duty 明天18:00")
    await dispatcher.presses("戴理勤 · 调度员 · 东区")
    town.ignore()

    assert await deputy.presses("✖️ 我代不了") == "好，已告诉 安排好。"
    town.sees({"p_an_ph": ["戴理勤 代不了。\n谁代理您？"]})
    await dispatcher.presses("不用代理")
    town.sees({"p_an_ph": ["没有代理人：有事先找副手，再找上级。"]})
    assert await deputy.presses("✖️ 我代不了") == "您现在不是代理人。"


async def test_a_role_that_is_left_without_anybody_is_warned_of_not_refused(town: Town) -> None:
    keeper = town.person("p_xiu")
    await keeper.types("/duty")
    await keeper.presses("😴 下班")
    await keeper.presses("不用代理")
    assert "⚠️ 东区车辆管理员没有别人在岗，有事会直接找 宋必达。" in town.card(keeper)


async def test_leaving_later_begins_and_ends_by_itself(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/duty")
    await dispatcher.presses("✈️ 以后离开（出差、登机）")
    town.ignore()
    await dispatcher.types("就那几天")
    town.sees({"p_an_ph": ["没看懂时间"]})
    await dispatcher.types("今天9:00到11:00")
    town.sees({"p_an_ph": ["好，您离开：09:00 至 11:00。"]})
    await dispatcher.presses("戴理勤 · 调度员 · 东区")
    await dispatcher.types("/duty")
    assert "🕒 安排好：09:00 至 11:00 离开，戴理勤 代理" in town.card(dispatcher)
    await town.person("p_lu").types("/breakdown 环城东路K12+300")
    await dispatcher.presses("🙋 我来", on=SPARE)
    town.ignore()

    await town.at(61)
    begins = next(t for t in town.new()["p_an_ph"] if "现在开始" in t)
    assert "🕒 您登记的离开现在开始：到 11:00。\n您还有 1 件未完" in begins
    await town.at(179)
    town.ignore()
    await town.at(181)
    assert any("🟢 欢迎回来" in text for text in town.new()["p_an_ph"])


async def test_somebody_in_command_enters_another_s_absence_in_their_region_only(
    town: Town,
) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/duty 路平安")
    assert "🟢 路平安：在岗" in town.card(dispatcher)
    await dispatcher.presses("😴 下班")
    town.sees(
        {
            "p_an_ph": ["🟢 路平安", "好，路平安 离开：回来时再说。\n谁代理 路平安？"],
            "p_lu": ["安排好 替您登记了离开：回来时再说。"],
        }
    )
    await dispatcher.types("/duty 周全到")
    town.sees({"p_an_ph": ["您不能登记这个人的离开。"]})
    await town.person("p_lu").presses("🟢 我回来了")
    town.sees({"p_lu": ["🟢 欢迎回来"]})


async def test_whoever_stays_for_an_incident_is_asked_though_away(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await town.person("p_lu").types("/breakdown 环城东路K12+300")
    await dispatcher.presses("✅ 完成", on=SPARE)
    await town.person("p_bei").presses("🙋 我来")
    await dispatcher.types("/duty")
    answer = await dispatcher.presses("📌 #1 结束前我一直在")
    assert answer == "好，#1 结束前都找您，离开也一样。"
    await dispatcher.types("/duty 3小时")
    await dispatcher.presses("戴理勤 · 调度员 · 东区")
    await dispatcher.types("/duty")
    assert "📌 #1 结束前一直在" in town.card(dispatcher)
    town.ignore()

    await town.at(42)  # the driver has not answered: a new step of #1 for the dispatcher
    new = town.new()
    assert any("驾驶员没有应答" in text for text in new["p_an_ph"])
    assert not any("驾驶员没有应答" in text for text in new.get("p_dai", []))
    await town.person("p_xing").types("/breakdown 环城西路")
    new = town.new()
    assert any(f"🔔 #2 {SPARE}" in text for text in new["p_dai"])
    assert "p_an_ph" not in new, "for every other incident the stand-in is asked"


async def test_whoever_is_away_and_writes_is_asked_once_whether_they_are_back(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/duty 1天")
    await dispatcher.presses("不用代理")
    town.ignore()

    await dispatcher.types("/mine")
    town.sees({"p_an_ph": ["您现在没有要做的事", "您登记的是离开（到 07-07 08:00）。回来了吗？"]})
    await dispatcher.types("/mine")
    town.sees({"p_an_ph": ["您现在没有要做的事"]})
    await town.at(62)
    await dispatcher.types("/mine")
    assert "回来了吗" in town.new()["p_an_ph"][-1]
    await dispatcher.presses("🟢 我回来了")
    town.sees({"p_an_ph": ["🟢 欢迎回来，您已在岗。"]})
    await dispatcher.types("/duty")
    town.sees({"p_an_ph": ["🟢 安排好：在岗"]})


async def test_whoever_was_passed_over_hears_of_it_when_they_write_again(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    dispatcher.blocks_bot()
    await town.person("p_lu").types("/breakdown 环城东路")
    town.stage.unblock(dispatcher.telegram)
    town.ignore()

    await dispatcher.types("/incidents")
    said = town.new()["p_an_ph"]
    assert any("又联系上您了。\n没联系上您、还没人接的：#1" in text for text in said)
    await dispatcher.types("/incidents")
    assert not any("又联系上" in text for text in town.new()["p_an_ph"])


async def test_of_several_open_steps_the_stand_in_gets_one_message(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await town.person("p_lu").types("/breakdown 环城东路K12+300")
    await town.person("p_xing").types("/breakdown 环城西路")
    await dispatcher.types("/duty 3天")
    await dispatcher.presses("戴理勤 · 调度员 · 东区")
    town.ignore()
    assert await dispatcher.presses("↪️ 全部转给 戴理勤") == "2 件已转给 戴理勤。"
    (bundle,) = town.new()["p_dai"]
    assert "📦 2 件事等您（安排好 转交）\n#1" in bundle
    assert bundle.count(SPARE) == 2


async def test_in_english_for_whoever_reads_english(town: Town) -> None:
    driver = town.person("p_sunny")
    await driver.types("/duty")
    town.sees({"p_sunny": ["🟢 Sunny Roadman: on duty"]})
    await driver.types("/duty tomorrow 8am to 6pm")
    asked = town.new()["p_sunny"][0]
    assert "Right, you are away 07-07 08:00 to 07-07 18:00." in asked
    assert "Who stands in for you? Press one, or type a name." in asked
    await driver.presses("Nobody")
    assert "Nobody stands in: the deputy is asked, then those above." in town.new()["p_sunny"][0]
    await driver.types("/duty")
    await driver.presses("Not leaving")
    assert "🟢 Sunny Roadman: on duty" in town.new()["p_sunny"][-1]
