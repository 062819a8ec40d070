"""From a desk: reporting for others, merging, the spare chosen, a mistake cancelled."""

from plans.events import IncidentCancelled, IncidentStarted, NoteAdded
from tests.chat.town import Person, Town

EAST, NORTH, SOUTH = "east_distribution", "north_distribution", "south_distribution"
SPARE = "派备用车前去接替"


async def files_for(town: Town, dispatcher: str, typed: str, choice: str) -> None:
    """The dispatcher begins a report for whoever phoned; what that brings is not looked at."""
    person = town.person(dispatcher)
    await person.types("/for")
    await person.presses("🚚 送货车辆途中故障")
    await person.types(typed)
    await person.presses(choice)
    town.ignore()


async def says_it_blocks_the_way(person: Person) -> None:
    """An answer before its question comes up."""
    shown = person.town.message(person, "已替")
    person.stage.press(person.telegram, shown, "fact:1:blocked:yes", stale=True)
    await person.town.a_moment()


async def test_a_dispatcher_reports_for_a_driver_who_phoned(town: Town) -> None:
    dispatcher, driver = town.person("p_an_ph"), town.person("p_lu")

    await dispatcher.types("/for")
    town.sees({"p_an_ph": ["替人报告：出了什么事？"]})
    await dispatcher.presses("🚚 送货车辆途中故障")
    town.sees({"p_an_ph": ["替谁报告？打姓名、车牌，或手机后 4 位"]})
    await dispatcher.types("平安")
    town.sees({"p_an_ph": ["“平安”是哪一位？"]})
    await dispatcher.presses("路平安 · 驾驶员 · 东区")
    town.sees({"p_an_ph": ["路平安 在哪里？请打地址或桩号"]})
    await dispatcher.types("环城东路K12+300")
    new = town.new()

    # The driver is told what to do, and that they need not report it again.
    assert "#1 已受理\n已收到。请开双闪" in new["p_lu"][0]
    assert "安排好 · 调度员 替您报告了。" in new["p_lu"][0]
    # The questions are for whoever has the driver on the phone.
    assert "✓ #1 已替 路平安 报告。\n#1 " in new["p_an_ph"][-1]
    assert "安排好 代 路平安 报告 ☎ +86 10 5550 0101" in town.card(EAST, "途中故障")
    await says_it_blocks_the_way(dispatcher)
    # What is to be done out there is the driver's.
    assert "放好警示牌，人员撤到安全处" in town.card(driver, "警示牌")
    incident = await town.incident(1)
    assert (incident.reporter, incident.filed_by) == ("p_lu", "p_an_ph")
    assert incident.fact("vehicle") == "浙A10001"
    started = (await town.record(1))[0]
    assert isinstance(started, IncidentStarted)
    assert started.by == "p_an_ph"
    await dispatcher.types("/incident 1")
    assert "安排好 代 路平安 报告" in town.card(dispatcher, "经过")


async def test_the_region_is_the_drivers_not_that_of_who_files(town: Town) -> None:
    await files_for(town, "p_an_ph", "浙A10003", "马不停 · 驾驶员 · 南区")
    await town.person("p_an_ph").types("江滨路")

    assert (await town.incident(1)).region == "south"
    assert "#1 送货车辆途中故障" in town.card(SOUTH, "途中故障")


async def test_a_driver_the_bot_cannot_reach_is_phoned(town: Town) -> None:
    town.person("p_lu").blocks_bot()
    dispatcher = town.person("p_an_ph")
    await files_for(town, "p_an_ph", "路平安", "路平安 · 驾驶员 · 东区")
    await dispatcher.types("环城东路")
    await says_it_blocks_the_way(dispatcher)

    # Their own step passes on at once to who files, who is the next in line.
    assert "路平安 联系不上。请您处理。" in town.card(dispatcher, "警示牌")
    await dispatcher.presses("✅ 完成", on=SPARE)
    # What the reporter is to know is told to who filed it.
    assert "备用车已派出" in town.card(dispatcher, "备用车已派出")
    # The next time it is known beforehand.
    await files_for(town, "p_dai", "路平安", "路平安 · 驾驶员 · 东区")


async def test_somebody_who_is_not_on_the_list_is_helped_all_the_same(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/for")
    await dispatcher.presses("🚚 送货车辆途中故障")
    await dispatcher.types("外聘 王五")
    town.ignore()
    await dispatcher.presses("不在名册里，也要报告")
    await dispatcher.types("环城东路")

    assert "✓ #1 已替 外聘 王五 报告" in town.card(dispatcher, "已替")
    incident = await town.incident(1)
    assert (incident.reporter, incident.filed_by, incident.region) == ("p_an_ph", None, "east")
    notes = [e.text for e in await town.record(1) if isinstance(e, NoteAdded)]
    assert notes == ["代 外聘 王五 报告（不在名册）"]


async def test_only_who_may_reports_for_others(town: Town) -> None:
    await town.person("p_lu").types("/for")
    town.sees({"p_lu": ["只有调度、值班等岗位能替别人报告"]})
    await town.person("p_an_ph").types("/for", in_group=EAST)
    town.sees({EAST: ["请在与我的私聊里做"]})


async def two_breakdowns(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    await town.person("p_xing").types("/breakdown 环城西路")
    town.ignore()


async def test_two_incidents_become_one(town: Town) -> None:
    await two_breakdowns(town)
    assert (await town.incident(2)).fact("spare") == "浙A10004"
    await town.person("p_an_ph").types("/merge 2 1")
    new = town.new()

    assert "#2 已并入 #1。" in "".join(new["p_an_ph"])
    assert "#2 与 #1 是同一件事，已并入 #1" in new["p_xing"][0]
    assert "➕ #1 行万里 也报告了同一件事" in "".join(new["p_lu"])
    # Whoever had something to do in the later one is told to leave it.
    assert "#2 里您的事不用做了，以 #1 为准" in "".join(new["p_xiu"])
    later = await town.incident(2)
    assert (later.status, later.merged_into, later.promises) == ("merged", 1, {})
    assert (await town.incident(1)).also_reported == ("p_xing",)
    # What is said of it afterwards is said of the one it went into.
    shown = town.message(town.person("p_xing"), "#2 送货车辆途中故障")
    await town.person("p_xing").replies("人没事", shown)
    assert "已记入 #1" in town.card(town.person("p_xing"), "已记入")


async def test_a_button_offers_what_it_may_be_one_with(town: Town) -> None:
    await two_breakdowns(town)
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/incident 2")
    await dispatcher.presses("🔀 并入另一个事件")
    town.sees({"p_an_ph": ["经过", "#2 与哪个事件是同一件事？"]})
    assert await dispatcher.presses("#1 送货车辆途中故障 东区") == "#2 已并入 #1。"
    assert (await town.incident(2)).merged_into == 1
    # The button stays; what it says is no longer so.
    assert await dispatcher.presses("#1 送货车辆途中故障 东区") == "#2 已经结束。"


async def test_what_cannot_be_merged_and_why(town: Town) -> None:
    await two_breakdowns(town)
    dispatcher = town.person("p_an_ph")
    for typed, said in (
        ("/merge", "请写两个编号"),
        ("/merge 1", "请写两个编号"),
        ("/merge 1 1", "#1 不能并入自己"),
        ("/merge 1 99", "没有 #99 号事件"),
        ("/merge 一 二", "请写两个编号"),
    ):
        await dispatcher.types(typed)
        town.sees({"p_an_ph": [said]})
    await town.person("p_zhou").types("/merge 1 2")  # dispatcher of south
    town.sees({"p_zhou": ["#1 不在您指挥的区域"]})
    await town.person("p_lu").types("/merge 1 2")
    town.sees({"p_lu": ["只有调度和上级能做"]})
    await dispatcher.types("/merge 1 2")
    town.ignore()
    await dispatcher.types("/merge 1 2")
    town.sees({"p_an_ph": ["#2 已经结束"]})


async def test_the_dispatcher_chooses_the_spare(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await town.person("p_lu").shares_place(30.2, 120.4)
    await town.person("p_lu").presses("🚚 车坏了")
    town.ignore()
    await dispatcher.presses("🔁 换一辆", on=SPARE)
    town.sees({"p_an_ph": ["#1 现在是 浙A·10009。换成哪一辆？"]})
    labels = town.message(dispatcher, "换成哪一辆").labels
    assert labels == [
        "🔁 随便下一个",
        "浙A·10004 南区（最近），约 26 公里",
        "浙A·10012 总部，约 27 公里",
    ]
    assert await dispatcher.presses("浙A·10012 总部，约 27 公里") == "换成 浙A·10012。"
    assert (await town.incident(1)).fact("spare") == "浙A10012"
    # Pressed once more, on a bad connection: it is taken, and said so.
    said = await dispatcher.presses("浙A·10012 总部，约 27 公里")
    assert said == "刚被别处用了，请另选。"
    # "Any other" was any other than the first: it is another by now.
    assert await dispatcher.presses("🔁 随便下一个") == "换成 浙A·10012。"
    await dispatcher.presses("🔁 换一辆", on=SPARE)
    assert await dispatcher.presses("🔁 随便下一个") == "换成 浙A·10004。"


async def test_a_spare_that_is_gone_by_the_time_it_is_pressed(town: Town) -> None:
    await two_breakdowns(town)
    dispatcher = town.person("p_an_ph")
    await dispatcher.presses("🔁 换一辆", on=f"#1 {SPARE}")
    await dispatcher.presses("🔁 换一辆", on=f"#2 {SPARE}")
    last = "浙A·10012 总部"
    choices = town.message(dispatcher, "#1 现在是").labels
    label = next(each for each in choices if each.startswith(last))
    assert await dispatcher.presses(label, on="#1 现在是") == "换成 浙A·10012。"
    other = next(x for x in town.message(dispatcher, "#2 现在是").labels if x.startswith(last))
    assert await dispatcher.presses(other, on="#2 现在是") == "刚被别处用了，请另选。"


async def test_a_spare_that_breaks_down_on_its_way(town: Town) -> None:
    dispatcher, spare_driver = town.person("p_an_ph"), town.person("p_bei")
    await town.person("p_lu").types("/breakdown 环城东路")
    await dispatcher.presses("✅ 完成", on=SPARE)
    town.ignore()
    await spare_driver.types("/breakdown 北环路K3")
    new = town.new()

    assert "#1 的备用车 浙A·10009 自己出故障了（#2）。请换一辆。" in "".join(new["p_an_ph"])
    assert "#1 的备用车 浙A·10009 自己出故障了（#2）" in "".join(new[EAST])
    assert "备用车 浙A·10009 路上出了故障，已通知调度换车" in "".join(new["p_lu"])
    assert any(event.type == "resource_lost" for event in await town.record(1))
    await dispatcher.presses("🔁 换一辆", on="自己出故障了")
    assert await dispatcher.presses("🔁 随便下一个") == "换成 浙A·10012。"
    assert (await town.incident(2)).fact("spare") == "浙A10004"


async def test_the_driver_of_another_spare_is_asked_when_they_arrive_also_on_taking_all(
    town: Town,
) -> None:
    dispatcher, first, second = town.person("p_an_ph"), town.person("p_bei"), town.person("p_yi")
    await town.person("p_lu").types("/breakdown 环城东路")
    await dispatcher.presses("✅ 完成", on=SPARE)
    await first.presses("🙋 我来", on="#1")
    await first.presses("15 分钟")
    await first.types("/breakdown 北环路K3")
    await dispatcher.presses("🔁 换一辆", on="自己出故障了")
    await dispatcher.presses("🔁 随便下一个")
    town.ignore()

    town.stage.press(second.telegram, town.message(second, "#1"), "take_all", stale=True)
    await town.a_moment()
    assert "多久能到" in town.new()["p_yi"][-1]
    await second.presses("45 分钟")
    assert (await town.incident(1)).fact("eta") == 45


async def test_a_mistake_is_taken_back(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    town.ignore()
    await driver.types("/cancel")
    town.sees({"p_lu": ["撤销 #1：为什么？"]})
    assert await driver.presses("点错了") == "#1 已撤销，已通知相关人员。"
    told = "🚫 #1 送货车辆途中故障：已撤销，不用再做什么。\n原因：点错了（路平安）"
    town.sees(
        {
            "p_an_ph": [told],
            "p_xiu": [told],
            "p_song": [told],
            "p_ding": [told],
            EAST: [told],
            NORTH: ["备用车 浙A·10009 已归还"],
        }
    )
    assert "🚫 08:00 撤销（路平安）" in town.card(EAST, "报告 ☎")
    incident = await town.incident(1)
    assert (incident.status, incident.promises) == ("cancelled", {})
    assert isinstance((await town.record(1))[-1], IncidentCancelled)
    await town.at(120)
    town.sees({})


async def test_the_reason_may_be_typed(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await files_for(town, "p_an_ph", "路平安", "路平安 · 驾驶员 · 东区")
    await dispatcher.types("环城东路")
    await dispatcher.types("/cancel")
    await dispatcher.presses("✏️ 其他原因（打字）")
    await dispatcher.types("司机又打来说能走了")
    assert "原因：司机又打来说能走了（安排好）" in town.card(town.person("p_lu"), "🚫")
    assert (await town.incident(1)).status == "cancelled"


async def test_what_is_half_said_is_dropped_first(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    await driver.types("/accident")
    town.ignore()
    await driver.types("/cancel")
    town.sees({"p_lu": ["已取消，没有报告"]})
    assert (await town.incident(1)).is_open


async def test_after_ten_minutes_it_says_who_can_close_it(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    await town.at(11)
    town.ignore()
    await driver.types("/cancel")
    town.sees({"p_lu": ["#1 不能直接撤销：只有报告人在 10 分钟内可以"]})
    assert "☎ 安排好 +86 10 5550 0111" in town.card(driver, "不能直接撤销")
    # Who may close it may still call it a mistake.
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/incident 1")
    await dispatcher.presses("🚫 撤销")
    assert await dispatcher.presses("误报") == "#1 已撤销，已通知相关人员。"
    # Others may not.
    await driver.types("/cancel 1")
    assert "#1 已经结束" in town.card(driver, "#1 已经结束")


async def test_nothing_to_cancel(town: Town) -> None:
    await town.person("p_xiu").types("/cancel")
    town.sees({"p_xiu": ["没有可取消的"]})


async def test_help_is_sent_before_the_place_is_known(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await files_for(town, "p_an_ph", "路平安", "路平安 · 驾驶员 · 东区")
    asked = town.message(dispatcher, "路平安 在哪里")
    # This phone is not where the driver is: its place is not offered.
    assert "request_location" not in str(asked.body)
    assert asked.labels == ["🚨 还不清楚，先派人", "取消"]
    await dispatcher.presses("🚨 还不清楚，先派人")
    assert (await town.incident(1)).reporter == "p_lu"
    assert "📍 位置不明，请打电话问" in town.card(EAST, "途中故障")
    assert "#1 路平安 在哪里？" in town.card(dispatcher, "✓ #1 已替")
    await dispatcher.types("K12+300")
    place = (await town.incident(1)).place()
    assert place is not None
    assert place.text == "K12+300"
    # The driver may still send their own.
    await town.person("p_lu").shares_place(30.2, 120.4)
    assert "更新 #1 的位置" in town.message(town.person("p_lu"), "发生了什么").labels


async def test_a_report_for_somebody_that_stops_half_way(town: Town) -> None:
    await files_for(town, "p_an_ph", "路平安", "路平安 · 驾驶员 · 东区")
    await town.at(4)
    assert "还缺位置才能派人" in town.new()["p_an_ph"][0]
    await town.at(10)
    assert "没等到位置，#1 已先开始" in town.card(town.person("p_an_ph"), "没等到位置")
    incident = await town.incident(1)
    assert (incident.reporter, incident.filed_by) == ("p_lu", "p_an_ph")


async def test_the_whole_desk_in_english(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/language")
    await dispatcher.presses("English")
    await dispatcher.types("/for")
    await dispatcher.presses("🚚 Delivery vehicle broken down")
    await dispatcher.types("0101")
    await dispatcher.presses("路平安 · Driver · East")
    assert "Where is 路平安?" in town.card(dispatcher, "Where is")
    await dispatcher.types("Ring Road K3")
    assert "#1 is under way, reported for 路平安." in town.card(dispatcher, "reported for")
    await dispatcher.presses("🔁 Another one")
    assert "Which one instead?" in town.card(dispatcher, "Which one instead")
    assert await dispatcher.presses("🔁 Any other next") == "Now 浙A·10004."
    await dispatcher.types("/merge 1 1")
    assert "cannot be merged into itself" in town.card(dispatcher, "itself")
    await dispatcher.types("/cancel")
    said = await dispatcher.presses("Solved already")
    assert said == "#1 is cancelled and everybody concerned has been told."
    # Everybody reads the reason in their own language.
    assert "原因：已自行解决（安排好）" in town.card(town.person("p_lu"), "🚫")
    await dispatcher.types("/incident 1")
    assert "安排好 cancelled it: Solved already" in town.card(dispatcher, "cancelled it")
