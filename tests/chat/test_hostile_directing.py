"""Directing by people who press twice, too late, or what is not theirs."""

from handlers.directing.handovers import HANDOVERS
from handlers.documents import INCIDENTS, PEOPLE
from handlers.records.registers import MEMBERS, RegisteredPerson
from simulator.messages import Shown
from tests.chat.test_directing import SPARE, files_for, two_breakdowns
from tests.chat.test_reassigning import away, owners
from tests.chat.town import Person, Town

EAST = "east_distribution"
TEXT = "检查全部车辆的轮胎和防滑链"


async def forges(person: Person, on: str, data: str) -> str:
    """Press a button that was never there; returns the answer."""
    shown = person.town.message(person, on)
    query = person.stage.press(person.telegram, shown, data, stale=True)
    await person.town.a_moment()
    return person.town.answer_to(query)


async def writes_an_order(leader: Person, text: str = TEXT) -> None:
    await leader.types("/direct")
    await leader.types("梅有愁")
    await leader.presses("梅有愁 · 营销中心主任")
    await leader.types(text)


# Orders


async def test_a_deadline_of_no_time_or_of_a_year_is_refused(town: Town) -> None:
    leader = town.person("p_ding")
    await writes_an_order(leader)
    for minutes in ("0", "1", "99999"):
        said = await forges(leader, "什么时候之前", f"order:due:{minutes}")
        assert said == "这个按钮已失效，请看最新消息。"
    for typed in ("1000天", "0.5秒", "365天", "2030年1月1日", "31天后", "半秒"):
        await leader.types(typed)
        assert "请写时间长短或钟点" in town.new()["p_ding"][-1]


async def test_an_order_that_was_given_up_does_not_go_out(town: Town) -> None:
    leader = town.person("p_ding")
    for dropped in ("/cancel", "取消"):
        await writes_an_order(leader)
        await leader.types(dropped)
        assert "好，不问了" in town.new()["p_ding"][-1]
        assert await leader.presses("1 小时") == "这个按钮已失效，请看最新消息。"
        await leader.types("轮胎也要看")
        assert "没听懂" in town.new()["p_ding"][-1]
    assert "p_mei" not in town.new()


async def test_an_order_goes_out_once(town: Town) -> None:
    leader = town.person("p_ding")
    await writes_an_order(leader)
    town.ignore()
    await leader.presses("1 小时")
    assert await leader.presses("1 小时") == "这个按钮已失效，请看最新消息。"
    assert len([x for x in town.new()["p_mei"] if TEXT in x]) == 1


async def test_signs_in_an_order_are_only_signs(town: Town) -> None:
    leader = town.person("p_ding")
    words = "<b>{number}</b> & 检查 %s {{x}} </a>"
    await writes_an_order(leader, words)
    await leader.presses("1 小时")
    assert words in town.card(town.person("p_mei"), "检查")
    await leader.types("/directs")
    assert "<b>{number}</b>" in town.card(leader, "我下的指令")


async def test_more_than_ten_orders_the_newest_first(town: Town) -> None:
    leader = town.person("p_ding")
    for n in range(12):
        await writes_an_order(leader, f"第{n}件")
        await leader.presses("1 小时")
    await leader.types("/directs")
    listed = town.card(leader, "我下的指令")
    assert "第11件" in listed.splitlines()[1]
    assert "第1件" not in listed
    assert "还有 2" in listed


# Cancelling


async def test_a_reason_is_typed_in_private_only(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    await driver.types("/cancel", in_group=EAST)
    shown = town.message(EAST, "撤销 #1：为什么")
    assert "✏️ 其他原因（打字）" not in shown.labels
    query = town.stage.press(driver.telegram, shown, "undo:1:other", stale=True)
    await town.a_moment()
    assert town.answer_to(query) == "这项请在与我的私聊里做。"
    await driver.types("前轮爆了")
    assert (await town.incident(1)).is_open


async def test_what_answers_a_question_that_came_since_is_no_reason(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    await driver.types("/cancel")
    await driver.presses("✏️ 其他原因（打字）")
    shown = town.message(driver, "撤销")
    town.stage.press(driver.telegram, shown, "ask:1:fault", stale=True)  # corrects an answer
    await town.a_moment()
    await driver.types("轮胎")
    await driver.types("人都没事")
    assert (await town.incident(1)).is_open


async def test_a_colleague_cannot_cancel(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    other = town.person("p_zhou")
    await other.types("/language")
    said = await forges(other, "语言", "undo:1:slip")
    assert said
    assert (await town.incident(1)).is_open


# Spares


async def test_any_other_pressed_twice_swaps_once(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await town.person("p_lu").types("/breakdown 环城东路")
    await dispatcher.presses("🔁 换一辆", on=SPARE)
    town.ignore()
    await dispatcher.presses("🔁 随便下一个")
    now = (await town.incident(1)).fact("spare")
    await dispatcher.presses("🔁 随便下一个")
    assert (await town.incident(1)).fact("spare") == now


# Handing over


async def test_a_successor_chosen_twice_is_told_once(town: Town) -> None:
    giver = town.person("p_an_ph")
    await giver.types("/handover")
    town.ignore()
    await giver.presses("戴理勤 · 调度员 · 东区")
    await giver.presses("戴理勤 · 调度员 · 东区")
    assert len(town.new()["p_dai"]) == 1


async def test_a_shift_of_yesterday_is_not_taken_over_today(town: Town) -> None:
    giver, receiver = town.person("p_an_ph"), town.person("p_dai")
    await giver.types("/handover")
    await giver.presses("戴理勤 · 调度员 · 东区")
    await town.at(24 * 60)
    await town.person("p_lu").types("/breakdown 环城东路")
    said = await receiver.presses("✅ 接班", on="还在等您")
    assert said == "这个按钮已失效，请看最新消息。"
    assert (await owners(town, (await numbers(town))[-1]))["send_spare"] == ("p_an_ph",)


async def test_past_shifts_are_not_kept_for_ever(town: Town) -> None:
    giver, receiver = town.person("p_an_ph"), town.person("p_dai")
    for _ in range(3):
        await giver.types("/handover")
        await giver.presses("戴理勤 · 调度员 · 东区")
        await receiver.presses("✅ 接班")
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        assert len(await turn.find(HANDOVERS)) == 1


async def test_who_has_no_shift_to_hand_over(town: Town) -> None:
    await town.person("p_lu").types("/handover")
    assert "交班只有调度、值班和上级能做" in town.new()["p_lu"][0]


# Reassigning


async def test_a_step_taken_meanwhile_stays_with_who_took_it(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    dispatcher = town.person("p_an_ph")
    await away(town, "p_xiu")
    await dispatcher.types("/reassign")
    await dispatcher.presses("修得快 · 不在岗 · 1 件")
    await dispatcher.presses("↪️ 改派选中的（1）")
    await town.at(6)  # silence: it climbs
    head = town.person("p_song")
    await head.presses("🙋 我来", in_group=EAST, on="安排拖车")
    await dispatcher.presses("戴理勤 · 调度员 · 东区", on="转给谁")
    assert (await town.incident(1)).steps["repair"].taken_by == "p_song"
    assert "✗ #1 安排拖车" in town.card(dispatcher, "已改派 0/1")


async def test_what_is_ticked_must_be_that_persons(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    await town.person("p_ma").types("/breakdown 江滨路")
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/reassign")
    await dispatcher.presses("修得快 · 在岗 · 1 件")
    shown = town.message(dispatcher, "手上有")
    mark = next(d for d in _data(shown) if d.startswith("tick:")).split(":")[1]
    for step in ("2:repair", "1:send_spare", "7:nothing", "1:没有", "1:"):
        await forges(dispatcher, "手上有", f"tick:{mark}:{step}")
    assert town.message(dispatcher, "手上有").labels == [
        "☑️ #1 安排拖车和维修",
        "↪️ 改派选中的（1）",
    ]
    # Somebody of another region cannot do it with these buttons.
    other = town.person("p_zhou")
    await other.types("/language")
    assert await forges(other, "语言", f"whom:{mark}") == "这个按钮已失效，请看最新消息。"


def _data(shown: Shown) -> list[str]:
    rows = shown.body["reply_markup"]["inline_keyboard"]
    return [button["callback_data"] for row in rows for button in row]


# Merging


async def test_what_only_the_later_report_knew_is_kept(town: Town) -> None:
    await town.person("p_lu").types("/accident 环城东路")
    await town.person("p_xing").types("/accident 环城东路红绿灯")
    second = town.person("p_xing")
    shown = town.message(second, "#2")
    town.stage.press(second.telegram, shown, "fact:2:hurt:yes", stale=True)
    await town.a_moment()
    assert (await town.incident(2)).fact("hurt") == "yes"
    assert (await town.incident(1)).fact("hurt") is None
    await town.person("p_an_ph").types("/merge 1 2")
    assert (await town.incident(1)).fact("hurt") == "yes"


async def test_what_the_two_reports_say_differently_is_noted(town: Town) -> None:
    await town.person("p_lu").types("/accident 环城东路")
    await town.person("p_xing").types("/accident 环城东路红绿灯")
    for n, (who, said) in enumerate((("p_lu", "no"), ("p_xing", "yes")), start=1):
        person = town.person(who)
        await forges_fact(person, n, "hurt", said)
    await town.person("p_an_ph").types("/merge 1 2")
    assert (await town.incident(1)).fact("hurt") == "no"
    notes = [e.text for e in await town.record(1) if e.type == "note_added"]
    assert any("#2" in text and "是" in text for text in notes), notes


async def forges_fact(person: Person, number: int, fact: str, value: str) -> None:
    shown = person.town.message(person, f"#{number}")
    person.stage.press(person.telegram, shown, f"fact:{number}:{fact}:{value}", stale=True)
    await person.town.a_moment()


async def test_an_order_is_nothing_to_merge(town: Town) -> None:
    await two_breakdowns(town)
    await writes_an_order(town.person("p_ding"))
    await town.person("p_ding").presses("1 小时")
    await town.person("p_ding").types("/merge 1 3")
    assert (await town.incident(3)).is_open


# Filing


async def test_a_name_full_of_signs_and_a_very_long_one(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    for typed in ("<b>外聘</b> & {x}", "长" * 60, "长" * 600):
        await dispatcher.types("/for")
        await dispatcher.presses("🚚 送货车辆途中故障")
        await dispatcher.types(typed)
        assert typed[:40] in town.new()["p_an_ph"][-1]
        await dispatcher.presses("不在名册里，也要报告")
        assert f"{typed[:40]}" in town.new()["p_an_ph"][-1]


async def test_help_now_belongs_to_the_report_it_stands_under(town: Town) -> None:
    await files_for(town, "p_an_ph", "路平安", "路平安 · 驾驶员 · 东区")
    await files_for(town, "p_an_ph", "行万里", "行万里 · 驾驶员 · 东区")
    dispatcher = town.person("p_an_ph")
    await dispatcher.presses("🚨 还不清楚，先派人", on="路平安 在哪里")
    assert "p_xing" not in {(await town.incident(n)).reporter for n in await numbers(town)}


async def numbers(town: Town) -> list[int]:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        return [i.number for i in await turn.find(INCIDENTS)]


# Reports that come twice


async def test_a_cry_for_help_that_comes_twice_is_one_incident(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/sos 环城东路 车窗碎了")
    await driver.types("/sos 环城东路 车窗碎了")
    assert await numbers(town) == [1]


# People by name


async def test_people_are_found_as_in_the_directory(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/handover")
    for typed in ("dailiqin", "dlq", "理勤", "0112", "戴理勤"):
        await dispatcher.types(typed)
        assert town.message(dispatcher, "是哪一位").labels[0] == "戴理勤 · 调度员 · 东区", typed
    await dispatcher.types("驾驶员")
    assert "请多打几个字" in town.new()["p_an_ph"][-1]
    assert len(town.message(dispatcher, "是哪一位").labels) == 8


async def test_two_dispatchers_at_once(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    await away(town, "p_xiu")
    first, second = town.person("p_an_ph"), town.person("p_ye")
    for each in (first, second):
        await each.types("/reassign")
        await each.presses("⚡ 所有缺勤人员的事（1 件）")
    await first.presses("✅ 全部改派（1）")
    assert await second.presses("✅ 全部改派（1）") == "没有落在缺勤人员手上的事了。"


async def test_an_absence_of_the_successor(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    giver, receiver = town.person("p_an_ph"), town.person("p_dai")
    await giver.types("/handover")
    await giver.presses("戴理勤 · 调度员 · 东区")
    await away(town, "p_dai")
    town.ignore()
    said = await receiver.presses("✅ 接班")
    assert "您登记为不在岗" in said
    assert "p_an_ph" not in town.new()
    assert (await owners(town, 1))["send_spare"] == ("p_an_ph",)


async def test_the_giver_of_a_shift_leaves_the_company(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    giver, receiver = town.person("p_an_ph"), town.person("p_dai")
    await giver.types("/handover")
    await giver.presses("戴理勤 · 调度员 · 东区")
    await retire(town, "p_an_ph")
    assert await receiver.presses("✅ 接班") == "接班了，1 件事归您。"


async def test_an_order_to_somebody_who_left_meanwhile(town: Town) -> None:
    leader = town.person("p_ding")
    await writes_an_order(leader)
    await retire(town, "p_mei")
    said = await leader.presses("1 小时")
    assert "p_mei" not in town.new()
    assert said == "您只能给下级和本部门下指令。"


async def test_merging_tells_whoever_reported_both_only_once(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    await town.person("p_lu").types("/accident 环城东路")
    town.ignore()
    await town.person("p_an_ph").types("/merge 1 2")
    texts = "".join(town.new().get(EAST, []))
    assert "也报告了同一件事" not in texts


async def test_a_second_reporter_who_asks_to_cancel(town: Town) -> None:
    await two_breakdowns(town)
    await town.person("p_an_ph").types("/merge 1 2")
    town.ignore()
    await town.person("p_xing").types("/cancel 1")
    assert "只有报告人在 10 分钟内可以" in town.new()["p_xing"][0]


async def retire(town: Town, person: str) -> None:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        known = (await town.desk.roster(turn)).company.people[person]
        record = known.model_copy(update={"retired": True})
        turn.put(MEMBERS, RegisteredPerson(id=person, record=record))
    await town.a_moment()


async def test_a_phone_that_moves_is_the_dispatchers_not_the_drivers(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    live = town.stage.start_live(dispatcher.telegram, dispatcher.telegram, 30.1, 120.1, 3600)
    await town.a_moment()
    await dispatcher.types("/for")
    await dispatcher.presses("🚚 送货车辆途中故障")
    await dispatcher.types("外聘 王五")
    await dispatcher.presses("不在名册里，也要报告")
    await dispatcher.types("环城东路")
    await town.at(5)
    town.stage.move_live(dispatcher.telegram, live, 30.3, 120.3)
    await town.a_moment()
    place = (await town.incident(1)).place()
    assert place is not None
    assert place.text == "环城东路"


async def test_who_is_away_stands_before_who_never_came(town: Town) -> None:
    giver = town.person("p_song")
    for person in ("p_lu", "p_xing"):
        await lose_account(town, person)
    await away(town, "p_xiu")
    await giver.types("/handover")
    await giver.types("叶不眠")
    await giver.presses("叶不眠 · 应急办值班员")
    briefing = town.card(town.person("p_ye"), "向您交班")
    lines = briefing.splitlines()
    assert lines.index("修得快（不在岗）") < lines.index("路平安（没有账号）")


async def test_a_region_more_than_one_screen_holds(town: Town) -> None:
    leader = town.person("p_ding")
    await leader.types("/direct")
    shown = town.message(leader, "给谁")
    for data in ("order:where:0", "order:where:9"):
        town.stage.press(leader.telegram, shown, data, stale=True)
        await town.a_moment()
    await leader.types("车辆管理")
    await leader.presses("车辆管理员")
    assert await forges(leader, "哪个区域", "order:where:0") == ""
    assert town.message(leader, "哪个区域").labels[:2] == ["东区", "南区"]


async def test_everything_taken_at_once_from_a_group(town: Town) -> None:
    for driver in ("p_lu", "p_xing"):
        await town.person(driver).types("/breakdown 环城东路")
    keeper = town.person("p_xiu")
    await keeper.types("/mine", in_group=EAST)
    query = town.stage.press(keeper.telegram, town.message(EAST, "#1"), "take_all", stale=True)
    await town.a_moment()
    assert town.answer_to(query) == "2 件都交给您了，谢谢。"


async def lose_account(town: Town, person: str) -> None:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        state = (await town.desk.roster(turn)).state(person)
        assert state is not None
        turn.put(PEOPLE, state.model_copy(update={"telegram": None}))
    await town.a_moment()
