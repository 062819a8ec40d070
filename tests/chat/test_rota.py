"""The rota in chat: a week with its gaps, shifts added and removed, the change of shift."""

from datetime import timedelta

from handlers.documents import SHIFTS
from plans.roster import Shift
from tests.chat.town import MORNING, Town

H = 60
SPARE = "派备用车前去接替"


async def on_shift(
    town: Town, person: str, begins_h: float, ends_h: float, role: str = "dispatcher"
) -> None:
    """A shift in the east, in hours from the start."""
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        number = await turn.next_number("shift")
        since, until = (MORNING + timedelta(hours=h) for h in (begins_h, ends_h))
        shift = Shift(
            id=f"s_{number}",
            role=role,
            region="east",
            person=person,
            since=since,
            until=until,
        )
        turn.put(SHIFTS, shift)
    await town.settle()


async def test_a_shift_is_added_by_buttons_and_decides_who_is_asked(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/rota")
    town.sees({"p_an_ph": ["📅 排班：哪个岗位？"]})
    await dispatcher.presses("调度员")
    assert "还没有排班。没有排班时，按岗位找人。" in town.new()["p_an_ph"][0]
    await dispatcher.presses("➕ 加一班")
    town.sees({"p_an_ph": ["东区调度员：谁值班？"]})
    await dispatcher.presses("戴理勤 · 调度员 · 东区")
    town.sees({"p_an_ph": ["戴理勤，东区调度员：哪一天？"]})
    await dispatcher.presses("07-06 周一")
    town.sees({"p_an_ph": ["戴理勤，东区调度员，07-06 周一：几点到几点？"]})
    await dispatcher.presses("早班 08:00–20:00")
    new = town.new()
    assert new["p_dai"] == ["📅 安排好 给您排了班：08:00 至 20:00，东区调度员。"]
    week = new["p_an_ph"][0]
    assert "✅ 已加。\n📅 东区调度员，今后 7 天\n07-06 周一\n· 08:00–20:00 戴理勤" in week
    assert "⬜ 20:00–24:00 无人值班\n07-07 周二\n⬜ 00:00–24:00 无人值班" in week

    await town.person("p_lu").types("/breakdown 环城东路K12+300")
    new = town.new()
    assert any(SPARE in text for text in new["p_dai"])
    assert "p_an_ph" not in new, "the holder is off, and next when the one on duty stays silent"


async def test_times_and_names_may_be_typed(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/rota")
    await dispatcher.presses("调度员")
    await dispatcher.presses("➕ 加一班")
    await dispatcher.types("戴理勤")
    await dispatcher.presses("07-07 周二")
    town.ignore()
    await dispatcher.types("差不多一天")
    town.sees({"p_an_ph": ["没看懂时间。请写成：18:00-06:00"]})
    await dispatcher.types("18:00-06:00")
    week = town.new()["p_an_ph"][0]
    assert "07-07 周二\n· 18:00–24:00 戴理勤" in week
    assert "07-08 周三\n· 00:00–06:00 戴理勤" in week


async def test_a_shift_is_removed_again(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await on_shift(town, "p_dai", 1, 9)
    await dispatcher.types("/rota")
    await dispatcher.presses("调度员")
    await dispatcher.presses("➖ 删一班")
    town.ignore()
    assert await dispatcher.presses("🗑 09:00–17:00 戴理勤") == "已删。"
    new = town.new()
    assert new["p_dai"] == ["📅 安排好 取消了您的值班：09:00 至 17:00，东区调度员。"]
    assert "还没有排班" in new["p_an_ph"][0]
    assert await dispatcher.presses("🗑 09:00–17:00 戴理勤") == "这一班已经没有了。"


async def test_each_keeps_the_rota_of_their_own_region(town: Town) -> None:
    await town.person("p_song").types("/rota")
    await town.person("p_song").presses("调度员")
    assert "📅 调度员：哪个区域？" in town.new()["p_song"][-1]
    await town.person("p_song").presses("南区")
    assert "📅 南区调度员，今后 7 天" in town.new()["p_song"][-1]
    await town.person("p_lu").types("/rota")
    assert "只有负责排班的岗位能做" in town.new()["p_lu"][0]


async def test_whoever_comes_on_duty_is_told_once_what_is_open(town: Town) -> None:
    await on_shift(town, "p_dai", 1, 9)
    await on_shift(town, "p_an_ph", 9, 17)
    await town.person("p_lu").types("/breakdown 环城东路K12+300")
    town.ignore()
    await town.at(1 * H + 1)
    told = [text for text in town.new()["p_dai"] if "您现在值班" in text]
    assert told == [
        "📅 您现在值班：东区调度员，到 17:00。进行中：\n🚚 #1 送货车辆途中故障 · 东区 · 08:00起"
    ]
    await town.at(2 * H)
    assert not [text for text in town.new().get("p_dai", []) if "您现在值班" in text]


async def test_where_nothing_is_open_nobody_is_disturbed_by_the_change(town: Town) -> None:
    await on_shift(town, "p_dai", 1, 9)
    await town.at(2 * H)
    town.sees({})


async def test_shifts_are_forgotten_after_sixty_days(town: Town) -> None:
    sixty_days_h = 60 * 24
    await on_shift(town, "p_dai", -sixty_days_h - 8, 0.5 - sixty_days_h)
    await town.at(29)
    assert await shifts(town) == 1
    await town.at(31)
    assert await shifts(town) == 0


async def shifts(town: Town) -> int:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        return len(await turn.find(SHIFTS))
