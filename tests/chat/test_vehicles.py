"""Vehicles: who sees which, who may say that one is not ready, and what follows from it."""

from tests.chat.town import Town

SPARE = "浙A·10009"


async def test_everybody_sees_those_of_their_region(town: Town) -> None:
    driver = town.person("p_cheng")
    await driver.types("/vehicles")

    seen = town.card(driver, "共 3 辆")
    assert "备用 1 辆，其中 1 辆空闲可用" in seen
    assert "🟢" in seen
    assert "【备用】 贝用心 · 可用" in seen
    assert not town.message(driver, "共 3 辆").labels


async def test_whoever_is_over_all_sees_all(town: Town) -> None:
    leader = town.person("p_ding")
    await leader.types("/vehicles")

    assert "共 12 辆，备用 3 辆，其中 3 辆" in town.card(leader, "🚚")


async def not_ready(town: Town) -> str:
    keeper = town.person("p_you")
    await keeper.types("/vehicles 10009")
    return await keeper.presses("🔴 在修", on="10009")


async def test_a_keeper_says_that_a_spare_is_in_repair(town: Town) -> None:
    assert "不可用：在修" in await not_ready(town)

    new = town.new()
    assert "尤常满" in new["p_bi"][0]  # the region's dispatcher
    assert "不可用：在修" in new["p_bi"][0]
    assert set(new) == {"p_bi", "p_you"}


async def test_a_spare_that_is_not_ready_is_not_offered(town: Town) -> None:
    await not_ready(town)
    await town.person("p_lu").types("/breakdown 环城东路K12+300")

    assert "10009" not in town.card(town.person("p_an_ph"), "派备用车")
    await town.person("p_bi").types("/vehicles")
    assert "🔴" in town.card(town.person("p_bi"), "共 3 辆")


async def test_words_behind_the_plate_say_why_and_ready_makes_it_free_again(town: Town) -> None:
    dispatcher = town.person("p_bi")
    await dispatcher.types("/vehicles 10009 轮胎漏气 <b>")
    assert "不可用：轮胎漏气 <b>" in town.card(dispatcher, "10009")

    await dispatcher.types("/vehicles 10009 可用")
    assert "· 可用" in town.card(dispatcher, "10009")


async def test_others_may_look_but_not_set(town: Town) -> None:
    driver = town.person("p_cheng")
    await driver.types("/vehicles 10009 坏了")
    assert "只有本区车辆管理员" in town.card(driver, "只有")

    await town.person("p_you").types("/vehicles 10009")
    stranger = town.person("p_xiu")  # keeps the east's vehicles
    await stranger.types("/vehicles 10009")
    assert town.message(stranger, "10009").labels == []


async def test_a_plate_that_there_is_not_or_that_is_short(town: Town) -> None:
    keeper = town.person("p_you")
    await keeper.types("/vehicles 99999")
    assert "没有这辆车" in town.card(keeper, "没有这辆车")


async def test_setting_what_is_set_already_tells_nobody_anything(town: Town) -> None:
    await not_ready(town)
    town.ignore()
    await town.person("p_you").presses("🔴 在修", on="10009")

    town.sees({})
