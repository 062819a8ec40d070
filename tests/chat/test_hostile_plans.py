"""The written plans to their end, on the ways nobody drew: the spare breaks down, everything at
once."""

from tests.chat.town import Town, finish

EAST, NORTH = "east_distribution", "north_distribution"


async def test_a_spare_that_cannot_come_is_replaced_after_it_was_sent(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    await town.person("p_an_ph").presses("✅ 完成", on="派备用车")
    driver = town.person("p_bei")
    await driver.presses("✖️ 不行", on="开备用车")
    await driver.presses("车辆不能用")
    town.ignore()
    await town.person("p_bi").presses("🔁 换一辆", on="贝用心 办不了")
    toast = await town.person("p_bi").presses("🔁 随便下一个")
    assert "浙A·10004" in toast
    assert (await town.incident(1)).promises["spare"].thing == "浙A10004"
    new = town.new()
    assert any("开备用车到现场" in text for text in new["p_nan"])
    assert any("已归还" in text for text in new[NORTH])
    await finish(town, 1)
    assert (await town.incident(1)).status == "closed"


async def test_the_arrival_of_a_spare_let_go_is_not_the_next_ones(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    await town.person("p_an_ph").presses("✅ 完成", on="派备用车")
    first = town.person("p_bei")
    await first.presses("🙋 我来", on="开备用车")
    await first.presses("30 分钟")
    assert "约 08:30 到" in town.card(driver, "已受理")
    await first.presses("🔁 换一辆", on="开备用车")
    await first.presses("🔁 随便下一个")
    assert "到" not in town.card(driver, "已受理").rpartition("🚚 备用车")[2]
    second = town.person("p_nan")
    town.ignore()
    await second.presses("🙋 我来", on="开备用车")
    assert "大约多久能到" in town.new()["p_nan"][-1]


async def test_the_dispatcher_who_sent_it_may_replace_it_a_stranger_may_not(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    await town.person("p_an_ph").presses("✅ 完成", on="派备用车")
    for who, verb, answer in (
        ("p_ma", "swap:1:send_spare", "这是调度员的事，您不能代办。"),
        ("p_ma", "spare:1:send_spare:not-浙A10009", "这是调度员的事，您不能代办。"),
        ("p_an_ph", "swap:1:send_spare", ""),
        ("p_an_ph", "spare:1:send_spare:not-浙A10009", "换成 浙A·10004。"),
    ):
        person = town.person(who)
        await person.types("/language")
        shown = town.message(person, "语言")
        query = town.stage.press(person.telegram, shown, verb, stale=True)
        await town.a_moment()
        assert town.answer_to(query) == answer


async def test_a_spare_that_has_arrived_is_not_replaced(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    dispatcher = town.person("p_an_ph")
    await dispatcher.presses("✅ 完成", on="派备用车")
    await town.person("p_bei").presses("✅ 完成", on="开备用车")
    shown = town.message(dispatcher, "派备用车")
    query = town.stage.press(dispatcher.telegram, shown, "swap:1:send_spare", stale=True)
    await town.a_moment()
    assert town.answer_to(query) == "这一步现在不用做。"


async def test_every_open_step_on_the_groups_card_can_be_pressed(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.shares_place(30.2, 120.4)
    await driver.presses("🚨 出事故了")
    for spare in ("浙A10004", "浙A10009", "浙A10012"):
        assert spare in town.desk.company.vehicles
    await driver.presses("否", on="有人受伤")
    await driver.presses("否", on="车还能开")
    await town.at(12)
    await town.person("p_shi").presses("✅ 完成", on="确认已报交警")
    await town.at(35)
    labels = town.labels(EAST, "送货车辆交通事故 · ")
    done = [label for label in labels if label.endswith("✅ 完成")]
    opened = [
        step
        for step in (await town.incident(1)).steps.values()
        if step.status == "open" and step.region == "east" and step.role != "security_officer"
    ]
    assert len(opened) == 6
    assert len(done) == 6


async def test_the_record_names_nobody_for_what_the_search_found(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    town.ignore()
    await town.person("p_song").types("/incident 1")
    assert "无人" not in town.new()["p_song"][0]
