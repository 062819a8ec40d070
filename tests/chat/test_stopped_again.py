"""A typhoon in two waves: deliveries stop, go on, and stop again in the same incident."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from plans.incident import StepStatus
from plans.text import Lang
from tests.chat.storm import (
    CUSTOMERS,
    DISPATCHER,
    FINANCE,
    HEAD,
    LEADER,
    MANAGER,
    MARKETING,
    OFFICE,
    Storm,
    a_storm,
)

EVERYBODY = range(1, CUSTOMERS + 1)


@pytest_asyncio.fixture(params=["zh", "en"])
async def storm(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Storm]:
    lang: Lang = request.param
    async with a_storm(lang, tmp_path) as one:
        yield one


async def first_wave(storm: Storm) -> None:
    """Stopped for a few, customers called, cash taken, resumed; the first hear of that."""
    await storm.suspended()
    await storm.does(FINANCE, "cash")
    await storm.person(FINANCE).presses(storm.word("report.yes"), on=storm.asks("pay_cash"))
    await storm.ticks("call_customers", *EVERYBODY)
    await storm.does(OFFICE, "resume_few")
    await storm.sends("tell_resumed")
    await storm.ticks("call_resumed", 1, 2)
    await storm.town.at(storm.town.minute() + 60)


async def proposed_again(storm: Storm) -> None:
    await storm.corrects(HEAD, "proposal", "suspend")
    await storm.arranged()


async def test_resumed_stands_on_the_card_without_anybody_correcting_it(storm: Storm) -> None:
    await storm.suspended()
    await storm.ticks("call_customers", *EVERYBODY)
    await storm.does(OFFICE, "resume_few")
    assert (await storm.town.incident(1)).fact("proposal") == "resume"
    assert await storm.of("call_resumed") is StepStatus.SHARED


async def test_drivers_hear_at_once_that_they_drive_again_and_confirm_once(storm: Storm) -> None:
    town = storm.town
    await storm.suspended()
    await storm.ticks("call_customers", *EVERYBODY)
    await storm.does(OFFICE, "resume_few")
    town.ignore()
    await storm.sends("tell_resumed")
    told = storm.either("东区恢复送货", "Deliveries in East go on")
    letter = town.message(storm.person("p_lu"), told)
    assert letter.labels == [storm.word("broadcast.got")]
    # The all-clear comes after it, and asks nobody to confirm.
    await storm.sends("all_clear")
    over = storm.either("预警解除", "is over")
    assert town.message(storm.person("p_lu"), over).labels == []


async def test_the_second_stop_is_decided_told_called_and_resumed_anew(storm: Storm) -> None:
    town = storm.town
    await first_wave(storm)
    assert await storm.of("call_resumed") is StepStatus.SHARED
    await storm.corrects(HEAD, "proposal", "suspend")
    # What was arranged for the first stop does not stand for the second.
    asked = town.message(storm.person(HEAD), f"🔔 {storm.do('adjust')}")
    assert storm.plan.rounds["once_more"].title.in_(storm.lang) in asked.text
    known = await town.incident(1)
    assert [known.fact(name) for name in ("ruling", "stop_from", "resume_at")] == [None] * 3
    await storm.arranged()
    # While nobody has decided, the calls about the first go on.
    assert await storm.of("call_resumed/1") is StepStatus.OPEN
    town.ignore()
    assert await storm.decided() == OFFICE
    assert await storm.of("call_resumed/1") is StepStatus.SKIPPED
    called = town.message(storm.person(MANAGER), f"🔔 {storm.do('call_customers')}")
    assert "早市便利店" in called.text
    assert storm.plan.rounds["stopped_again"].title.in_(storm.lang) in called.text
    again = (await storm.state("call_customers/2")).share
    assert again is not None
    assert (len(again.calls or ()), dict(again.called)) == (CUSTOMERS, {})
    await storm.sends("tell_staff")
    told = town.message(storm.person("p_lu"), storm.answer("proposal", "suspend")).text
    assert storm.word("broadcast.kind_notice") in told
    assert storm.either("改为", "instead of") not in told
    await storm.does(FINANCE, "cash")
    await storm.person(FINANCE).presses(storm.word("report.no"), on=storm.asks("pay_cash"))
    await storm.ticks("call_customers", *EVERYBODY)
    assert await storm.of("call_customers") is StepStatus.DONE
    await storm.does(OFFICE, "resume_few")
    await storm.sends("tell_resumed")
    await storm.ticks("call_resumed", *EVERYBODY)
    assert await storm.of("call_resumed") is StepStatus.DONE
    # Both stops stand on record, each customer called for each.
    ticks = [event.customer for event in await storm.lines("call_ticked")]  # type: ignore[union-attr]
    assert ticks.count("k_03") == 3
    first = (await storm.state("call_customers/1")).share
    assert first is not None
    assert len(first.called) == CUSTOMERS
    assert len(await storm.lines("step_decided")) == 2


async def test_refused_the_second_time_deliveries_and_calls_go_on(storm: Storm) -> None:
    await first_wave(storm)
    await proposed_again(storm)
    office = storm.person(OFFICE)
    await office.presses(storm.word("approving.refuse"), on=storm.do("decide"))
    await office.types(storm.either("再等等", "wait"))
    assert await storm.of("go_on") is StepStatus.OPEN
    await storm.does(HEAD, "go_on")
    assert (await storm.town.incident(1)).fact("proposal") == "resume"
    called = (await storm.calls("call_resumed")).called
    assert list(called) == ["k_01", "k_02"]
    await storm.ticks("call_resumed", *range(3, CUSTOMERS + 1))
    assert await storm.of("call_resumed") is StepStatus.DONE
    # The third time it is decided anew, too.
    await proposed_again(storm)
    await storm.decided()
    assert await storm.of("call_customers/2") is StepStatus.OPEN


async def test_the_second_stop_may_hit_most_and_is_the_leaders(storm: Storm) -> None:
    await first_wave(storm)
    await storm.corrects(HEAD, "proposal", "suspend")
    await storm.corrects(HEAD, "affected", "most")
    await storm.arranged()
    assert await storm.of("resume_most") is not StepStatus.OPEN
    assert await storm.decided() == LEADER
    assert await storm.of("publish") is StepStatus.OPEN
    assert await storm.of("call_customers") is StepStatus.SKIPPED
    await storm.sends("tell_staff")
    await storm.does(MARKETING, "publish")
    await storm.does(LEADER, "resume_most")
    assert await storm.of("publish_resumed") is StepStatus.OPEN


async def test_colours_after_it_was_resumed_call_nobody_again(storm: Storm) -> None:
    await first_wave(storm)
    for colour in ("red", "yellow", "orange"):
        await storm.coloured(colour)
        await storm.does(HEAD, "propose")
    assert "round_begun" not in {event.type for event in await storm.town.record(1)}
    opened = [event.step for event in await storm.lines("step_opened")]  # type: ignore[union-attr]
    assert opened.count("call_customers/1") == 1
    assert opened.count("decide") == 1
    assert "call_customers/2" not in opened


async def test_an_old_list_ticks_nobody_off_the_new_one(storm: Storm) -> None:
    """The message is the one about the first stop, two days back in the chat."""
    town, manager = storm.town, storm.person(MANAGER)
    await storm.suspended()
    screen = town.message(manager, storm.do("call_customers"))
    third = next(label for label in screen.labels if label.startswith("✅ 3 "))
    button = screen.button(third)
    assert button is not None
    await storm.ticks("call_customers", *EVERYBODY)
    await storm.does(OFFICE, "resume_few")
    await proposed_again(storm)
    await storm.decided()
    town.stage.press(manager.telegram, screen, button["callback_data"], stale=True)
    await town.a_moment()
    for part, reached in (("1", CUSTOMERS), ("2", 0)):
        share = (await storm.state(f"call_customers/{part}")).share
        assert share is not None
        assert len(share.called) == reached
    assert len(await storm.lines("call_ticked")) == CUSTOMERS


async def test_a_second_wave_that_raises_the_colour_leads_there_by_a_press(
    storm: Storm,
) -> None:
    town, head = storm.town, storm.person(HEAD)
    await first_wave(storm)
    await storm.coloured("yellow")
    await storm.sends("warn")
    await storm.does(HEAD, "propose")
    await storm.sends("all_clear")
    keeper = storm.person(DISPATCHER)
    await keeper.types(
        storm.either("/weather 红色 台风 后天18点", "/weather red typhoon in two days 18:00")
    )
    await keeper.types(storm.either("东区", "East"))
    await keeper.presses(storm.word("form.send"))
    joined = town.message(keeper, "#1")
    worse = next(one for one in joined.labels if storm.answer("level", "red") in one)
    await keeper.presses(worse)
    change = storm.word("moments.change", what=storm.plan.asked()["proposal"].called(storm.lang))
    await head.presses(change, on=storm.do("propose"))
    await storm.says(HEAD, "proposal", "suspend")
    await storm.does(HEAD, "propose")
    assert await storm.of("adjust") is StepStatus.OPEN
    # The all-clear of the first wave does not stand for the second.
    assert await storm.of("all_clear") is StepStatus.WAITING


async def test_whoever_issued_the_warning_is_named_in_it_unless_all_of_it_was_pasted(
    storm: Storm,
) -> None:
    town = storm.town
    await storm.warned()
    await storm.corrects_text(OFFICE, "source", "江州气象台")
    await storm.coloured("red")
    await storm.sends("warn")
    said = storm.either("江州气象台发布。", "Issued by 江州气象台.")
    assert said in town.card(storm.person("p_lu"), storm.answer("level", "red"))
    await storm.corrects_text(OFFICE, "source", "江州气象台今天发布红色预警信号" * 4)
    await storm.coloured("orange")
    await storm.sends("warn")
    again = town.card(storm.person("p_lu"), storm.answer("level", "orange"))
    assert "江州气象台" not in again
