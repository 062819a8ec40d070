"""A plan that calls another: both go on side by side, each knowing of the other."""

from plans.incident import StepStatus
from tests.chat.town import Town

LEADERS = "leading_group"
CALLING = "按服务中断预案处理"


async def accident(town: Town, *, sales: str = "是") -> None:
    """A safety accident in the east; whether sales suffer is the last answer."""
    driver = town.person("p_lu")
    await driver.types("/safety 东仓门口")
    await driver.presses("人员受伤", on="出了什么事")
    await driver.presses("否", on="有人受伤")
    await driver.presses(sales, on="会影响")


async def decided(town: Town, *, go_on: bool = True) -> None:
    """The leader has decided on #2: go on as before; with that, nothing is left but to close."""
    await town.person("p_ding").presses("✅ 完成", on="#2 决定")
    await town.person("p_ding").presses("照常" if go_on else "暂停", on="怎么办")


async def test_one_answer_calls_the_other_plan(town: Town) -> None:
    await accident(town)

    leader = town.person("p_ding")
    assert "➡️ 正在按 #2 送货销售受影响 处理" in town.card(leader, CALLING)
    assert "#2 决定：暂停、改期还是照常送货" in town.card(leader, "#2 决定")
    assert "↩️ 由 #1 安全事故 引出" in town.card(LEADERS, "📦 #2 送货")
    assert "➡️ 见 #2 送货销售受影响" in town.card(LEADERS, "🦺 #1 安全事故")


async def test_what_the_child_wants_to_know_is_asked_of_whoever_reported(town: Town) -> None:
    await accident(town)
    driver = town.person("p_lu")

    assert "#2 哪些线路、客户受影响" in town.card(driver, "哪些线路")
    await driver.types("东一线")
    assert (await town.incident(2)).fact("affected") == "东一线"


async def test_without_it_there_is_one_incident_only(town: Town) -> None:
    await accident(town, sales="否")

    assert "#2" not in "".join(text for texts in town.new().values() for text in texts)
    assert (await town.incident(1)).steps["sales"].status is StepStatus.SKIPPED


async def test_when_the_child_closes_the_step_is_done(town: Town) -> None:
    await accident(town)
    await decided(town)
    await town.person("p_song").presses("✅ 完成", on="#2 确认客户")

    assert (await town.incident(2)).status == "closed"
    assert (await town.incident(1)).steps["sales"].status is StepStatus.DONE
    assert "✅ 按服务中断预案处理送货和销售（宋必达" in town.card(LEADERS, "🦺 #1 安全事故")


async def test_a_parent_may_close_before_its_child_and_both_say_so(town: Town) -> None:
    await accident(town)
    leader = town.person("p_ding")
    await leader.presses("✅ 完成", on=f"#1 {CALLING}")
    for step in ("马上赶到现场，指挥", "马上赶到现场", "逐级上报"):
        await town.person("p_an_rs" if step != "马上赶到现场" else "p_shang").presses(
            "✅ 完成", on=step
        )
    await town.person("p_an_rs").types("上级单位，八点十分")
    await town.person("p_an_rs").presses("✅ 完成", on="确认人员安置好")

    assert (await town.incident(1)).status == "closed"
    assert (await town.incident(2)).is_open
    assert "➡️ #2 送货销售受影响 仍在进行" in town.card(LEADERS, "🦺 #1 安全事故")
    assert "↩️ 引出它的 #1 安全事故 已结束，本事件继续" in town.card(LEADERS, "📦 #2 送货")
    await decided(town)
    await town.person("p_song").presses("✅ 完成", on="#2 确认客户")
    assert "➡️ #2 送货销售受影响 仍在进行" not in town.card(LEADERS, "🦺 #1 安全事故")


async def test_a_child_that_is_taken_back_gives_the_step_to_its_owner(town: Town) -> None:
    await accident(town)
    town.ignore()
    driver, leader = town.person("p_lu"), town.person("p_ding")
    await driver.types("/cancel 2")
    await driver.presses("点错了")

    assert "送货销售受影响 已取消，这一步请您决定" in town.card(leader, "#1 按服务")
    assert "➡️" not in town.card(LEADERS, "🦺 #1 安全事故")
    await town.at(6)  # and is chased for it again
    assert "按服务中断预案处理" in "".join(town.new()["p_ding"])
    await leader.presses("✅ 完成", on="这一步请您决定")
    assert (await town.incident(1)).steps["sales"].status is StepStatus.DONE


async def test_whoever_was_asked_already_is_asked_later(town: Town) -> None:
    """The driver is in the middle of another question when the child wants to know something."""
    await accident(town, sales="否")
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路K12+300")
    await driver.presses("✏️ 更正", on="#1")
    await driver.presses("影响送货销售")
    await driver.presses("是", on="会影响")

    assert "哪些线路" not in "".join(town.new()["p_lu"])
