"""W3 in either language: a flooded warehouse from the first word to the day it is used again."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from plans.incident import StepStatus
from plans.text import Lang
from tests.chat.storm import DISPATCHER, FINANCE, HEAD, KEEPER, LEADER, MANAGER, Storm
from tests.chat.test_chapter_vehicles import company_in
from tests.chat.town import a_town

SECURITY, EAST = "p_an_rs", "east_distribution"
PICTURE = b"\xff\xd8\xff\xe0 water in the store"


@pytest_asyncio.fixture(params=["zh", "en"])
async def flood(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Storm]:
    lang: Lang = request.param
    store = tmp_path / "store"
    store.mkdir()
    company = company_in(lang, tmp_path)
    async with a_town(store, company=company, routines=()) as town, town.running():
        yield Storm(town, lang, town.desk.plans["warehouse-flood"])


async def reported(flood: Storm, people: str = "yes") -> None:
    keeper = flood.person(KEEPER)
    await keeper.types("/flood")
    await keeper.types(flood.either("东仓", "East store"))
    await keeper.presses(flood.word(f"report.{people}"), on=flood.asks("people"))
    await keeper.types("30")


async def test_w3_people_come_first_then_power_then_goods(flood: Storm) -> None:
    town = flood.town
    await reported(flood)
    assert flood.plan.received.in_(flood.lang) in town.card(flood.person(KEEPER), "119")
    flood.is_asked(SECURITY, "rescue", "08:20")
    flood.is_asked(KEEPER, "power_off", "08:10", group=EAST)
    flood.is_asked(DISPATCHER, "people_out", "08:15", group=EAST)
    assert town.card(flood.person(LEADER), flood.plan.title.in_(flood.lang))
    # Nobody touches the goods before the power is off and everybody is out.
    assert await flood.of("move_up") is StepStatus.WAITING
    await flood.does(KEEPER, "power_off")
    assert await flood.of("move_up") is StepStatus.WAITING
    await flood.does(DISPATCHER, "people_out")
    flood.is_asked(KEEPER, "move_up", "10:0", group=EAST)
    flood.is_asked(HEAD, "pump", "10:0")


async def test_w3_nobody_is_inside(flood: Storm) -> None:
    await reported(flood, people="no")
    assert await flood.of("rescue") is StepStatus.SKIPPED


async def test_w3_losses_with_a_picture_the_insurer_the_deliveries_and_back_into_use(
    flood: Storm,
) -> None:
    town = flood.town
    await reported(flood)
    await flood.does(SECURITY, "rescue", "guard")
    await flood.does(KEEPER, "power_off")
    await flood.does(DISPATCHER, "people_out")
    await flood.does(KEEPER, "move_up")
    await flood.does(HEAD, "pump")
    # The insurer's number stands where finance needs it.
    assert "☎" in town.message(flood.person(FINANCE), flood.do("insurer")).text
    await flood.does(FINANCE, "insurer")
    await flood.person(FINANCE).types("BX-2026-07")
    await flood.does(KEEPER, "losses")
    keeper = flood.person(KEEPER)
    await keeper.sends_photo(PICTURE)
    await keeper.types("云杉 40, 青松 12")
    for person in (HEAD, FINANCE):
        assert town.card(flood.person(person), "云杉 40, 青松 12")
    await flood.does(DISPATCHER, "rearrange")
    await flood.person(DISPATCHER).types("明天从西仓发 / from West tomorrow")
    for person in (MANAGER, "p_shang", "p_mei"):
        assert town.card(flood.person(person), "from West tomorrow")
    await flood.does(HEAD, "reopen", "close")

    ended = await town.incident(1)
    assert ended.status == "closed"
    assert [name for name, one in ended.steps.items() if one.status is StepStatus.OPEN] == []
    assert ended.fact("case_number") == "BX-2026-07"
    assert ended.fact("picture")
    goodbye = flood.plan.close.tell_reporter
    assert goodbye is not None
    assert town.card(keeper, goodbye.in_(flood.lang))
