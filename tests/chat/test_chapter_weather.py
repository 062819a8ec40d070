"""The library's plan for severe weather, from the first warning to the last customer restocked."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from plans.incident import StepStatus
from tests.chat.town import Person, Town, a_town

LEADERS = "leading_group"
DUTY, HEAD, MANAGER = "p_ye", "p_song", "p_chang"


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town in which nothing begins by the clock, so that numbers are known."""
    async with a_town(tmp_path, routines=()) as quiet_town, quiet_town.running():
        yield quiet_town


async def warned(town: Town, colour: str = "橙色", area: str = "东区") -> None:
    """The duty officer reports a typhoon until tomorrow evening and sends the warning."""
    duty = town.person(DUTY)
    await duty.types(f"/weather {colour} 台风 明天18点")
    await duty.types(area)
    await duty.presses("📨 提交")
    await sends(town, "发预警")


async def sends(town: Town, step: str) -> None:
    duty = town.person(DUTY)
    await duty.presses("📣 预览并发送", on=step)
    label = next(one for one in town.message(duty, "预览：").labels if one.startswith("📨 发送"))
    await duty.presses(label, on="预览：")


async def proposed(town: Town, proposal: str = "暂停送货", affected: str = "少数客户") -> None:
    head = town.person(HEAD)
    await head.presses("✅ 完成", on="判断影响")
    await head.presses(proposal, on="送货怎么办")
    await head.presses(affected, on="影响多少客户")
    if proposal == "照常":
        return
    await head.presses("✅ 完成", on="调整送货时间")
    await head.presses("现在", on="从什么时候起停、改")
    await head.types("明天 9点")
    await head.types("东线今天停送，明天上午补")
    await head.types("客户经理逐户打电话")


async def suspended(town: Town, affected: str = "少数客户") -> None:
    await warned(town)
    await proposed(town, affected=affected)
    decides = DUTY if affected == "少数客户" else "p_ding"
    await town.person(decides).presses("✅ 同意", on="#1 决定")
    await sends(town, "通知员工")


async def ticks(person: Person, *places: int, on: str = "") -> None:
    for place in places:
        await person.presses(f"✅ {place} 已通知", on=on)


async def coloured(town: Town, colour: str) -> None:
    """The duty officer changes the colour from the incident's card."""
    duty = town.person(DUTY)
    await duty.types("/level 1")
    await duty.presses(colour)
    await duty.presses(f"✅ 改成 {colour}")


async def ready(town: Town) -> None:
    """What is checked and stopped before a storm."""
    await done(town, "p_cang", "检查仓库", "盯住仓库")
    await town.person("p_cang").presses("没进水")
    await done(town, "p_an_ph", "叫停在途车辆")


async def done(town: Town, person: str, *steps: str) -> None:
    for step in steps:
        await town.person(person).presses("✅ 完成", on=f"#1 {step}")


async def test_a_few_customers_are_phoned_pay_cash_and_are_restocked(town: Town) -> None:
    await suspended(town)
    manager = town.person(MANAGER)
    await ticks(manager, 1, 2, 3, 4, 5, 6, 7)
    incident = await town.incident(1)
    assert incident.steps["call_customers"].status is StepStatus.DONE
    # W7: the departments say that they do what is needed of them.
    for person in ("p_mei", "p_dan", "p_qian", "p_shu", "p_an_rs", "p_gong"):
        await done(town, person, "按配送中心的要求配合")
    # W4: finance confirms the switch, and those it is for are on a list.
    await done(town, "p_qian", "去不了银行的客户")
    await town.person("p_qian").presses("是", on="临时收现金吗")
    for place in range(1, 8):
        await manager.presses(f"✅ {place} 已定")
    await done(town, DUTY, "能恢复送货就按完成")
    await ticks(manager, 1, 2, 3, 4, 5, 6, 7, on="送货恢复了")
    await done(town, "p_qian", "恢复原来的结算方式")
    await sends(town, "通知员工：送货恢复了")
    assert "✅ 收到" in town.message(town.person("p_lu"), "东区恢复送货").labels
    await sends(town, "天气过去了")
    assert "🟢 解除" in town.card(town.person("p_lu"), "预警解除")
    # W5: restocked are those whom marketing chooses.
    await done(town, "p_mei", "给谁补货")
    await town.person("p_mei").presses("重点客户", on="给谁补货")
    assert "名单 1 户" in town.card(manager, "给重点客户补货")
    await manager.presses("✅ 1 已补货")
    await ready(town)
    await done(town, DUTY, "确认都恢复了")

    assert (await town.incident(1)).status == "closed"
    assert "大家辛苦了" in town.card(town.person(DUTY), "大家辛苦了")


async def test_when_the_end_moves_the_same_people_are_told_again(town: Town) -> None:
    await suspended(town)
    await ticks(town.person(MANAGER), 1, 2, 3, 4, 5, 6, 7)
    assert (await town.incident(1)).steps["tell_staff"].status is StepStatus.DONE
    head = town.person(HEAD)
    await head.types("/incident 1")
    await head.presses("✏️ 更正", on="📄")
    await head.presses("预计恢复")
    await head.types("明天 15点")

    assert "♻️ 预计恢复 改成了 7月7日周二 15:00：请再做一次" in town.card(town.person(DUTY), "♻️")
    resume = (await town.incident(1)).steps["resume_few"]
    assert resume.due_at is not None
    assert f"{resume.due_at:%d %H:%M}" == "07 14:59"
    await sends(town, "通知员工")
    told = town.card(town.person("p_lu"), "预计 7月7日周二 15:00 恢复")
    assert "东区暂停送货：7月6日周一 08:00 起" in told
    assert "东线今天停送" in told


async def test_orange_red_yellow_with_half_of_the_customers_called(town: Town) -> None:
    """Nothing that was done is lost, and nobody is called twice."""
    await suspended(town)
    manager = town.person(MANAGER)
    await ticks(manager, 1, 2, 3)
    await done(town, "p_an_ph", "叫停在途车辆")
    await coloured(town, "🔴 红色")
    assert (await town.incident(1)).headquarters is not None
    await coloured(town, "🟡 黄色")

    incident = await town.incident(1)
    calls = next(s.share for n, s in incident.steps.items() if n.startswith("call_customers/"))
    assert calls is not None
    assert [calls.called.get(one) for one in calls.calls or ()][:4] == [*["reached"] * 3, None]
    assert incident.steps["call_customers"].status is StepStatus.SHARED
    assert incident.steps["stop_driving"].status in (StepStatus.DONE, StepStatus.SKIPPED)
    assert incident.steps["decide"].status is StepStatus.DONE
    shown = town.card(manager, "名单 7 户")
    assert "还剩 4 户" in shown
    await ticks(manager, 4, 5, 6, 7)
    await coloured(town, "🟠 橙色")
    again = await town.incident(1)
    assert again.steps["call_customers"].status is StepStatus.DONE
    # The vehicles had been stopped already: nobody stops them twice.
    assert again.steps["stop_driving"].status is StepStatus.DONE


async def test_most_customers_are_told_by_the_public_notice_that_the_leader_allows(
    town: Town,
) -> None:
    await suspended(town, "大多数客户")
    marketing = town.person("p_mei")

    text = town.card(marketing, "点下面的文字")
    assert "公告：受台风影响，自 7月6日周一 08:00 起，东区暂停送货：东线今天停送" in text
    assert "预计 7月7日周二 09:00 恢复" in text
    await done(town, "p_mei", "向社会发公告")
    incident = await town.incident(1)
    assert incident.steps["call_customers"].status is StepStatus.SKIPPED
    assert "名单 1 户" in town.card(town.person(MANAGER), "给重点客户打电话")
    await done(town, "p_ding", "能恢复送货就按完成")
    assert "东区的送货服务自" in town.card(marketing, "恢复正常。感谢")


async def test_a_refusal_leaves_deliveries_as_they_are(town: Town) -> None:
    await warned(town)
    await proposed(town)
    await town.person(DUTY).presses("❌ 不同意", on="#1 决定")
    await town.person(DUTY).types("再等一小时看")

    assert "没有同意停、改：照常送货" in town.card(town.person(HEAD), "没有同意")
    assert (await town.incident(1)).steps["call_customers"].status is StepStatus.SKIPPED


async def test_a_flooded_store_calls_its_own_plan(town: Town) -> None:
    await warned(town)
    await done(town, "p_cang", "盯住仓库")
    await town.person("p_cang").presses("进水了")

    called = await town.incident(2)
    assert (called.plan, called.region) == ("warehouse-flood", "east")
    assert "#2 断电" in town.card(town.person("p_cang"), "断电")


async def test_a_second_report_joins_and_may_raise_the_colour(town: Town) -> None:
    await warned(town, "黄色")
    keeper = town.person("p_cang")
    await keeper.types("/weather 红色 台风 明天18点")
    await keeper.presses("📨 提交")

    assert "这里是 🟡 黄色，新的说法是 🔴 红色" in town.card(keeper, "已在处理")
    await keeper.presses("✏️ 预警 → 🔴 红色")
    assert (await town.incident(1)).fact("level") == "red"
    assert "🔴 红色" in town.first_card(LEADERS)


async def test_the_mornings_forecast_begins_it_or_joins_it(tmp_path: Path) -> None:
    async with a_town(tmp_path, routines=("weather-forecast",)) as town, town.running():
        await town.at(23 * 60 + 1)
        dispatcher = town.person("p_an_ph")
        for person, answer in (
            ("p_an_ph", "🟡 黄色"), ("p_shang", "没有预警"), ("p_cang", "🟠 橙色"),
        ):  # fmt: skip
            await town.person(person).presses("✅ 完成", on="查本区三日天气")
            await town.person(person).presses(answer, on="三日内有预警吗")

        looked = next(
            i for i in [await town.incident(n) for n in range(1, 7)] if i.region == "east"
        )
        assert looked.fact("level") == "orange"
        begun = await town.incident(7)
        assert (begun.plan, begun.region) == ("severe-weather", "east")
        assert begun.fact("level") == "yellow"  # the first to find one is not kept waiting
        assert "什么天气" in town.card(dispatcher, "什么天气")
        duty = town.person(DUTY)
        assert "这里是 🟡 黄色，新的说法是 🟠 橙色" in town.card(duty, "有新情况")
        await duty.presses("✏️ 预警 → 🟠 橙色")
        assert (await town.incident(7)).fact("level") == "orange"

        await town.at(47 * 60 + 1)  # the next morning there is one under way already
        await town.person("p_an_ph").presses("✅ 完成", on="查本区三日天气")
        await town.person("p_an_ph").presses("🔴 红色", on="三日内有预警吗")
        open_now = [n for n in range(8, 14) if (await town.incident(n)).plan == "severe-weather"]
        assert open_now == []
        assert len((await town.incident(7)).parents) == 2
        assert "这里是 🟠 橙色，新的说法是 🔴 红色" in town.card(duty, "有新情况")


async def test_the_same_in_english(town: Town) -> None:
    ivy, duty = town.person("p_ivy"), town.person(DUTY)
    await duty.types("/language")
    await duty.presses("English")
    await ivy.types("/weather orange typhoon tomorrow 18:00")
    await ivy.presses("📨 Send")

    assert "Orange" in town.card(ivy, "Severe weather")
    await duty.presses("📣 Preview and send", on="#1 Send the warning")
    assert "🟠 Orange warning: Typhoon. Area: West." in town.card(duty, "Orange warning")


async def test_the_public_notice_in_english_with_the_chinese_beside_it(town: Town) -> None:
    marketing, driver = town.person("p_mei"), town.person("p_lu")
    for person in (marketing, driver):
        await person.types("/language")
        await person.presses("English")
    await suspended(town, "大多数客户")

    shown = town.message(marketing, "Tap the text below")
    assert "Jiangzhou Distribution (demo): deliveries in East: Suspended (Typhoon)" in shown.text
    chinese = shown.button("📋 Copy the Chinese")
    assert chinese is not None
    assert "东区暂停送货" in chinese["copy_text"]["text"]
    assert "Deliveries in East: Suspended" in town.card(driver, "Deliveries in East")
    await driver.presses("✅ Got it", on="Orange warning")


async def test_a_storm_that_hits_most_after_all_is_decided_anew(town: Town) -> None:
    """Deliveries were suspended for a few, customers called, staff told; then it hits most: the
    leader decides, what was done stays done, and only what is new begins."""
    await suspended(town)
    manager, head, leader = town.person("p_chang"), town.person(HEAD), town.person("p_ding")
    await ticks(manager, 1, 2, on="逐户打电话")
    town.ignore()

    await head.types("/incident 1")
    await head.presses("✏️ 更正")
    await head.presses("影响")
    await head.presses("大多数客户")
    incident = await town.incident(1)
    assert incident.fact("affected") == "most"
    assert incident.steps["decide"].asked == ("p_ding",)
    assert incident.steps["tell_staff"].status is StepStatus.DONE
    assert incident.steps["call_customers"].status is StepStatus.SKIPPED

    await leader.presses("✅ 同意", on="#1 决定")
    incident = await town.incident(1)
    assert incident.steps["publish"].status is StepStatus.OPEN
    assert incident.steps["call_key_customers"].status is StepStatus.SHARED
    part = incident.steps["call_customers/1"].share
    assert part is not None
    assert len(part.called) == 2
