"""A driver's breakdown, from the phone to the closed incident: who sees what, at which minute."""

from plans.incident import StepStatus
from tests.chat.town import Town

EAST, NORTH, SECURITY = "east_distribution", "north_distribution", "security"
LONG_TEXT = 500


async def test_a_breakdown_from_two_taps_to_its_close(town: Town) -> None:
    driver, dispatcher = town.person("p_lu"), town.person("p_an_ph")
    keeper, spare_driver, guard = town.person("p_xiu"), town.person("p_bei"), town.person("p_shi")

    # Two taps: share the place, say what it is.
    await driver.shares_place(30.2, 120.4)
    town.sees({"p_lu": ["位置收到了。发生了什么？"]})
    await driver.presses("🚚 车坏了")
    town.sees(
        {
            "p_lu": ["#1 已受理", "#1 挡住车道了吗？"],
            EAST: [
                "#1 送货车辆途中故障",
                "👉 安排好\n请在 08:15 前完成",
                "👉 修得快\n请在 09:00 前完成",
                "📌",
            ],
            "p_an_ph": ["🔔 #1 派备用车前去接替\n请在 08:15 前完成。"],
            "p_xiu": ["🔔 #1 安排拖车和维修"],
            "p_song": ["0/2 步完成"],
            "p_ding": ["0/2 步完成"],
            NORTH: ["贵区备用车 浙A·10009 已承诺给东区的故障车"],
        }
    )
    # East has no spare of its own: the nearest other region's is promised, with who brings it.
    assert "备用车：浙A·10009（北区，约 22 公里）贝用心 +86" in town.card(dispatcher, "派备用车")

    # The rest is asked after help is on its way; what blocks a lane is made safe.
    await driver.presses("是")
    town.sees(
        {
            "p_lu": ["放好警示牌，人员撤到安全处", "✓ #1 记下了：是\n#1 哪里坏了？"],
            EAST: ["👉 路平安\n请在 08:10 前完成"],
            SECURITY: ["#1 送货车辆途中故障", "👉 石守夜\n请在 08:20 前完成"],
            "p_shi": ["联系交警，保证通道安全畅通"],
        }
    )
    own = town.message(driver, "放好警示牌").labels
    assert own == ["🙋 我来", "✅ 完成", "✖️ 不行"]  # nobody else is there to hand it to
    await driver.presses("轮胎")
    town.sees({"p_lu": ["✓ #1 记下了：轮胎\n#1 还有几户没送？"]})
    await driver.types("八九户")
    # No answer, but no word is lost: it is passed on as a note.
    town.sees(
        {
            "p_lu": ["已记入 #1 并转告相关人员。\n这里要一个数字"],
            "p_an_ph": ["📝 #1 路平安：八九户"],
            "p_xiu": ["📝 #1 路平安：八九户"],
            "p_shi": ["📝 #1 路平安：八九户"],
            EAST: ["📝 #1 路平安：八九户"],
            SECURITY: ["📝 #1 路平安：八九户"],
        }
    )
    await driver.types("８")
    town.sees({"p_lu": ["✓ #1 记下了：8"]})
    await driver.presses("✅ 完成", on="警示牌")
    town.sees({})
    assert "✅ 放好警示牌，人员撤到安全处（路平安 08:00）" in town.card(EAST, "途中故障")

    # The dispatcher sends the spare; its driver says how long; the waiting driver is told.
    assert await dispatcher.presses("🙋 我来", on="派备用车") == "好，交给您了。"
    town.sees({})
    assert "🟡 ③派备用车前去接替\n　安排好 · 08:15 前" in town.card(EAST, "途中故障")
    assert "现在：派备用车前去接替 · 安排好" in town.card(driver, "已受理")
    assert await dispatcher.presses("✅ 完成", on="派备用车") == "已记为完成。"
    town.sees(
        {
            "p_lu": ["备用车已派出"],
            "p_bei": ["开备用车到现场，接过货物继续送货"],
            NORTH: ["#1 送货车辆途中故障", "👉 贝用心\n请在 09:30 前完成"],
        }
    )
    await spare_driver.presses("🙋 我来")
    town.sees({"p_bei": ["#1 大约多久能到？"]})
    await spare_driver.types("四十分钟")
    town.sees(
        {
            "p_bei": ["✓ #1 记下了：40 分钟"],
            "p_lu": ["贝用心 约 40 分钟后到（08:40）。\n☎ 贝用心 +86 10 5550 0173"],
            "p_an_ph": ["贝用心 约 40 分钟后到（08:40）"],
        }
    )
    assert "🚚 备用车 浙A·10009 贝用心 +86 10 5550 0173，约 08:40 到" in town.card(driver, "已受理")

    await guard.presses("✅ 完成")
    await keeper.presses("✅ 完成")
    town.sees({"p_xiu": ["#1 送到哪家修，预计何时修好？"]})
    await keeper.types("东门汽修厂，明天下午")
    town.sees(
        {
            "p_xiu": ["✓ #1 记下了：东门汽修厂，明天下午"],
            "p_lu": ["维修：东门汽修厂，明天下午（修得快）"],
            "p_an_ph": ["维修：东门汽修厂，明天下午（修得快）"],
        }
    )

    # Still in touch?
    await town.at(31)
    town.sees({"p_lu": ["💬 #1 现场还好吗？"]})
    assert await driver.presses("🆗 平安", on="现场还好吗") == "收到，平安就好。"
    town.sees({})

    # Taken over; closed by the dispatcher; the spare is free again.
    await town.at(39)
    await spare_driver.presses("✅ 完成", on="开备用车")
    town.sees(
        {
            "p_lu": ["备用车已接替，恢复送货"],
            "p_an_ph": ["🔔 #1 确认送货恢复、车辆送修，结束事件"],
            EAST: ["👉 安排好\n请在 09:39 前完成"],
        }
    )
    await dispatcher.presses("✅ 完成", on="结束事件")
    town.sees({"p_lu": ["事件已结束。辛苦了"], NORTH: ["备用车 浙A·10009 已归还"]})
    assert "🏁 08:39 结束（安排好）" in town.card(EAST, "途中故障")
    assert "🏁 08:39 结束（安排好）" in town.card(driver, "途中故障")

    incident = await town.incident(1)
    assert not incident.is_open
    assert incident.promises == {}
    assert all(s.status in (StepStatus.DONE, StepStatus.SKIPPED) for s in incident.steps.values())

    # Nothing more is ever said of it.
    await town.at(600)
    town.sees({})


async def test_every_message_fits_a_phone(town: Town) -> None:
    driver, dispatcher = town.person("p_lu"), town.person("p_an_ph")
    await driver.shares_place(30.2, 120.4)
    await driver.presses("🚚 车坏了")
    for answer in ("是", "轮胎"):
        await driver.presses(answer)
    await driver.types("12")
    await dispatcher.presses("✅ 完成", on="派备用车")
    await town.at(60)
    shown = town.sim.world.messages(by_bot=True)
    assert len(shown) > 40
    longest = max((s.text for s in shown), key=len)
    assert len(longest) <= LONG_TEXT, longest


async def test_the_whole_way_in_english(town: Town) -> None:
    driver, dispatcher = town.person("p_lu"), town.person("p_an_ph")
    for person in (driver, dispatcher):
        await person.types("/language")
        await person.presses("English")
        town.sees({person.id: ["语言", "All right, English from now on."]})
    await driver.types("/breakdown Ring Road K12+300")
    town.ignore()
    assert "#1 is under way" in town.card(driver, "under way")
    assert "Now: Send a spare vehicle to take over · 安排好 (asked)" in town.card(
        driver, "under way"
    )
    assert "Is it blocking a lane?" in town.card(driver, "#1 Is")
    sent = town.card(dispatcher, "Send a spare")
    assert "Please have it done by 08:15." in sent
    assert "📍 Ring Road K12+300" in sent
    # The group goes on in Chinese.
    assert "派备用车前去接替" in town.card(EAST, "派备用车")
