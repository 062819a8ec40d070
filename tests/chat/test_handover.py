"""A change of shift: a briefing to both, one press, and everything is the successor's."""

from plans.incident import StepStatus
from tests.chat.test_reassigning import away, owners
from tests.chat.town import Town

EAST = "east_distribution"
SPARE = "派备用车前去接替"


async def test_the_successor_gets_a_briefing_and_takes_over(town: Town) -> None:
    giver, receiver = town.person("p_an_ph"), town.person("p_dai")
    for driver in ("p_lu", "p_xing"):
        await town.person(driver).types("/breakdown 环城东路")
    await giver.presses("🙋 我来", on=f"#1 {SPARE}")
    await away(town, "p_shang")
    town.ignore()

    await giver.types("/handover")
    town.sees({"p_an_ph": ["交班给谁？"]})
    await giver.presses("戴理勤 · 调度员 · 东区")
    new = town.new()
    assert set(new) == {"p_an_ph", "p_dai"}
    assert "🔄 交班给 戴理勤：等对方按“接班”" in new["p_an_ph"][0]
    briefing = new["p_dai"][0]
    for line in (
        "🔄 安排好 向您交班",
        "进行中 2",
        "🚚 #1 送货车辆途中故障 · 东区",
        "要转交的事 2",
        f"#1 {SPARE} · 08:15 前",
        "在路上的备用车 2",
        "#1 浙A·10009 贝用心",
        "商有道（不在岗）",
    ):
        assert line in briefing
    # Nothing has changed hands yet.
    assert (await owners(town, 1))["send_spare"] == ("p_an_ph",)

    assert await receiver.presses("✅ 接班") == "接班了，2 件事归您。"
    for number in (1, 2):
        assert (await town.incident(number)).steps["send_spare"].taken_by == "p_dai"
        record = await town.record(number)
        handed = [e for e in record if e.type == "step_handed_over"]
        assert [(e.by, e.to) for e in handed] == [("p_an_ph", "p_dai")]
    town.sees(
        {
            "p_dai": ["📦 2 件事归您（安排好 转交）"],
            "p_an_ph": ["✅ 戴理勤 已接班，2/2 件事已转交"],
        }
    )
    assert "✅ 戴理勤 已接班。" in town.card(giver, "进行中")
    # Nobody is paged any more for what has been taken over; the next deadline is the successor's.
    await town.at(11)
    assert SPARE not in "".join(town.new().get("p_song", []))
    await receiver.presses("📋 逐条查看")
    await receiver.presses("✅ 完成", on=f"#1 🟡 {SPARE}")
    assert (await town.incident(1)).steps["send_spare"].status is StepStatus.DONE


async def test_a_successor_who_stays_silent(town: Town) -> None:
    giver, receiver = town.person("p_an_ph"), town.person("p_dai")
    await giver.types("/handover")
    await giver.presses("戴理勤 · 调度员 · 东区")
    town.ignore()
    await town.at(11)
    town.sees(
        {
            "p_dai": ["⏰ 安排好 还在等您接班"],
            "p_an_ph": ["⏰ 戴理勤 10 分钟没有接班，请打电话或另找一位"],
        }
    )
    assert "☎ 戴理勤 +86 10 5550 0112" in town.card(giver, "没有接班")
    await town.at(60)
    town.sees({})
    assert await receiver.presses("✅ 接班", on="还在等您") == "接班了，0 件事归您。"
    town.ignore()
    assert await receiver.presses("✅ 接班", on="还在等您") == "您已经接班了。"


async def test_another_successor_is_chosen(town: Town) -> None:
    giver = town.person("p_an_ph")
    await town.person("p_lu").types("/breakdown 环城东路")
    await giver.types("/handover")
    await giver.presses("戴理勤 · 调度员 · 东区")
    await giver.types("/handover")
    await giver.types("据全")
    await giver.presses("舒据全 · 信息中心主任")
    # The first one's button does nothing any more, and says so.
    first = town.person("p_dai")
    assert "作废" in town.card(first, "安排好 的这次交班")
    query = town.stage.press(
        first.telegram, town.message(first, "这次交班"), "relieve:1", stale=True
    )
    await town.a_moment()
    assert town.answer_to(query) == "这个按钮已失效，请看最新消息。"
    # Another department may take over: the dispatcher has command there.
    assert await town.person("p_shu").presses("✅ 接班") == "接班了，1 件事归您。"
    assert (await town.incident(1)).steps["send_spare"].taken_by == "p_shu"


async def test_only_the_one_chosen_takes_over(town: Town) -> None:
    giver, other = town.person("p_an_ph"), town.person("p_xiu")
    await giver.types("/handover")
    await giver.presses("戴理勤 · 调度员 · 东区")
    await other.types("/language")
    query = town.stage.press(other.telegram, town.message(other, "语言"), "relieve:1", stale=True)
    await town.a_moment()
    assert town.answer_to(query) == "这个按钮已失效，请看最新消息。"


async def test_the_briefing_of_a_bad_night_fits_one_screen(town: Town) -> None:
    drivers = ("p_lu", "p_xing", "p_ma", "p_nan", "p_zuo", "p_yan_s", "p_cheng", "p_shun", "p_bu")
    for driver in drivers:
        await town.person(driver).types("/breakdown 环城东路与三号桥交叉口往西三百米加油站对面")
        await town.person(driver).types("/sos 环城东路")
    giver = town.person("p_song")
    await away(town, *drivers, "p_xiu", "p_che", "p_you", "p_guan", "p_long")
    town.ignore()
    await giver.types("/handover")
    await giver.types("叶不眠")
    await giver.presses("叶不眠 · 应急办值班员")
    briefing = town.card(town.person("p_ye"), "向您交班")
    assert "……还有" in briefing
    assert "进行中 18" in briefing
    assert len(briefing) <= 4096
