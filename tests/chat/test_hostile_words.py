"""What people type and send when they are in a hurry: too much, too long, or of an odd kind."""

from pathlib import Path

from tests.chat.test_hostile_directing import retire
from tests.chat.test_reassigning import away
from tests.chat.town import Town, a_town

EAST = "east_distribution"


async def test_bundled_steps_are_reminded_of_in_one_message(town: Town) -> None:
    for driver in ("p_lu", "p_xing"):
        await town.person(driver).types("/breakdown 环城东路")
    await away(town, "p_xiu")
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/reassign")
    await dispatcher.presses("⚡ 所有缺勤人员的事（2 件）")
    await dispatcher.presses("✅ 全部改派（2）")
    town.ignore()
    await town.at(7)
    told = [text for text in town.new()["p_song"] if text.startswith("⏰")]
    assert len(told) == 1, told
    assert "2 件事还没应答" in told[0]
    assert "#1 🔴 安排拖车" in told[0]
    assert "#2 🔴 安排拖车" in told[0]
    assert await town.person("p_song").presses("🙋 全部接手", on="⏰") == "2 件都交给您了，谢谢。"


async def test_a_note_of_somebody_with_a_part_in_a_dozen_incidents(town: Town) -> None:
    drivers = ("p_lu", "p_xing", "p_ma", "p_nan", "p_zuo", "p_yan_s", "p_cheng", "p_shun", "p_bu")
    for driver in drivers:
        await town.person(driver).types("/breakdown 环城东路")
    assert len(drivers) > 8
    head = town.person("p_song")
    await town.at(40)
    town.ignore()
    await head.types("大家先靠边等")
    shown = town.message(head, "记到哪个事件")
    assert len(shown.labels) == 8
    assert "回复" in shown.text


async def test_a_very_long_cry(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("车坏了，" * 1000)
    assert "要报告" in town.new()["p_lu"][0]
    await driver.presses("是，报告")
    await driver.types("环城东路")
    notes = [e for e in await town.record(1) if e.type == "note_added"]
    assert notes


async def test_words_with_signs(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("<b>车坏了</b> & {number} %s")
    await driver.presses("是，报告")
    await driver.types("环城<东>路 & {x}")
    assert "环城<东>路 & {x}" in town.card(EAST, "途中故障")


async def test_a_report_sent_twice_over_a_bad_connection(town: Town) -> None:
    driver = town.person("p_lu")
    for _ in range(2):
        await driver.types("/breakdown 环城东路")
    for _ in range(2):
        await driver.types("车坏在环城路了")
    assert town.store is not None
    assert (await town.incident(1)).also_reported == ()


async def test_a_place_that_the_dispatcher_shares_live_is_not_the_drivers(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.shares_place(30.1, 120.1)
    await dispatcher.types("/for")
    await dispatcher.presses("🚚 送货车辆途中故障")
    await dispatcher.types("路平安")
    await dispatcher.presses("路平安 · 驾驶员 · 东区")
    assert "路平安 在哪里" in town.card(dispatcher, "在哪里")


async def test_keys_of_somebody_half_way_through_an_order(town: Town) -> None:
    leader = town.person("p_ding")
    await leader.types("/direct")
    await leader.types("📋 我的任务")
    assert "没有" in town.new()["p_ding"][-1]
    await leader.types("梅有愁")
    assert town.message(leader, "是哪一位").labels[0].startswith("梅有愁")


async def test_no_region_and_no_role(town: Town) -> None:
    driver = town.person("p_max")  # company-wide, English
    await driver.types("truck broke down")
    await driver.presses("Yes, report it")
    await driver.types("Ring Road K3")
    assert (await town.incident(1)).region == "hq"


async def test_notes_to_an_incident_that_ended_are_still_kept(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    await driver.types("/cancel")
    await driver.presses("点错了")
    shown = town.message(driver, "#1")
    await driver.replies("其实是真的坏了", shown)
    notes = [e for e in await town.record(1) if e.type == "note_added"]
    assert notes[-1].text == "其实是真的坏了"


async def test_a_retired_colleagues_button_does_nothing(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    keeper = town.person("p_xiu")
    await retire(town, "p_xiu")
    query = town.stage.press(
        keeper.telegram, town.message(keeper, "安排拖车"), "ack:1:repair", stale=True
    )
    await town.a_moment()
    assert town.answer_to(query)
    assert (await town.incident(1)).steps["repair"].taken_by is None


async def test_words_that_several_plans_know_and_a_question_open(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    await driver.types("取消")  # nothing half said: the incident goes on
    assert (await town.incident(1)).is_open
    assert "没有可取消" in town.card(driver, "没有可取消")


async def test_an_old_offer_after_the_company_dropped_it(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("车坏了")
    shown = town.message(driver, "要报告")
    query = town.stage.press(driver.telegram, shown, "plan:gone", stale=True)
    await town.a_moment()
    assert town.answer_to(query) == "这个按钮已失效，请看最新消息。"


async def test_help_fits_a_screen_for_everybody(town: Town) -> None:
    for who in ("p_lu", "p_an_ph", "p_ding", "p_max"):
        person = town.person(who)
        await person.types("/help")
        assert len(town.new()[who][-1]) < 4096


async def test_a_restart_in_the_middle_of_an_order(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        leader = town.person("p_ding")
        async with town.running():
            await leader.types("/direct")
            await leader.types("梅有愁")
            await leader.presses("梅有愁 · 营销中心主任")
        async with town.running():
            await leader.types("检查轮胎")
            await leader.presses("1 小时")
            assert "检查轮胎" in town.card(town.person("p_mei"), "#1")


async def test_what_is_not_theirs_in_another_region(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    other = town.person("p_zhou")  # dispatcher of south
    await other.types("/language")
    shown = town.message(other, "语言")
    for data in (
        "swap:1:send_spare",
        "spare:1:send_spare:not-浙A10009",
        "merge:1:?",
        "merge:1:2",
        "undo:1:?",
        "undo:1:slip",
        "fact:1:blocked:yes",
        "ack:1:send_spare",
        "note:1",
        "moved:1",
    ):
        before = await town.incident(1)
        query = town.stage.press(other.telegram, shown, data, stale=True)
        await town.a_moment()
        assert town.answer_to(query) or data == "undo:1:?", data
        assert await town.incident(1) == before, data
    town.ignore()
    town.stage.press(other.telegram, shown, "show:1", stale=True)
    await town.a_moment()
    town.sees({"p_zhou": ["没有 #1 号事件"]})
