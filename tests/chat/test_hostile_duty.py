"""Hostile duty: old buttons, double taps, changed minds, other people's regions."""

from datetime import timedelta

from handlers.buttons import mark_of
from handlers.documents import SHIFTS
from handlers.records.registers import REGIONS, RegisteredRegion
from handlers.registration.register import write_person
from handlers.telling.quiet import HELD_LIMIT
from plans.company import Region
from plans.roster import Shift
from plans.text import Text
from tests.chat.test_quiet import ELEVEN_PM, H, told
from tests.chat.town import MORNING, Person, Town

SPARE = "派备用车前去接替"
EAST = "east_distribution"
OLD_BUTTON = "这个按钮已失效，请看最新消息。"


async def pressed_late(town: Town, who: Person, on: str, data: str) -> str:
    """An old button, or one that somebody has made up."""
    query = town.stage.press(who.telegram, town.message(who, on), data, stale=True)
    await town.a_moment()
    return town.answer_to(query)


def stand(person: str, stand_in: str) -> str:
    return f"duty:stand:{mark_of(person)}:{mark_of(stand_in)}"


async def test_an_old_question_for_a_stand_in_names_nobody_once_one_is_back(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/duty 2小时")
    await dispatcher.types("/duty")
    await dispatcher.presses("🟢 我回来了")
    town.ignore()
    await dispatcher.presses("戴理勤 · 调度员 · 东区")
    town.sees({"p_an_ph": ["🟢 安排好：在岗"]})
    state = (await town.roster()).state("p_an_ph")
    assert state is not None
    assert state.stand_in is None


async def test_a_double_tap_tells_the_stand_in_once(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/duty 2小时")
    await dispatcher.presses("戴理勤 · 调度员 · 东区")
    town.ignore()
    await dispatcher.presses("戴理勤 · 调度员 · 东区")
    town.sees({"p_an_ph": ["戴理勤 代理，已告诉对方。"]})


async def test_a_stand_in_who_is_replaced_hears_so(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/duty 2小时")
    await dispatcher.presses("戴理勤 · 调度员 · 东区")
    await dispatcher.types("/duty")
    await dispatcher.presses("👤 换代理人")
    town.ignore()
    await dispatcher.types("叶不眠")
    new = town.new()
    assert "由您代理" in new["p_ye"][0]
    assert new["p_dai"] == ["👤 安排好 离开期间不用您代理了。"]


async def test_a_stand_in_hears_that_nobody_leaves_after_all(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/duty 今天9:00到11:00")
    await dispatcher.presses("戴理勤 · 调度员 · 东区")
    await dispatcher.types("/duty")
    town.ignore()
    await dispatcher.presses("不离开了")
    assert town.new()["p_dai"] == ["👤 安排好 离开期间不用您代理了。"]


async def test_a_stand_in_hears_that_the_times_are_others_now(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/duty 今天9:00到11:00")
    await dispatcher.presses("戴理勤 · 调度员 · 东区")
    town.ignore()
    await dispatcher.types("/duty 今天13:00到15:00")
    assert town.new()["p_dai"] == ["👤 安排好 离开期间不用您代理了。"]


async def test_a_double_tap_makes_one_shift(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/rota")
    for label in ("调度员", "➕ 加一班", "戴理勤 · 调度员 · 东区", "07-06 周一"):
        await dispatcher.presses(label)
    await dispatcher.presses("早班 08:00–20:00")
    assert await dispatcher.presses("早班 08:00–20:00") == OLD_BUTTON
    assert len((await town.roster()).shifts) == 1
    assert len(town.new()["p_dai"]) == 1


async def test_a_shift_is_not_entered_for_a_day_far_off(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/rota")
    for label in ("调度员", "➕ 加一班", "戴理勤 · 调度员 · 东区"):
        await dispatcher.presses(label)
    for day in ("0001-01-01", "9999-12-31", "2026-07-05", "x"):
        assert await pressed_late(town, dispatcher, "哪一天", f"rota:day:{day}") == OLD_BUTTON
    await dispatcher.presses("07-06 周一")
    for times in ("99-99", "", "0800", "0800-2000-2100"):
        assert await pressed_late(town, dispatcher, "几点", f"rota:time:{times}") == OLD_BUTTON


async def test_other_regions_are_not_ones_own(town: Town) -> None:
    """The dispatcher of the east, with buttons that only the south's was given."""
    east = town.person("p_an_ph")
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        since, until = MORNING + timedelta(hours=1), MORNING + timedelta(hours=9)
        south = {"role": "dispatcher", "region": "south", "person": "p_zhou"}
        turn.put(SHIFTS, Shift(id="s_1", since=since, until=until, **south))
    await east.types("/duty")
    zhou = mark_of("p_zhou")
    for data in (
        f"duty:off:{zhou}:-",
        f"duty:until:{zhou}:{int((MORNING + timedelta(hours=3)).timestamp()) // 60}",
        f"duty:back:{zhou}:-",
        f"duty:quiet:{zhou}:off",
        f"duty:stay:{zhou}:1",
        stand("p_zhou", "p_ye"),
        f"duty:give:{zhou}:{mark_of('p_ye')}",
        f"rota:drop:{mark_of('s_1')}",
    ):
        answer = await pressed_late(town, east, "在岗", data)
        assert answer not in ("", None), data
    await east.types("/duty 周全到")
    assert "您不能登记这个人的离开" in town.card(east)
    roster = await town.roster()
    assert len(roster.shifts) == 1
    assert not roster.is_away("p_zhou", town.clock.now() + timedelta(hours=1))


async def test_odd_numbers_in_buttons_are_answered(town: Town) -> None:
    dispatcher, own = town.person("p_an_ph"), mark_of("p_an_ph")
    await dispatcher.types("/duty")
    for data in (
        f"duty:until:{own}:{'9' * 30}",
        f"duty:until:{own}:",
        f"duty:stay:{own}:",
        f"duty:stay:{own}:{'9' * 30}",
        f"duty:who:{own}:-",
        f"duty:show:{own}:-",
        "duty:show::-",
        f"cover:region:{own}:{'9' * 20}",
        f"cover:holes:-:{'9' * 4}",
        "rota:who:-",
        "rota:week:-",
    ):
        await pressed_late(town, dispatcher, "在岗", data)
    assert not any("出错" in text for texts in town.new().values() for text in texts)


async def test_whoever_is_asked_for_a_name_and_tells_of_a_breakdown_is_heard(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/duty 2小时")
    town.ignore()
    await driver.types("车坏在环城路了")
    assert any("送货车辆途中故障" in text for text in town.new()["p_lu"])


async def test_whoever_is_asked_for_a_time_and_tells_of_a_breakdown_is_heard(town: Town) -> None:
    driver = town.person("p_lu")
    for label in ("🚶 离开", "✈️ 以后离开（出差、登机）"):
        await driver.types("/duty")
        await driver.presses(label)
        town.ignore()
        await driver.types("车坏在环城路了")
        assert any("送货车辆途中故障" in text for text in town.new()["p_lu"])


async def test_a_stand_in_who_has_left_the_company_stands_in_no_more(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/duty 2小时")
    await dispatcher.types("叶不眠")
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        known = town.desk.company.people["p_ye"]
        write_person(turn, "p_ye", known.model_copy(update={"retired": True}))
    town.ignore()
    await town.person("p_lu").types("/breakdown 环城东路K12+300")
    new = town.new()
    assert "p_ye" not in new
    assert any(SPARE in text for text in new["p_dai"]), "the deputy is next"


async def test_all_that_was_held_is_read_in_the_morning(town: Town) -> None:
    await town.at(ELEVEN_PM)
    texts = [f"第{n:02}条 " + "很长的话" * 60 for n in range(HELD_LIMIT)]
    await told(town, "p_dai", *texts, "多出来的")
    await town.at(ELEVEN_PM + 8 * H + 10)
    new = town.new()["p_dai"]
    assert all(any(text in shown for shown in new) for text in texts)
    assert "51 条" in new[0]
    assert "还有 1 条没有列出" in new[-1]
    assert all(len(shown) <= 4096 for shown in new)


async def test_one_very_long_letter_is_not_lost(town: Town) -> None:
    await town.at(ELEVEN_PM)
    await told(town, "p_dai", "长" * 4000, "短")
    await town.at(ELEVEN_PM + 8 * H + 10)
    new = town.new()["p_dai"]
    assert any("长" * 4000 in shown for shown in new)
    assert any(shown.endswith("短") for shown in new)


async def test_an_english_speaking_stand_in_reads_english(town: Town) -> None:
    manager = town.person("p_chang")
    await manager.types("/duty 2小时")
    town.ignore()
    await manager.types("Ivy")
    assert "you stand in" in town.new()["p_ivy"][0]


async def test_whoever_has_left_covers_no_shift(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/rota")
    for label in ("调度员", "➕ 加一班", "戴理勤 · 调度员 · 东区", "07-06 周一"):
        await dispatcher.presses(label)
    await dispatcher.presses("早班 08:00–20:00")
    assert "08:00–20:00 戴理勤" in town.card(dispatcher)
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        known = town.desk.company.people["p_dai"]
        write_person(turn, "p_dai", known.model_copy(update={"retired": True}))
    await dispatcher.types("/rota")
    await dispatcher.presses("调度员")
    assert "还没有排班" in town.card(dispatcher)


async def many_regions(town: Town) -> None:
    """Thirty more regions, as a province has them."""
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        for n in range(30):
            name = Text(zh=f"第{n:02}区", en=f"Area {n:02}")
            turn.put(REGIONS, RegisteredRegion(id=f"r_{n}", record=Region(name=name)))


async def test_no_region_is_out_of_reach_however_many_there_are(town: Town) -> None:
    await many_regions(town)
    chief = town.person("p_ding")
    await chief.types("/rota")
    await chief.presses("调度员")
    await chief.presses("➡️ 2/2")
    await chief.presses("第29区")
    assert "第29区调度员" in town.card(chief)
    await chief.types("/coverage")
    while "第29区" not in town.message(chief, "").labels:
        labels = town.message(chief, "").labels
        await chief.presses(next(x for x in labels if x.startswith("➡️") and "/" in x))
        assert len(town.card(chief)) <= 4096
    await chief.presses("第29区")
    assert "第29区" in town.card(chief)
    await chief.types("/duty")
    assert await pressed_late(town, chief, "在岗", "rota:roles:99") == ""
