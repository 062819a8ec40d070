"""What lies under the thumb: the permanent keyboard, in every private chat."""

from tests.chat.town import Town


async def test_the_keyboard_comes_with_start_and_fits_who_it_is(town: Town) -> None:
    driver, dispatcher = town.person("p_lu"), town.person("p_an_ph")
    await driver.types("/start")
    await dispatcher.types("/start")
    assert town.keys(driver)[:3] == ["🚚 车坏了", "🚨 出事故了", "📋 我的任务"]
    assert town.keys(dispatcher)[:2] == ["📋 我的任务", "📂 进行中"]
    town.sees({"p_lu": ["您好，路平安"], "p_an_ph": ["您好，安排好"]})


async def test_one_press_begins_a_report(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/start")
    await driver.types("🚚 车坏了")
    town.sees({"p_lu": ["您好", "车在哪里？"]})
    assert town.keys(driver) == ["📍 发送我的位置", "取消"]
    await driver.shares_place(30.2, 120.4)
    assert town.keys(driver)[:2] == ["🚚 车坏了", "🚨 出事故了"]


async def test_giving_up_brings_the_keyboard_back(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown")
    await driver.types("取消")
    town.sees({"p_lu": ["车在哪里？", "已取消"]})
    assert town.keys(driver)[:2] == ["🚚 车坏了", "🚨 出事故了"]


async def test_labels_in_the_other_language_are_understood(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("📋 My steps")
    await driver.types("🚚 Breakdown")
    town.sees({"p_lu": ["您现在没有要做的事", "车在哪里？"]})


async def test_a_label_is_no_answer_to_a_question(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路K12+300")
    town.ignore()
    await driver.types("📋 我的任务")
    town.sees({"p_lu": ["您现在没有要做的事"]})
    assert (await town.incident(1)).fact("blocked") is None


async def test_another_language_changes_keyboard_and_menu(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/language")
    assert town.menu(driver)["mine"] == "我的任务"
    await driver.presses("English")
    assert town.keys(driver)[:3] == ["🚚 Breakdown", "🚨 Accident", "📋 My steps"]
    assert town.menu(driver)["mine"] == "My steps"
    await driver.presses("中文")
    assert town.keys(driver)[:3] == ["🚚 车坏了", "🚨 出事故了", "📋 我的任务"]
    assert town.menu(driver)["mine"] == "我的任务"


async def test_a_place_given_late_brings_the_keyboard_back(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown")
    await town.at(9)  # silence: the incident has begun without a place
    assert town.keys(driver) == ["📍 发送我的位置"]
    town.ignore()
    await driver.shares_place(30.2, 120.4)
    assert town.new()["p_lu"] == ["✓ #1 记下了：30.20000, 120.40000 地图", "#1 挡住车道了吗？"]
    assert town.keys(driver)[:2] == ["🚚 车坏了", "🚨 出事故了"]


async def test_labels_mean_nothing_in_groups(town: Town) -> None:
    await town.person("p_lu").types("📋 我的任务", in_group="east_distribution")
    town.sees({})
