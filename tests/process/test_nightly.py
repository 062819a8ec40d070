"""What is long over leaves the working set at night, and stays to be found."""

from pathlib import Path

from pydantic import TypeAdapter

from handlers.documents import INCIDENTS
from plans.incident import Incident
from storage.port import DELIVERIES, Entry
from tests.chat.town import Town, a_town

DAY_S = 86_400


async def live_through_a_breakdown(town: Town) -> None:
    """Reported, worked through by whoever is asked, closed."""
    driver = town.person("p_lu")
    await driver.types("/breakdown K12+300")
    for _ in range(8):
        incident = await town.incident(1)
        if not incident.is_open:
            return
        for step, state in incident.steps.items():
            if state.status.value == "open":
                person = town.person(state.taken_by or state.asked[0])
                card = town.message(person, "#1 ")
                town.stage.press(person.telegram, card, f"only:1:{step}", stale=True)
                await town.a_moment()
    raise AssertionError("#1 does not end")


async def test_an_incident_goes_to_the_archive_thirty_days_after_its_end(tmp_path: Path) -> None:
    async with a_town(tmp_path, routines=()) as town, town.running():
        await live_through_a_breakdown(town)
        store = town.store
        assert store is not None
        await town.clock.advance(29 * DAY_S)
        assert (await town.incident(1)).status == "closed"
        town.ignore()

        await town.clock.advance(2 * DAY_S)
        async with store.turn(at=town.clock.now()) as turn:
            assert await turn.find(INCIDENTS) == []
            assert await turn.timeline(1) == []
            assert await turn.find(DELIVERIES) == []
        archived = await store.archived(1)
        assert archived is not None
        assert Incident.model_validate(archived["incident"]).status == "closed"
        timeline = TypeAdapter(list[Entry]).validate_python(archived["timeline"])
        assert timeline[-1].event["type"] == "incident_closed"

        await town.person("p_song").types("/incident 1")
        town.sees({"p_song": ["#1 送货车辆途中故障 · 东区\n07-06 08:00 至 07-06 08:"]})
        await town.person("p_jin").types("/incident 1")
        town.sees({"p_jin": ["没有 #1 号事件，或您无权查看"]})


async def test_nights_that_were_missed_are_made_up_for_at_the_start(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        async with town.running():
            await live_through_a_breakdown(town)
        await town.clock.advance(40 * DAY_S)
        async with town.running():
            assert town.store is not None
            assert await town.store.archived(1) is not None


async def test_what_was_taken_back_is_put_away_too(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        async with town.running():
            await town.person("p_lu").types("/breakdown 环城东路")
            await town.person("p_lu").types("/cancel")
            await town.person("p_lu").presses("点错了")
        await town.clock.advance(40 * DAY_S)
        async with town.running():
            assert town.store is not None
            archived = await town.store.archived(1)
            assert archived is not None
            assert Incident.model_validate(archived["incident"]).status == "cancelled"
