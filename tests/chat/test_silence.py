"""Nobody answers: who is told at which minute; silence never ends it."""

from tests.chat.town import Town

EAST, LEADERS = "east_distribution", "leading_group"
SPARE = "派备用车前去接替"
REPAIR = "安排拖车和维修"


async def reported(town: Town) -> None:
    """At minute 0 the driver of east reports; what that brings is not looked at here."""
    await town.person("p_lu").types("/breakdown 环城东路K12+300")
    town.ignore()


async def test_nobody_answers(town: Town) -> None:
    await reported(town)

    await town.at(3)  # half the time: reminded
    town.sees(
        {
            "p_an_ph": [f"⏰ #1 {SPARE}\n还没人应答，08:05 起转找下一位"],
            EAST: [f"⏰ #1 {SPARE}\n👉 安排好\n还没人应答"],
            "p_lu": ["#1 还等您一个回答：挡住车道"],
        }
    )
    await town.at(6)  # the deputy; the keeper is reminded
    town.sees(
        {
            "p_dai": [f"🚨 #1 {SPARE}\n安排好 没有应答。请您处理。\n📍 环城东路K12+300"],
            "p_xiu": [f"⏰ #1 {REPAIR}\n还没人应答，08:10 起"],
            EAST: ["👉 戴理勤\n安排好 没有应答", f"⏰ #1 {REPAIR}"],
        }
    )
    # In the group an escalation carries what is needed at once; the rest stands on the card.
    assert town.labels(EAST, "请您处理") == ["🙋 我来", "📜 查看"]
    shown = await town.person("p_song").presses("📜 查看", in_group=EAST)
    assert shown == "已发到您与我的私聊。"
    town.sees({"p_song": ["🚚 #1 送货车辆途中故障"]})
    await town.at(11)  # one rung up: the head of distribution, for both
    town.sees(
        {
            "p_song": ["戴理勤 没有应答", "修得快 没有应答"],
            EAST: ["👉 宋必达\n戴理勤 没有应答", "👉 宋必达\n修得快 没有应答"],
        }
    )
    await town.at(16)  # the deputy leader; the spare's deadline has passed, and the card says so
    town.sees(
        {
            "p_fu": ["宋必达 没有应答", "宋必达 没有应答"],
            EAST: ["👉 傅领航\n宋必达 没有应答", "👉 傅领航\n宋必达 没有应答"],
        }
    )
    assert "⏰已迟" in town.card(EAST, "途中故障")
    await town.at(21)  # the leader
    town.sees(
        {
            "p_ding": ["傅领航 没有应答", "傅领航 没有应答"],
            EAST: ["👉 丁海针\n傅领航 没有应答", "👉 丁海针\n傅领航 没有应答"],
        }
    )
    await town.at(26)  # everyone in command, in their group, too
    everyone = "已等 25 分钟，仍无人接手。请任何一位指挥成员接手。"
    town.sees(
        {
            "p_ding": [everyone, everyone],
            "p_fu": [everyone, everyone],
            LEADERS: [f"👉 丁海针 傅领航\n{everyone}"] * 2,
            EAST: [f"👉 丁海针 傅领航\n{everyone}"] * 2,
        }
    )


async def test_it_repeats_until_somebody_takes_it(town: Town) -> None:
    await reported(town)
    await town.at(26)
    town.ignore()
    for minute, waited in ((36, 35), (46, 45), (56, 55)):
        await town.at(minute)
        new = town.new()
        for chief in ("p_ding", "p_fu"):
            both = [text for text in new[chief] if "没人接手" in text]
            assert len(both) == 1
            assert f"🚨 #1 🚚 送货车辆途中故障：2 件没人接手\n最久的已等 {waited} 分钟" in both[0]
            assert f"🔴 {SPARE}（安排好）⏰已迟" in both[0]
            assert f"🔴 {REPAIR}（修得快）" in both[0]
            assert "☎ 安排好" in both[0]
    await town.person("p_fu").presses("🙋 我来", on=SPARE)
    await town.person("p_fu").presses("🙋 我来", on=REPAIR)
    town.ignore()
    await town.at(62)  # taken late: the time starts anew, and nobody is paged meanwhile
    assert not [text for texts in town.new().values() for text in texts if SPARE in text]
    await town.at(75)  # fifteen minutes later it is overdue again, and climbs again
    assert any("傅领航 已接手但超时未完成" in text for text in town.new()["p_ding"])


async def test_whoever_takes_it_stops_the_paging(town: Town) -> None:
    await reported(town)
    await town.at(6)
    town.ignore()
    await town.person("p_dai").presses("🙋 我来", on=SPARE)
    await town.person("p_xiu").presses("🙋 我来", on=REPAIR)
    # The first one asked sees that somebody else has it; no new message disturbs them.
    assert "🟡 #1 派备用车前去接替\n戴理勤 已接手。" in town.card(town.person("p_an_ph"), "🟡")
    town.sees({})
    await town.at(10)
    town.sees({})
    await town.at(11)  # half of what was left: the one who has it is reminded
    town.sees(
        {
            "p_dai": [f"⏰ #1 {SPARE}\n您已接手，请在 08:15 前完成。"],
            EAST: ["👉 戴理勤\n您已接手，请在 08:15 前完成。"],
        }
    )
    await town.at(16)  # overdue
    town.sees(
        {
            "p_song": ["戴理勤 已接手但超时未完成"],
            EAST: ["👉 宋必达\n戴理勤 已接手但超时未完成"],
        }
    )


async def test_who_blocked_the_bot_is_passed_over_at_once(town: Town) -> None:
    town.person("p_an_ph").blocks_bot()
    await town.person("p_lu").types("/breakdown 环城东路K12+300")
    new = town.new()
    assert "安排好 联系不上。请您处理。" in new["p_dai"][0]
    assert town.minute() < 1
    incident = await town.incident(1)
    assert incident.steps["send_spare"].passed == ("p_an_ph",)
    # Known now: the next incident goes to the deputy without trying.
    await town.person("p_xing").types("/breakdown 环城西路")
    new = town.new()
    assert "p_an_ph" not in new
    assert any("#2 派备用车" in text for text in new["p_dai"])


async def test_who_writes_again_is_reached_again(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    dispatcher.blocks_bot()
    await town.person("p_lu").types("/breakdown 环城东路")
    town.stage.unblock(dispatcher.telegram)
    await dispatcher.types("/mine")
    town.ignore()
    await town.person("p_xing").types("/breakdown 环城西路")
    assert any("#2 派备用车" in text for text in town.new()["p_an_ph"])


async def test_everyone_in_command_gone_still_cries_in_the_groups(town: Town) -> None:
    for person in ("p_an_ph", "p_dai", "p_song", "p_fu", "p_ding"):
        town.person(person).blocks_bot()
    await reported(town)
    await town.at(30)
    new = town.new()
    assert any("仍无人接手" in text for text in new[LEADERS])
    await town.at(60)
    assert any("仍无人接手" in text for text in town.new()[LEADERS])


async def test_a_cry_for_help_that_stops_half_way(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown")
    town.sees({"p_lu": ["车在哪里"]})
    await town.at(4)
    town.sees({"p_lu": ["还需要您的位置才能派人"]})
    await town.at(9)  # silence after a cry for help: the dispatcher is told to phone
    new = town.new()
    assert "没等到位置，已先通知调度员" in "".join(new["p_lu"])
    assert "派备用车" in new["p_an_ph"][0]
    assert "📍 位置不明，请打电话问" in town.card(EAST, "途中故障")
    # The place still counts when it comes.
    await driver.shares_place(30.2, 120.4)
    assert "📍 30.20000, 120.40000" in town.card(EAST, "途中故障")


async def test_no_answer_to_are_you_all_right(town: Town) -> None:
    driver, dispatcher = town.person("p_lu"), town.person("p_an_ph")
    await reported(town)
    await dispatcher.presses("✅ 完成", on=SPARE)
    await town.person("p_bei").presses("🙋 我来")
    await town.at(31)
    assert "现场还好吗" in town.card(driver, "💬")
    town.ignore()
    await town.at(41)
    new = town.new()
    assert "驾驶员没有应答：打电话，打不通就派人去现场" in new["p_an_ph"][0]
    # A word from the driver, whatever it is, ends it.
    await driver.types("手机刚才没电了")
    assert "➖ #1 驾驶员没有应答" in town.card(dispatcher, "驾驶员没有应答")


async def test_who_was_missed_is_found_by_whoever_takes_over(town: Town) -> None:
    dispatcher, spare_driver = town.person("p_an_ph"), town.person("p_bei")
    await reported(town)
    await dispatcher.presses("✅ 完成", on=SPARE)
    await spare_driver.presses("🙋 我来")
    await town.at(42)
    assert "驾驶员没有应答" in town.card(dispatcher, "驾驶员没有应答")
    await spare_driver.presses("✅ 完成", on="开备用车")
    assert town.card(dispatcher, "驾驶员没有应答").startswith("➖ #1")


async def test_far_from_its_deadline_a_card_tells_whole_hours(town: Town) -> None:
    """Minutes are told where they matter; before, a card would be wrong or edited all day."""
    leader, keeper = town.person("p_ding"), town.person("p_xiu")
    await leader.types("/direct")
    await leader.types("车辆管理员")
    await leader.presses("车辆管理员")
    await leader.presses("东区", on="哪个区域")
    await leader.types("清点防雨布")
    await leader.types("5小时")
    await keeper.presses("🙋 我来")
    assert "（剩 4 小时）" in (far := town.card(EAST, "指令"))
    await town.at(29)
    assert town.card(EAST, "指令") == far
    await town.at(3 * 60)
    near = town.card(EAST, "指令")
    await town.at(3 * 60 + 6)
    assert town.card(EAST, "指令") != near
