"""A storm's colour changes while people are at work: calls half made, lists open, people gone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from plans.incident import StepStatus
from plans.text import Lang
from tests.chat.storm import CUSTOMERS, HEAD, MANAGER, OFFICE, Storm, a_storm

CALLS = "call_customers"


@pytest_asyncio.fixture(params=["zh", "en"])
async def storm(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Storm]:
    lang: Lang = request.param
    async with a_storm(lang, tmp_path) as one:
        await one.suspended()
        yield one


async def reached(storm: Storm) -> list[str]:
    return [name for name, how in (await storm.calls(CALLS)).called.items() if how == "reached"]


async def test_a_list_that_is_being_gone_through_goes_on_under_the_thumb(storm: Storm) -> None:
    """The message on the manager's screen is the one from before the colour changed, twice."""
    manager = storm.person(MANAGER)
    await storm.ticks(CALLS, 1, 2)
    screen = storm.town.message(manager, storm.do(CALLS))
    third = screen.button(next(label for label in screen.labels if label.startswith("✅ 3 ")))
    assert third is not None
    for colour in ("red", "yellow"):
        await storm.coloured(colour)
        data = third["callback_data"]
        storm.town.stage.press(manager.telegram, screen, data, stale=True)
        await storm.town.a_moment()
    assert await reached(storm) == ["k_01", "k_02", "k_03"]
    ticks = [(one.customer, one.result) for one in await storm.lines("call_ticked")]  # type: ignore[union-attr]
    assert len(ticks) == len(set(ticks)), "a customer was ticked twice"
    asked = [one.step for one in await storm.lines("step_opened")]  # type: ignore[union-attr]
    assert asked.count(f"{CALLS}/1") == 1


async def test_lowered_and_raised_again_within_a_minute_disturbs_nobody_who_is_calling(
    storm: Storm,
) -> None:
    manager = storm.person(MANAGER)
    await storm.ticks(CALLS, 1, 2, 3)
    pings = [text for text in storm.private(MANAGER) if f"🔔 {storm.do(CALLS)}" in text]
    for colour in ("blue", "orange"):
        await storm.coloured(colour)
    again = [text for text in storm.private(MANAGER) if f"🔔 {storm.do(CALLS)}" in text]
    assert len(again) <= len(pings)
    assert await reached(storm) == ["k_01", "k_02", "k_03"]
    # Vehicles that were stopped stay stopped; stores that were checked need no second look.
    for step in ("stop_driving", "prepare", "watch_store"):
        assert await storm.of(step) is StepStatus.DONE
    await storm.ticks(CALLS, *range(4, CUSTOMERS + 1))
    assert await storm.of(CALLS) is StepStatus.DONE
    assert storm.town.card(manager, storm.do(CALLS))


async def test_the_register_changes_in_the_middle_of_the_calls(storm: Storm) -> None:
    """A list is as it was when the step began: who has left the register meanwhile is still on it,
    nobody is called twice, and it comes to its end."""
    await storm.ticks(CALLS, 1, 2, 3)
    manager = storm.person(MANAGER)
    await manager.types("/customers 亮灯")
    await manager.presses(storm.word("directory.do_gone"), on="亮灯")
    await manager.presses(storm.word("directory.do_sure"), on="亮灯")
    for colour in ("red", "yellow"):
        await storm.coloured(colour)
    assert await reached(storm) == ["k_01", "k_02", "k_03"]
    shown = storm.town.message(manager, storm.do(CALLS)).text
    assert storm.either("4. 已不在名册", "4. No longer in the register") in shown
    await storm.ticks(CALLS, *range(4, CUSTOMERS + 1))
    assert await storm.of(CALLS) is StepStatus.DONE


async def test_the_manager_leaves_with_half_of_the_calls_made(storm: Storm) -> None:
    """Whoever stands in gets the list as far as it has come, and nobody is called again."""
    await storm.ticks(CALLS, 1, 2, 3)
    await storm.leaves(MANAGER)
    manager, stand_in = storm.person(MANAGER), storm.person("p_shang")
    asked = storm.word("duty.who_stands_in")
    label = next(one for one in storm.town.message(manager, asked).labels if "商有道" in one)
    await manager.presses(label, on=asked)
    await storm.coloured("red")
    await manager.presses(storm.word("duty.hand_over", to="商有道"))
    await storm.coloured("yellow")

    assert (await storm.state(f"{CALLS}/1")).asked == (stand_in.id,)
    shown = storm.town.message(stand_in, storm.do(CALLS))
    assert "来福烟酒" in shown.text
    assert "早市便利店" not in shown.text
    assert await reached(storm) == ["k_01", "k_02", "k_03"]


async def test_a_customer_who_did_not_answer_is_brought_up_after_the_colours_have_changed(
    storm: Storm,
) -> None:
    await storm.ticks(CALLS, *range(1, CUSTOMERS))
    await storm.ticks(CALLS, CUSTOMERS, result="no_answer")
    for colour in ("red", "yellow", "orange"):
        await storm.coloured(colour)
    storm.town.ignore()
    await storm.town.at(storm.town.minute() + 35)
    assert "来福烟酒" in "".join(storm.town.new()[MANAGER])


async def test_nobody_lowers_a_storm_who_may_not_and_the_head_may(storm: Storm) -> None:
    manager, blue = storm.person(MANAGER), storm.answer("level", "blue")
    await manager.types("/level 1")
    await manager.presses(blue)
    assert (await storm.town.incident(1)).fact("level") == "orange"
    await storm.coloured("blue", by=HEAD)
    assert (await storm.town.incident(1)).fact("level") == "blue"
    assert (await storm.town.incident(1)).facts["level"].by == HEAD
    assert OFFICE != HEAD
