"""Papers: whatever holds everybody's numbers is not kept for ever; evidence is."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from handlers.documents import EVIDENCE
from tests.chat.test_import import file_of
from tests.chat.town import Town, a_town
from tests.plans.workbooks import people

DAY = 24 * 60


def kept(town: Town) -> list[bytes]:
    return [path.read_bytes() for path in sorted((town.folder / "files").glob("*/*"))]


@pytest_asyncio.fixture
async def quiet_town(tmp_path: Path) -> AsyncIterator[Town]:
    """Not yet running."""
    async with a_town(tmp_path) as town:
        yield town


async def test_the_register_and_the_wrong_rows_are_forgotten_after_a_day(town: Town) -> None:
    chief = town.person("p_max")
    await chief.types("/export")
    await chief.sends_file(people((1, "错岗位", 13900000001, "飞行员", "东区")), "a.xlsx")
    register, errors = file_of(town, chief, "register"), file_of(town, chief, "mistakes")
    assert sorted(kept(town)) == sorted([register, errors])

    await town.at(DAY + 10)

    assert kept(town) == []


async def test_a_paper_that_is_evidence_too_stays(town: Town) -> None:
    chief = town.person("p_max")
    await chief.types("/export")
    register = file_of(town, chief, "register")
    await town.person("p_lu").types("/breakdown 环城东路K12+300")
    town.stage.send_document(chief.telegram, chief.telegram, register, name="a.pdf", caption="#1")
    await town.a_moment()
    await town.person("p_lu").sends_file(register, "seen.pdf")
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        assert [e.state for e in await turn.find(EVIDENCE)][-1:] == ["kept"]

    await town.at(DAY + 10)

    assert kept(town) == [register]


async def test_what_fell_due_while_the_process_was_away_is_forgotten_then(quiet_town: Town) -> None:
    town = quiet_town
    async with town.running():
        await town.person("p_max").types("/export")
        assert len(kept(town)) == 1
    await town.clock.advance(2 * DAY * 60)
    async with town.running():
        await town.settle()
        assert kept(town) == []


async def test_a_full_folder_stops_neither_the_export_s_answer_nor_the_process(
    town: Town,
) -> None:
    chief, driver = town.person("p_max"), town.person("p_lu")
    files = getattr(town.store, "_files")  # noqa: B009
    files._limit = 10
    await chief.types("/export")
    assert "could not be written" in town.card(chief, "could not be written")

    await chief.sends_file(people((1, "错岗位", 13900000001, "飞行员", "东区")), "a.xlsx")
    assert "飞行员" in town.card(chief, "row 2")

    await driver.types("/breakdown 环城东路K12+300")
    assert "#1" in town.card(driver, "#1")
