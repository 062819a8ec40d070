"""The ways a report is made, joined, corrected; what is typed is read forgivingly."""

import pytest

from plans.place import Place
from tests.chat.town import Town, finish

EAST = "east_distribution"


async def test_the_command_asks_one_thing_at_a_time(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown")
    town.sees({"p_lu": ["车在哪里？"]})
    keyboard = town.sim.world.keyboard(driver.telegram, driver.telegram)
    assert keyboard is not None
    assert keyboard["keyboard"][0][0]["request_location"] is True
    await driver.shares_place(30.2, 120.4)
    new = town.new()["p_lu"]
    assert [text.partition("\n")[0] for text in new] == [
        "位置收到。",
        "🚚 #1 已受理",
        "#1 挡住车道了吗？",
    ]
    assert town.keys(driver) == ["🚚 车坏了", "🚨 出事故了", "📋 我的任务", "📞 打电话"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("环城东路与三号桥交叉口", "环城东路与三号桥交叉口"),
        ("k12+300", "K12+300"),
        ("Ｋ１２＋３００ 往西", "K12+300"),
        ("30.25,120.17", "30.25"),
    ],
)
async def test_a_place_may_be_typed(town: Town, typed: str, shown: str) -> None:
    await town.person("p_lu").types(f"/breakdown {typed}")
    assert shown in town.card(EAST, "途中故障")


async def test_a_driver_without_a_vehicle_is_asked_and_may_type_it_any_way(town: Town) -> None:
    # The market manager drives along in a vehicle that is not theirs.
    somebody = town.person("p_shang")
    await somebody.types("/breakdown 环城东路")
    assert town.new()["p_shang"][-1] == "#1 哪辆车？打车牌或后几位。"
    await somebody.types("浙ａ·１０００２")
    assert "✓ #1 记下了：浙A·10002" in town.card(somebody, "✓")
    assert "🚛 浙A·10002" in town.card(EAST, "途中故障")


async def test_the_last_digits_are_enough_and_several_matches_are_offered(town: Town) -> None:
    somebody = town.person("p_shang")
    await somebody.types("/breakdown 环城东路")
    town.ignore()
    await somebody.types("没牌")
    assert "没看懂车牌" in town.new()["p_shang"][0]
    await somebody.types("0002")
    assert (await town.incident(1)).fact("vehicle") == "浙A10002"


async def test_a_second_report_of_the_same_vehicle_joins_the_first(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    town.ignore()
    other = town.person("p_shang")
    await other.types("/breakdown 环城东路三号桥")
    town.ignore()  # their vehicle is not known yet: an incident of its own
    await other.types("浙A10001")
    new = town.new()
    assert "#2 与 #1 是同一件事，已并入 #1" in "".join(new["p_shang"])
    assert "➕ #1 商有道 也报告了同一件事" in "".join(new["p_an_ph"])
    assert (await town.incident(2)).merged_into == 1
    assert (await town.incident(1)).also_reported == ("p_shang",)
    assert len((await town.incident(1)).promises) == 1


async def test_the_same_driver_reporting_again_joins_at_once(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    town.ignore()
    await driver.shares_place(30.21, 120.41)
    assert "更新 #1 的位置" in town.message(driver, "发生了什么").labels
    await driver.presses("🚚 车坏了")
    new = town.new()
    assert "浙A·10001 已在 #1 中处理" in "".join(new["p_lu"])
    await driver.shares_place(30.22, 120.42)
    await driver.presses("更新 #1 的位置")
    place = (await town.incident(1)).place()
    assert place is not None
    assert (place.lat, place.lon) == (30.22, 120.42)


async def test_back_and_cancel(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown")
    await driver.types("取消")
    assert town.new()["p_lu"][-1] == "已取消，没有报告。"
    await driver.types("/breakdown 环城东路")
    await driver.presses("是")
    town.ignore()
    await driver.presses("‹ 返回", on="哪里坏了")
    assert town.new()["p_lu"] == ["#1 挡住车道了吗？"]
    await driver.presses("否")
    incident = await town.incident(1)
    assert incident.fact("blocked") == "no"
    assert incident.facts["blocked"].corrected == 1


async def test_a_fact_corrected_later_changes_what_is_done(town: Town) -> None:
    driver, guard = town.person("p_lu"), town.person("p_shi")
    await driver.types("/breakdown 环城东路")
    await driver.presses("是")
    town.ignore()
    await driver.presses("✏️ 更正")
    await driver.presses("挡道")
    await driver.presses("否", on="挡住车道")
    assert "✏️ #1 路平安 更正：挡道 是 → 否" in "".join(town.new()["p_an_ph"])
    assert town.card(guard, "联系交警").startswith("➖ #1")


async def test_skipping_questions_ends_them(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    await driver.presses("跳过", on="挡住车道")
    await driver.presses("跳过", on="哪里坏了")
    town.ignore()
    await driver.presses("跳过", on="几户")
    town.sees({"p_lu": ["没有要问的了"]})


async def test_a_live_place_is_followed_but_not_every_step_of_it(town: Town) -> None:
    driver = town.person("p_lu")
    live = town.stage.start_live(driver.telegram, driver.telegram, 30.2, 120.4, 3600)
    await town.a_moment()
    await driver.presses("🚚 车坏了")
    town.ignore()
    before = len(await town.record(1))
    for step in range(1, 6):  # 11 m each, seconds apart: dropped on purpose
        town.stage.move_live(driver.telegram, live, 30.2 + step * 0.0001, 120.4)
        await town.a_moment()
    assert len(await town.record(1)) == before
    town.stage.move_live(driver.telegram, live, 30.203, 120.4)  # 330 m: taken
    await town.a_moment()
    assert (await town.incident(1)).place() == Place(lat=30.203, lon=120.4)
    await town.at(town.minute() + 1.5)
    town.stage.move_live(driver.telegram, live, 30.2031, 120.4)  # a minute later: taken
    await town.a_moment()
    assert (await town.incident(1)).place() == Place(lat=30.2031, lon=120.4)
    town.sees({})


async def test_in_a_group_the_command_links_to_the_private_chat(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown", in_group=EAST)
    town.sees({EAST: ["请到私聊里报告"]})
    link = town.message(EAST, "私聊").buttons[0]["url"]
    assert link.endswith("?start=breakdown")
    town.stage.start(driver.telegram, "breakdown")
    await town.a_moment()
    town.sees({"p_lu": ["车在哪里？"]})


async def test_no_spare_anywhere(town: Town) -> None:
    """As many breakdowns as there are spares, and one more: the head of distribution decides."""
    company = town.desk.company
    broken = [p for p, v in company.vehicles.items() if not v.spare]
    spares = [p for p, v in company.vehicles.items() if v.spare]
    reporters = [town.person(company.vehicles[p].driver or "") for p in broken]
    for reporter in reporters[: len(spares)]:
        await reporter.types("/breakdown 环城路")
    promised = [
        p.thing
        for n in range(1, len(spares) + 1)
        for p in (await town.incident(n)).promises.values()
    ]
    assert sorted(promised) == sorted(spares)
    town.ignore()

    last = len(spares) + 1
    await reporters[len(spares)].types("/breakdown 环城西路")
    assert (await town.incident(last)).fact("spare") == "none"
    assert "全市没有空闲备用车" in "".join(town.new()["p_song"])
    head, group = town.person("p_song"), f"{(await town.incident(last)).region}_distribution"
    assert "⚠️ 派备用车前去接替：没有空闲备用车" in town.card(group, f"#{last} 送货")
    again = await head.presses("🔎 再找备用车", in_group=group, on=f"#{last} ")
    assert again == "还是没有空闲的备用车。"

    # The first incident ends: its spare is free, and looking again finds it.
    await finish(town, 1)
    town.ignore()
    await head.presses("🔎 再找备用车", in_group=group, on=f"#{last} ")
    assert (await town.incident(last)).fact("spare") in spares
    assert "➖" in town.card(head, "全市没有空闲备用车")


async def test_an_answered_question_keeps_its_words_and_loses_its_buttons(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    await driver.presses("是", on="挡住车道")
    answered = town.message(driver, "#1 挡住车道了吗？")
    assert answered.text == "#1 挡住车道了吗？ ✓"
    assert answered.labels == []
    await driver.presses("跳过", on="哪里坏了")
    assert town.message(driver, "#1 哪里坏了？").labels == []
    # Asked again it is a new message with buttons.
    town.ignore()
    await driver.presses("✏️ 更正")
    await driver.presses("挡道")
    assert town.message(driver, "#1 挡住车道了吗？").labels[:2] == ["是", "否"]
    assert town.new()["p_lu"][-1] == "#1 挡住车道了吗？"
