"""The library's plans for stock, from the form to the customer's word, as people live them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from plans.incident import StepStatus
from tests.chat.requests import form_of
from tests.chat.town import Town, a_town

DAY = 24 * 60
ASK = "/stock 早市 云杉 20 婚宴 周五"
FORM = "应急货源"


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town in which nothing begins by the clock, so that numbers are known."""
    async with a_town(tmp_path, routines=()) as quiet_town, quiet_town.running():
        yield quiet_town


async def asked(town: Town, line: str = ASK, *, wait: str = "否") -> None:
    manager = town.person("p_chang")
    await manager.types(line)
    await manager.presses(wait, on="等不到")
    await manager.presses("📨 提交")


async def test_what_can_wait_goes_into_the_order_of_the_customers_order_day(town: Town) -> None:
    await asked(town)
    await town.person("p_ke").presses("✅ 同意 20条", on="#1 审批应急货源")
    assert "#1 把货留出来" in town.card(town.person("p_cang"), "把货留出来")
    await town.person("p_cang").presses("✅ 完成", on="把货留出来")
    clerk = town.person("p_dan")
    assert "订货日：7月6日周一 09:00" in town.card(clerk, "记入客户订货日")
    await clerk.presses("✅ 完成", on="记入客户订货日")
    manager = town.person("p_chang")
    copied = town.message(manager, "点下面的文字").button("📋 复制")
    assert copied is not None
    assert copied["copy_text"]["text"] == (
        "您好，您申请的云杉已批准，数量 20条，7月10日周五 09:00 前送到。请备好货款。"
        "——江州配送（演示）"
    )
    await manager.presses("✅ 完成", on="告诉客户批了多少")
    await town.person("p_an_ph").presses("✅ 完成", on="安排送到客户店里")
    assert (await town.roster()).holding("east", "yunshan").count == 380
    await manager.presses("✅ 完成", on="问客户：货收到了吗")
    await manager.presses("是", on="数量也对吗")

    closed = await town.incident(1)
    assert closed.status == "closed"
    assert [one.plan for one in closed.following] == ["stock-follow-up"]
    await town.at(3 * DAY + 5)
    assert "回访客户" in town.card(manager, "#2 回访客户")
    assert (await town.incident(2)).fact("customer") == "k_01"


async def test_what_cannot_wait_is_advised_on_and_decided_by_the_deputy(town: Town) -> None:
    await asked(town, wait="是")
    await town.person("p_shang").presses("👍 建议同意 20条", on="#1 等不到订货日")
    deputy = town.person("p_xu")
    assert "商有道：建议同意 20条" in town.card(deputy, "#1 审批应急货源")
    assert "提出：常问候" in town.card(deputy, "#1 审批应急货源")
    await deputy.presses("✅ 同意 20条", on="#1 审批应急货源")
    await town.person("p_cang").presses("✅ 完成", on="把货留出来")

    incident = await town.incident(1)
    assert incident.steps["enter_order"].status is StepStatus.SKIPPED
    assert incident.steps["deliver"].status is StepStatus.OPEN
    assert "#1 安排送到客户店里" in town.card(town.person("p_an_ph"), "安排送到客户店里")


async def test_a_number_of_goods_is_said_with_their_unit_wherever_it_stands(town: Town) -> None:
    await asked(town)
    manager, head = town.person("p_chang"), town.person("p_ke")
    assert "✅ 数量：20条" in town.card(manager, "已提交")
    assert "· 数量：20条" in town.card(head, "#1 审批应急货源")
    await manager.presses("✏️ 改数量", on="已受理")
    await manager.types("25")
    assert "✓ #1 记下了：25条" in town.card(manager, "记下了")
    assert "更正：数量 20条 → 25条" in town.card(head, "更正")
    await head.presses("✂️ 少批一些", on="#1 审批应急货源")
    assert "申请 25条，批多少？" in town.card(head, "批多少")
    await head.presses("18")

    assert "客常来：同意 18条（申请 25条）" in town.card(manager, "✅ #1")
    assert "数量：25条（批准 18条）" in town.card("east_distribution", "#1 应急货源")
    assert "批准数量：18条" in town.card(town.person("p_cang"), "把货留出来")
    await manager.types("/incident 1")
    assert "常问候：数量 20条" in town.card(manager, "经过：")


async def test_whoever_decides_hears_of_another_number_once(town: Town) -> None:
    await asked(town)
    manager, head, deputy = (town.person(p) for p in ("p_chang", "p_ke", "p_xu"))
    town.ignore()
    await manager.presses("✏️ 改数量", on="已受理")
    await manager.types("40")
    new = town.new()
    assert [text.splitlines()[0] for text in new["p_xu"]] == ["🔔 #1 审批应急货源"]
    assert len(new["p_ke"]) == 1
    assert "数量改成了 40条，不用您批了，已转给 许可人" in new["p_ke"][0]

    await deputy.presses("✅ 同意 40条", on="#1 审批应急货源")
    town.ignore()
    await manager.presses("✏️ 改数量", on="已受理")
    await manager.types("45")
    (again,) = town.new()["p_xu"]
    assert "⚠️ 数量改成了 45条，原来的决定（同意 40条）作废" in again
    assert "✅ 同意 45条" in town.message(deputy, "作废").labels
    assert not any("更正" in shown.text for shown in town.sim.world.messages(head.telegram))


async def test_a_void_decision_says_what_was_corrected(town: Town) -> None:
    await asked(town)
    manager, head = town.person("p_chang"), town.person("p_ke")
    await head.presses("✅ 同意 20条", on="#1 审批应急货源")
    await manager.presses("✏️ 更正", on="已受理")
    await manager.presses("货", on="要更正哪一项")
    await manager.types("青松")

    assert "⚠️ 货改成了 青松，原来的决定（同意 20条）作废" in town.card(head, "作废")


async def test_what_is_needed_before_the_order_day_cannot_wait_for_it(town: Town) -> None:
    """Both days stand on the form: when it is needed, and when the customer orders next."""
    await town.at(5 * 60)
    manager = town.person("p_chang")
    await manager.types("/stock 早市 云杉 20 婚宴 周五")
    order_day = "🗓 客户下一个订货日：7月13日周一 09:00"
    assert order_day in town.card(manager, "等不到客户下一个订货日吗")
    await manager.presses("否", on="等不到")

    refused = town.card(manager, FORM)
    assert "⛔ 等不到订货日：否" in refused
    assert "⛔ 要货的时间比客户下一个订货日早" in refused
    assert "最晚什么时候要：7月10日周五 09:00" in refused
    assert order_day in refused
    assert "📨 提交" not in town.message(manager, FORM).labels
    await manager.presses("☰ 全部项目", on=FORM)
    await manager.presses("✏️ 最晚什么时候要", on=FORM)
    await manager.types("下周五")
    assert "⛔" not in town.card(manager, FORM)
    assert "📨 提交" in town.message(manager, FORM).labels


async def test_many_are_for_a_higher_rank(town: Town) -> None:
    await asked(town, "/stock 早市 云杉 40 婚宴 周五")

    assert "数量：40条" in town.card(town.person("p_xu"), "#1 审批应急货源")
    assert "#1" not in "".join(town.new().get("p_ke", []))


async def test_who_is_not_served_this_way_hears_why_at_once(town: Town) -> None:
    manager = town.person("p_chang")
    reasons = {
        "街角小卖部 云杉 5 生日 周五": "只给守法经营的客户",
        "和气商行 云杉 5 生日 周五": "只给明码实价的客户",
        "早市 紫岚 5 生日 周五": "紧俏货不能临时补货",
        "早市 白鹭 5 生日 周五": "受控货不能临时补货",
        "早市 云杉 60 生日 周五": "超过这个档位的客户一次能要的数量",
    }
    for line, reason in reasons.items():
        await manager.types(f"/stock {line}")
        shown = "\n".join(form_of(town, manager, FORM))
        assert reason in shown, shown
        await manager.presses("✖ 取消", on=FORM)
    assert town.desk  # nothing has begun
    await manager.types("/stock 早市 云杉 60 婚宴 周五")
    assert "⛔" not in "\n".join(form_of(town, manager, FORM))  # a wedding may have more


async def test_a_refusal_reaches_the_customer_in_words_to_pass_on(town: Town) -> None:
    await asked(town)
    await town.person("p_ke").presses("❌ 不同意", on="#1 审批应急货源")
    await town.person("p_ke").presses("货不够")
    manager = town.person("p_chang")

    assert "这次没能批准，非常抱歉" in town.card(manager, "点下面的文字")
    await manager.presses("✅ 完成", on="#1 答复客户")
    closed = await town.incident(1)
    assert closed.status == "closed"
    assert closed.following == ()


async def test_it_is_withdrawn_and_the_goods_are_free_again(town: Town) -> None:
    await asked(town)
    await town.person("p_ke").presses("✅ 同意 20条", on="#1 审批应急货源")
    assert (await town.roster()).holding("east", "yunshan").free == 380
    manager = town.person("p_chang")
    await manager.presses("↩️ 撤回", on="#1")
    await manager.presses("点错了")

    assert (await town.incident(1)).status == "cancelled"
    assert (await town.roster()).holding("east", "yunshan").free == 400


async def test_a_customer_who_has_not_got_it_is_made_up_for(town: Town) -> None:
    await asked(town, wait="是")
    await town.person("p_shang").presses("👎 不建议", on="#1 等不到订货日")
    await town.person("p_shang").presses("货不够")
    await town.person("p_xu").presses("✅ 同意 20条", on="#1 审批应急货源")
    await town.person("p_cang").presses("✅ 完成", on="把货留出来")
    manager, dispatcher = town.person("p_chang"), town.person("p_an_ph")
    await dispatcher.presses("✅ 完成", on="安排送到客户店里")
    await manager.presses("✅ 完成", on="问客户：货收到了吗")
    await manager.presses("否", on="数量也对吗")
    await dispatcher.presses("✅ 完成", on="查清楚，补送")
    await manager.presses("✅ 完成", on="告诉客户批了多少")

    assert "已补送，请再和客户确认一下" in town.card(manager, "已补送")
    assert (await town.incident(1)).status == "closed"


async def test_a_consumer_is_answered_by_the_regions_officer(town: Town) -> None:
    manager, officer = town.person("p_chang"), town.person("p_xiao")
    await manager.types("/consumer 云杉 5 满月 周五")
    await manager.types("吴女士 13900000000")
    await manager.presses("📨 提交")
    await officer.presses("✂️ 少批一些", on="#1 审批消费者用货")
    await officer.types("4")
    await officer.presses("✅ 完成", on="安排就近的零售店供货")
    await officer.types("早市")

    copied = town.message(officer, "点下面的文字").button("📋 复制")
    assert copied is not None
    assert "您要的云杉 4条 已安排好" in copied["copy_text"]["text"]
    assert "早市便利店购买" in copied["copy_text"]["text"]
    await officer.presses("✅ 完成", on="回复消费者：到哪家店取")
    assert "已回复消费者，货已安排" in town.card(manager, "已回复消费者")
    assert (await town.incident(1)).status == "closed"


async def test_what_is_no_number_is_refused_for_other_reasons(town: Town) -> None:
    """Goods run short; a course of action is too soon, or there is a better one."""
    manager, deputy = town.person("p_chang"), town.person("p_fu")
    await manager.types("/supply 早市 后天")
    await manager.types("冷柜压缩机一台")
    await manager.presses("📨 提交")
    await deputy.presses("❌ 不同意", on="#1 紧急供货")
    offered = town.message(deputy, "为什么不同意").labels
    assert offered == ["再等等看", "情况不属实", "有别的办法", "情况没写清楚"]
    await deputy.presses("有别的办法")

    assert "不同意：有别的办法。" in town.card(manager, "❌ #1")


async def test_an_engineer_goes_along_and_stays_until_the_customer_is_content(town: Town) -> None:
    manager, engineer = town.person("p_chang"), town.person("p_ji")
    await manager.types("/supply 早市 后天")
    await manager.types("冷柜压缩机一台")
    await manager.presses("📨 提交")
    await town.person("p_fu").presses("✅ 同意", on="#1 紧急供货")
    supply = town.person("p_gong")
    await supply.presses("✅ 完成", on="最短什么时候送到")
    await supply.types("明天 10:00")
    assert "“冷柜压缩机一台”预计 7月7日周二 10:00 送到" in town.card(manager, "点下面的文字")
    await manager.presses("✅ 完成", on="告诉客户：什么时候送到")
    await engineer.presses("✅ 完成", on="随货出发")
    await supply.presses("✅ 完成", on="送到客户现场")
    await engineer.presses("✅ 完成", on="安装、调试")
    await engineer.sends_photo(b"a picture")
    await manager.presses("✅ 完成", on="装好了吗")
    await manager.presses("否", on="客户满意吗")
    await engineer.presses("✅ 完成", on="不解决不离开现场")
    await engineer.types("管路漏气，已换")
    await manager.presses("✅ 完成", on="现在满意了吗")
    await manager.presses("是", on="客户现在满意了吗")

    assert (await town.incident(1)).status == "closed"


async def test_the_same_in_english(town: Town) -> None:
    ivy, head = town.person("p_ivy"), town.person("p_pi")
    for person in (ivy, head):
        await person.types("/language")
        await person.presses("English")
    await ivy.types("/stock 石桥 青松 10 wedding Friday")
    await ivy.presses("No", on="order day")
    await ivy.presses("📨 Send")
    await head.presses("✅ Approve 10 条", on="#1 Decide on the request")

    assert "10 条 approved" in town.card(ivy, "Emergency stock")
    assert (await town.incident(1)).fact("granted") == 10
