"""Routines: begun by the clock, once, quietly; silence climbs as ever."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest_asyncio

from handlers.documents import INCIDENTS
from handlers.routines.documents import ROUTINES, RoutineState
from plans.incident import Incident
from tests.chat.town import MORNING, Town, a_town

READY = "查本区备用车"
# Minutes after the town's Monday, 08:00.
TUESDAY_0730 = 23.5 * 60
VEHICLES = ("vehicle-readiness", "vehicle-maintenance")


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town in which no other routine comes between."""
    async with a_town(tmp_path, routines=VEHICLES) as quiet_town, quiet_town.running():
        yield quiet_town


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
    assert town.message(town.person("p_che"), READY).silent
    assert "🟢 浙A·10004" in new["p_che"][0]


async def test_it_closes_by_itself_once_the_number_is_known(town: Town) -> None:
    await town.at(TUESDAY_0730 + 1)
    town.ignore()
    keeper = town.person("p_che")
    await keeper.presses("✅ 完成", on=READY)
    await keeper.presses("1", on="几辆能马上出车")

    incident = next(i for i in await routines_in(town) if i.region == "south")
    assert incident.status == "closed"
    assert incident.fact("ready") == 1


async def test_with_none_ready_the_head_of_distribution_is_told_the_nearest(town: Town) -> None:
    await town.at(TUESDAY_0730 + 1)
    keeper = town.person("p_che")
    await keeper.types("/vehicles 10004 在修")
    await keeper.presses("✅ 完成", on=READY)
    await keeper.types("0")

    told = town.card(town.person("p_song"), "从邻区调一辆")
    assert "🔴 浙A·10004 厢式货车【备用】 南北通 · 不可用：在修" in told
    assert "最近的空闲备用车：浙A·10009（北区" in told


async def test_silence_climbs_slowly_and_now_with_a_sound(town: Town) -> None:
    await town.at(TUESDAY_0730 + 16)
    town.ignore()
    await town.at(TUESDAY_0730 + 31)

    new = town.new()
    assert any("车常新 没有应答" in text for text in new["p_song"])
    assert not town.message(town.person("p_song"), "车常新 没有应答").silent
    await town.at(TUESDAY_0730 + 61)
    assert any("没有应答" in text for text in town.new()["p_fu"])


async def test_each_day_takes_over_what_the_day_before_left_open(town: Town) -> None:
    await town.at(TUESDAY_0730 + 24 * 60 + 1)

    status = [i.status for i in await routines_in(town)]
    assert status == ["merged"] * 3 + ["open"] * 3


async def test_the_process_may_be_away_when_the_time_comes(tmp_path: Path) -> None:
    async with a_town(tmp_path, routines=VEHICLES) as town:
        async with town.running():
            await town.at(60)
        town.ignore()
        await town.clock.advance((TUESDAY_0730 + 30 - 60) * 60)
        async with town.running():
            await town.settle()
            assert READY in town.new()["p_che"][0]
            assert len(await routines_in(town)) == 3
        async with town.running():
            await town.settle()
            town.sees({})
            assert len(await routines_in(town)) == 3


async def test_of_several_days_away_the_last_is_made_up_for(tmp_path: Path) -> None:
    async with a_town(tmp_path, routines=VEHICLES) as town:
        async with town.running():
            await town.at(60)
        await town.clock.advance(3 * 24 * 3600)  # Thursday, 09:00
        town.ignore()
        async with town.running():
            await town.settle()
            state = await state_of(town)
            assert [day.isoformat() for day in state.missed] == ["2026-07-07", "2026-07-08"]
            assert state.last is not None
            assert state.last.isoformat() == "2026-07-09"
            assert len(await routines_in(town)) == 3
            told = town.new()["p_max"]
            assert "2 rounds of “Spares ready?” were missed" in told[0]
            assert "07-07、07-08" in told[0]


async def test_they_are_folded_in_the_list_of_incidents(town: Town) -> None:
    await town.at(TUESDAY_0730 + 1)
    head = town.person("p_song")
    await head.types("/incidents")

    said = town.card(head, "例行检查 3 项")
    assert "目前没有进行中的事件" in said
    assert "· 备用车检查：南区 #1、北区 #2、总部 #3" in said


async def test_its_card_and_its_history_name_nobody_as_reporter(town: Town) -> None:
    await town.at(TUESDAY_0730 + 1)
    head = town.person("p_song")
    await head.types("/incident 1")

    said = town.card(head, "#1 备用车检查")
    assert "07:30 到点自动开始" in said
    assert "无人" not in said


async def test_a_photo_goes_on_record_and_into_no_group(town: Town) -> None:
    await town.at(TUESDAY_0730 + 1)
    town.ignore()
    keeper = town.person("p_che")
    await keeper.replies("轮胎已换", to=town.message(keeper, READY))

    assert "note_added" in [event.type for event in await town.record(1)]
    assert not set(town.new()) & {group.id for group in town.desk.company.groups}
