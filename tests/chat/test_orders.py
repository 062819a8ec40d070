"""Orders: /direct to a role or a person, followed like a step until the receipt is there."""

import pytest

from plans.incident import StepStatus
from tests.chat.town import Person, Town

EAST, LEADERS = "east_distribution", "leading_group"
TEXT = "检查全部车辆的轮胎和防滑链"


async def orders(issuer: Person, *, role: str, region: str = "", due: str = "1 小时") -> None:
    """The leader gives an order to a role."""
    await issuer.types("/direct")
    await issuer.types(role)
    await issuer.presses(role)
    if region:
        await issuer.presses(region)
    await issuer.types(TEXT)
    await issuer.presses(due)


async def test_an_order_to_a_role_from_its_words_to_its_receipt(town: Town) -> None:
    leader, keeper = town.person("p_ding"), town.person("p_xiu")
    await leader.types("/direct")
    town.sees({"p_ding": ["给谁下指令？点岗位，或打姓名、岗位"]})
    await leader.types("车辆管理")
    await leader.presses("车辆管理员")
    await leader.presses("东区", on="哪个区域")
    await leader.types(f"{TEXT}\n拍照留存")
    assert f"给 东区 车辆管理员：\n“{TEXT} 拍照留存”" in town.card(leader, "什么时候之前")
    town.ignore()
    await leader.presses("1 小时")
    town.sees(
        {
            "p_ding": ["📌 #1 已受理\n指令已发出"],
            "p_xiu": [f"🔔 #1 {TEXT}"],
            EAST: ["📌 #1 指令 · 东区", f"#1 {TEXT}"],
        }
    )
    assert "位置不明" not in town.card(EAST, "指令 · 东区")
    await keeper.presses("🙋 我来", on=TEXT)
    assert f"现在：{TEXT} 拍照留存 · 修得快" in town.card(leader, "已受理")
    await keeper.presses("✅ 完成", on=TEXT)
    town.sees({"p_xiu": ["#1 完成情况？打一句话"]})
    await keeper.types("12 辆都查了，2 辆换胎")

    # It closes by itself, and whoever gave the order has the receipt.
    new = town.new()
    receipt = "".join(new["p_ding"])
    assert "#1 回执：12 辆都查了，2 辆换胎（修得快）" in receipt
    assert "指令已完成" in receipt
    incident = await town.incident(1)
    assert (incident.status, incident.reporter) == ("closed", "p_ding")
    await leader.types("/directs")
    town.sees({"p_ding": ["✅ #1 检查全部车辆的轮胎和防滑链 拍照留存\n　修得快 08:"]})
    assert "完成 12 辆都查了，2 辆换胎" in town.card(leader, "我下的指令")


async def test_an_order_that_nobody_takes_climbs_like_a_step(town: Town) -> None:
    issuer = town.person("p_song")
    await orders(issuer, role="调度员", region="东区")
    town.ignore()
    await town.at(7)
    assert "安排好 没有应答。请您处理。" in "".join(town.new()["p_dai"])
    await town.person("p_dai").presses("🙋 我来", on=TEXT)
    await issuer.types("/directs")
    assert f"🟡 #1 {TEXT}\n　戴理勤 在办" in town.card(issuer, "我下的指令")
    town.ignore()
    await town.at(65)  # overdue: the one above is told
    assert any("戴理勤 已接手但超时未完成" in text for text in town.new()["p_song"])
    await issuer.types("/directs")
    assert f"⏰ #1 {TEXT}\n　戴理勤 超时" in town.card(issuer, "我下的指令")


async def test_an_order_to_a_person_about_an_incident(town: Town) -> None:
    leader = town.person("p_ding")
    await town.person("p_lu").types("/breakdown 环城东路")
    town.ignore()
    await leader.types("/direct 1")
    await leader.types("有愁")
    await leader.presses("梅有愁 · 营销中心主任")
    await leader.types("给这条线的客户打电话")
    assert "（#1）" in town.card(leader, "什么时候之前")
    await leader.types("17:30")
    assert "🔔 #2 给这条线的客户打电话\n请在 17:30 前完成" in town.card(town.person("p_mei"), "#2")
    incident = await town.incident(2)
    assert incident.fact("about") == 1
    assert incident.steps["carry_out"].asked == ("p_mei",)
    assert "📝 #1 丁海针：📌 指令 #2 → 梅有愁" in town.card(EAST, "📝 #1")
    # It is that person's own: a colleague does not do it for them.
    assert town.message(town.person("p_mei"), "#2").labels[:2] == ["🙋 我来", "✅ 完成"]


@pytest.mark.parametrize(
    ("typed", "due"), [("2小时", "10:0"), ("半小时", "08:3"), ("明天9点", "07-07 09:00")]
)
async def test_the_deadline_may_be_typed(town: Town, typed: str, due: str) -> None:
    issuer = town.person("p_song")
    await issuer.types("/direct")
    await issuer.types("安排好")
    await issuer.presses("安排好 · 调度员 · 东区")
    await issuer.types(TEXT)
    await issuer.types("马上")
    assert "请写时间长短或钟点" in town.card(issuer, "请写时间")
    await issuer.types(typed)
    assert f"请在 {due}" in town.card(town.person("p_an_ph"), TEXT)


async def test_whom_one_may_order(town: Town) -> None:
    head = town.person("p_an_rs")  # of security
    await head.types("/direct")
    assert town.message(head, "给谁").labels == ["安保员"]
    await head.types("修得快")  # of another department, and not below
    town.sees({"p_an_rs": ["给谁下指令？", "没找到您可以下指令的“修得快”"]})
    await head.types("石守夜")
    await head.presses("石守夜 · 安保员")
    town.sees({"p_an_rs": ["是哪一位", "给 石守夜 · 安保员 的指令"]})
    await town.person("p_an_ph").types("/direct")
    town.sees({"p_an_ph": ["只有部门负责人和领导能做"]})


async def test_rights_count_when_it_is_pressed(town: Town) -> None:
    head = town.person("p_an_rs")
    await head.types("/direct")
    shown = town.message(head, "给谁")
    for data in ("order:role:fleet_keeper", "order:role:nothing", "order:who:0123456789"):
        query = town.stage.press(head.telegram, shown, data, stale=True)
        await town.a_moment()
        assert town.answer_to(query) == "您只能给下级和本部门下指令。"
    for data in ("order:due:60", "order:page:x", "order:region:east", "order:fly:1"):
        query = town.stage.press(head.telegram, shown, data, stale=True)
        await town.a_moment()
        assert town.answer_to(query) == "这个按钮已失效，请看最新消息。"


async def test_an_order_given_by_mistake_is_cancelled(town: Town) -> None:
    leader = town.person("p_ding")
    await orders(leader, role="营销中心主任")
    town.ignore()
    await leader.types("/cancel")
    assert await leader.presses("点错了") == "#1 已撤销，已通知相关人员。"
    assert "🚫 #1 指令：已撤销" in town.card(town.person("p_mei"), "🚫")
    await leader.types("/directs")
    assert f"🚫 #1 {TEXT}" in town.card(leader, "我下的指令")
    assert (await town.incident(1)).steps["carry_out"].status is StepStatus.SKIPPED


async def test_done_without_a_word(town: Town) -> None:
    leader, head = town.person("p_ding"), town.person("p_mei")
    await orders(leader, role="营销中心主任", due="今天下班前（18:00）")
    assert "请在 18:00 前完成" in town.card(head, TEXT)
    await head.presses("✅ 完成", on=TEXT)
    await head.presses("不填，直接完成")
    assert "指令已完成" in town.card(leader, "指令已完成")


async def test_what_is_too_long_is_not_cut_silently(town: Town) -> None:
    leader = town.person("p_ding")
    await leader.types("/direct")
    await leader.types("梅有愁")
    await leader.presses("梅有愁 · 营销中心主任")
    await leader.types("长" * 401)
    assert "太长了，请在 400 字以内" in town.card(leader, "太长了")
    await leader.types(TEXT)
    assert "什么时候之前办好" in town.card(leader, "什么时候")
