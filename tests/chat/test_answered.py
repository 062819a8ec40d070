"""What has been answered keeps its words and loses its buttons, question after question."""

from tests.chat.town import Town


async def test_each_question_of_a_step_loses_its_buttons_when_it_is_answered(town: Town) -> None:
    duty, head = town.person("p_ye"), town.person("p_song")
    await duty.types("/weather 橙色 台风 明天18点")
    await duty.types("东区")
    await duty.presses("📨 提交")
    await head.presses("✅ 完成", on="判断影响")
    await head.presses("暂停送货", on="送货怎么办")
    assert town.message(head, "送货怎么办").labels == []
    await head.presses("少数客户", on="影响多少客户")
    assert town.message(head, "影响多少客户").labels == []
