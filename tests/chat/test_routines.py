"""Routines: begun by the clock, once, quietly; silence climbs as ever."""

from datetime import datetime, timedelta

from handlers.documents import INCIDENTS
from handlers.routines.documents import ROUTINES, RoutineState
from plans.incident import Incident
from tests.chat.town import MORNING, Town

READY = "查本区备用车"
# Minutes after the town's Monday, 08:00.
TUESDAY_0730 = 23.5 * 60


async def routines_in(town: Town) -> list[Incident]:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        return [i for i in await turn.find(INCIDENTS) if i.plan == "vehicle-readiness"]


async def state_of(town: Town, plan: str = "vehicle-readiness") -> RoutineState:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        found = await turn.get(ROUTINES, plan)
    assert found is not None
    return found


async def test_nothing_begins_because_the_process_begins(town: Town) -> None:
    await town.at(60)

    town.sees({})
    assert (await state_of(town)).next_at == MORNING + timedelta(minutes=TUESDAY_0730)


async def test_the_keepers_of_spares_are_asked_privately(town: Town) -> None:
    await town.at(TUESDAY_0730 + 1)

    new = town.new()
    assert set(new) == {"p_che", "p_you", "p_song"}  # south, north; nobody keeps headquarters'
    assert READY in new["p_che"][0]
    assert "🟢 浙A·10004" in new["p_che"][0] or "🟢 浙A10004" in new["p_che"][0]


async def test_it_closes_by_itself_once_the_number_is_known(town: Town) -> None:
    await town.at(TUESDAY_0730 + 1)
    town.ignore()
    keeper = town.person("p_che")
    await keeper.presses("✅ 完成", on=READY)
    await keeper.types("1")

    incident = next(i for i in await routines_in(town) if i.region == "south")
    assert incident.status == "closed"
    assert incident.fact("ready") == 1


async def test_with_none_ready_the_head_of_distribution_is_told_the_nearest(town: Town) -> None:
    await town.at(TUESDAY_0730 + 1)
    keeper = town.person("p_che")
    await keeper.presses("✅ 完成", on=READY)
    await keeper.types("0")

    assert "从邻区调一辆" in town.card(town.person("p_song"), "从邻区")


async def test_silence_climbs_slowly_and_now_with_a_sound(town: Town) -> None:
    await town.at(TUESDAY_0730 + 16)
    town.ignore()
    await town.at(TUESDAY_0730 + 31)

    new = town.new()
    assert any("车常新 没有应答" in text for text in new["p_song"])
    await town.at(TUESDAY_0730 + 61)
    assert any("没有应答" in text for text in town.new()["p_fu"])


async def test_a_restart_begins_nothing_twice(town: Town) -> None:
    await town.at(TUESDAY_0730 + 1)
    before = await routines_in(town)
    assert len(before) == 3
    town.ignore()


async def test_each_day_takes_over_what_the_day_before_left_open(town: Town) -> None:
    await town.at(TUESDAY_0730 + 24 * 60 + 1)

    status = [i.status for i in await routines_in(town)]
    assert status == ["merged"] * 3 + ["open"] * 3


async def test_weekends_are_left_out(town: Town) -> None:
    await town.at(TUESDAY_0730 + 6 * 24 * 60 + 1)  # the Monday after

    days = {i.reported_at.day for i in await routines_in(town)}
    assert days == {6, 7, 8, 9, 12} or len(days) == 5


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)
