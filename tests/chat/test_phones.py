"""Tap to call: the dispatcher, those above, the ambulance and the police."""

from tests.chat.town import Town


async def test_whom_to_ring(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("📞 打电话")
    text, *cards = town.new()["p_lu"]
    assert cards == ["☎ 120 急救 120", "☎ 122 交警 122"]
    lines = text.splitlines()
    assert lines[1:] == [
        "东区",
        "☎ 安排好 · 调度员 +86 10 5550 0111",
        "☎ 戴理勤 · 调度员 +86 10 5550 0112",
        "☎ 宋必达 · 配送中心主任 +86 10 5550 0121",
        "☎ 丁海针 · 组长 +86 10 5550 0131",
    ]
    assert town.keys(driver)[3] == "📞 打电话"


async def test_in_an_incident_its_own_people_come_first(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路K12+300")
    spare = town.person("p_bei")
    await town.person("p_an_ph").presses("✅ 完成", on="派备用车")
    await spare.presses("🙋 我来")
    town.ignore()
    await spare.types("/call")
    lines = town.new()["p_bei"][0].splitlines()
    assert lines[1:4] == [
        "#1 送货车辆途中故障",
        "☎ 安排好 · 调度员 +86 10 5550 0111",
        "☎ 路平安 · 驾驶员 +86 10 5550 0101",
    ]
    assert lines[4] == "北区"


async def test_not_in_groups(town: Town) -> None:
    await town.person("p_lu").types("/call", in_group="east_distribution")
    town.sees({"east_distribution": ["这项请在与我的私聊里做。"]})
