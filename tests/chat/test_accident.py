"""An accident: help starts with the place; whether somebody is hurt is asked at once."""

from tests.chat.town import Town


async def test_help_starts_with_the_place_and_hurt_is_asked_first(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.shares_place(30.2, 120.4)
    offered = town.message(driver, "发生了什么").labels
    assert offered == ["🚚 车坏了", "🚨 出事故了", "🙋 其他情况"]
    await driver.presses("🚨 出事故了")
    new = town.new()
    assert "马上打电话问清" in new["p_an_ph"][0]
    assert new["p_lu"][-1] == "#1 有人受伤吗？"
    assert "跳过" not in town.message(driver, "有人受伤").labels
    await driver.presses("是", on="有人受伤")
    new = town.new()
    assert any("决定新的送货时间" in text for text in new["p_ding"])
    assert any("马上赶到现场，接手指挥救援" in text for text in new["p_song"])
    assert any("按安全事故预案处理" in text for text in new["p_an_rs"])


async def test_something_else(town: Town) -> None:
    driver, dispatcher = town.person("p_lu"), town.person("p_an_ph")
    await driver.shares_place(30.2, 120.4)
    await driver.presses("🙋 其他情况")
    assert town.new()["p_lu"][-1] == "#1 出了什么事？一句话就行。"
    await driver.types("前面塌方，过不去")
    await dispatcher.presses("✅ 完成", on="回电话")
    await dispatcher.types("掉头走南环")
    assert "处理办法：掉头走南环（安排好）" in "".join(town.new()["p_lu"])
