"""429, server trouble, no connection, time-outs, crashes: nothing lost, nothing blocks others."""

from pathlib import Path

import pytest

from bot.budget import Rates
from bot.outbox import Failure
from simulator import Fault
from storage.delivery import DeliveryState, Urgency
from tests.bot.harness import (
    DISPATCHER,
    DRIVER,
    GROUP,
    HEAD,
    MARK,
    OTHER_GROUP,
    QUICK,
    Town,
    a_town,
    open_town,
    stand_in,
)
from tests.fake_clock import FakeClock


def _people(town: Town, count: int) -> list[int]:
    people = list(range(800_000, 800_000 + count))
    for person in people:
        town.sim.stage.add_person(person, "P", started=True)
    return people


async def test_429_holds_that_chat_for_the_time_named_and_the_others_go_on(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        town.sim.stage.set_fault(Fault("429", chat_id=GROUP, retry_after_s=30))
        held = town.urgent(GROUP, "held")
        await town.deliver(held, town.text(OTHER_GROUP, "free"))
        assert town.texts(OTHER_GROUP) == ["free"]
        stored = await town.stored(held)
        assert (stored.state, stored.attempts) == (DeliveryState.PENDING, 1)
        await town.deliver(town.urgent(GROUP, "behind"), town.bulk(OTHER_GROUP, "still free"))
        assert town.texts(OTHER_GROUP) == ["free", "still free"]
        await town.advance(29.9)
        assert town.texts(GROUP) == []
        assert town.sim.world.stats.calls["sendmessage"] == 3
        await town.advance(1)
        assert town.texts(GROUP) == ["held", "behind"]


async def test_429_in_several_chats_holds_everything_and_then_one_call_tries(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path) as town:
        people = _people(town, 30)
        town.sim.stage.set_fault(Fault("429", times=3, retry_after_s=20))
        await town.deliver(*(town.text(person, "x") for person in people[:3]))
        await town.deliver(*(town.text(person, "x") for person in people[3:]))
        assert town.sim.world.stats.calls["sendmessage"] == 3
        town.sim.stage.set_fault(Fault("429", times=1, retry_after_s=5))
        await town.advance(20.6)
        assert town.sim.world.stats.calls["sendmessage"] == 4
        await town.advance(10)
        assert all(town.texts(person) == ["x"] for person in people)


@pytest.mark.parametrize("kind", ["500", "502"])
async def test_server_trouble_is_tried_again_with_growing_delay_and_others_go_on(
    tmp_path: Path, kind: str
) -> None:
    async with a_town(tmp_path) as town:
        town.sim.stage.set_fault(Fault("500" if kind == "500" else "502", chat_id=GROUP, times=4))
        late = town.text(GROUP, "late")
        await town.deliver(late, town.text(OTHER_GROUP, "at once"))
        assert town.texts(OTHER_GROUP) == ["at once"]
        assert await town.state(late) is DeliveryState.PENDING
        calls = [town.sim.world.stats.calls["sendmessage"]]
        for delay_s in (1, 2, 4, 8):
            await town.advance(delay_s - 0.1)
            assert town.sim.world.stats.calls["sendmessage"] == calls[-1]
            await town.advance(0.1)
            calls.append(town.sim.world.stats.calls["sendmessage"])
        assert town.texts(GROUP) == ["late"]
        assert town.failed == []


async def test_without_a_connection_one_call_tries_the_line_and_all_goes_when_it_is_back(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path) as town:
        people = _people(town, 40)
        port = town.sim.port
        await town.sim.stop()
        waiting = [town.text(person, "x") for person in people]
        await town.deliver(*waiting)
        await town.advance(120)
        states = {await town.state(delivery) for delivery in waiting}
        assert states == {DeliveryState.PENDING}
        tries = sum([(await town.stored(delivery)).attempts for delivery in waiting])
        assert tries < 40
        await town.sim.start(port)
        await town.advance(11)
        assert all(town.texts(person) == ["x"] for person in people)
        assert town.failed == []
        await town.sim.stop()
        await town.deliver(town.text(HEAD, "y"))
        await town.sim.start(port)
        await town.advance(1)
        assert town.texts(HEAD) == ["y"]


async def test_a_clock_set_back_does_not_silence_the_bot(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        town.sim.stage.set_fault(Fault("429", chat_id=GROUP, retry_after_s=30))
        held = town.text(GROUP, "held")
        await town.deliver(town.text(DRIVER, "a"), held)
        town.clock.set_back(3600)
        await town.deliver(town.text(DRIVER, "b"))
        await town.advance(1)
        assert town.texts(DRIVER) == ["a", "b"]
        await town.advance(30)
        assert town.texts(GROUP) == ["held"]
        sent_at = (await town.stored(held)).sent_at
        assert sent_at is not None
        assert sent_at <= town.clock.now()


async def test_a_call_cut_off_is_repeated_soon_and_marked(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        town.sim.stage.set_fault(Fault("cut_after", chat_id=DRIVER))
        ping = town.text(DRIVER, "ping")
        await town.deliver(ping)
        assert await town.state(ping) is DeliveryState.UNKNOWN
        await town.deliver(town.text(DRIVER, "next"))
        assert town.texts(DRIVER) == ["ping", "next"]
        await town.advance(2)
        assert town.texts(DRIVER) == ["ping", "next", f"{MARK}\nping"]
        stored = await town.stored(ping)
        assert (stored.state, stored.repeat) == (DeliveryState.SENT, True)


async def test_a_call_without_an_answer_in_time_is_repeated_and_marked(tmp_path: Path) -> None:
    async with a_town(tmp_path, timeouts=QUICK) as town:
        town.sim.stage.set_fault(Fault("timeout_after", chat_id=DRIVER))
        await town.deliver(town.urgent(DRIVER, "ping"))
        await town.advance(2)
        assert town.texts(DRIVER) == ["ping", f"{MARK}\nping"]


async def test_an_urgent_one_is_repeated_until_its_fate_is_known(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        town.sim.stage.set_fault(Fault("cut_before", chat_id=DRIVER, times=12))
        ping = town.urgent(DRIVER, "ping")
        await town.deliver(ping)
        await town.advance(200)
        assert await town.state(ping) is DeliveryState.UNKNOWN
        await town.advance(100)
        assert town.texts(DRIVER) == [f"{MARK}\nping"]
        assert await town.state(ping) is DeliveryState.SENT
        assert town.failed == []


@pytest.mark.parametrize("urgency", [Urgency.NORMAL, Urgency.BULK])
async def test_another_one_is_given_up_after_three_calls_and_that_is_told(
    tmp_path: Path, urgency: Urgency
) -> None:
    async with a_town(tmp_path) as town:
        town.sim.stage.set_fault(Fault("cut_before", chat_id=DRIVER, times=12))
        card = town.text(DRIVER, "card", urgency)
        await town.deliver(card)
        await town.advance(300)
        stored = await town.stored(card)
        assert (stored.state, stored.attempts) == (DeliveryState.FAILED, 3)
        assert town.failed == [(card.id, Failure.FATE_UNKNOWN)]


async def test_what_was_being_sent_at_a_crash_is_repeated_and_marked_and_nothing_else_is(
    tmp_path: Path,
) -> None:
    clock = FakeClock()
    async with stand_in(clock) as sim:
        async with open_town(tmp_path, sim, clock) as town:
            sim.stage.set_fault(Fault("timeout_after", chat_id=DRIVER))
            cut = town.urgent(DRIVER, "cut")
            await town.deliver(town.text(HEAD, "done"))
            await town.commit(cut, town.text(DRIVER, "waiting"))
            await town.until_shown(DRIVER, "cut")
            assert await town.state(cut) is DeliveryState.SENDING
            await town.crash()
        async with open_town(tmp_path, sim, clock) as town:
            assert town.texts(DRIVER) == ["cut", f"{MARK}\ncut", "waiting"]
            assert town.texts(HEAD) == ["done"]
            assert await town.state(cut) is DeliveryState.SENT


async def test_what_waits_at_a_restart_goes_out_in_order(tmp_path: Path) -> None:
    clock = FakeClock()
    async with stand_in(clock) as sim:
        async with open_town(tmp_path, sim, clock) as town:
            await town.crash()
            await town.commit(town.bulk(DRIVER, "b"), town.text(DRIVER, "n"))
            await town.commit(town.urgent(DRIVER, "u"))
        async with open_town(tmp_path, sim, clock) as town:
            assert town.texts(DRIVER) == ["u", "n", "b"]


async def test_an_edit_cut_by_a_crash_is_made_again_without_a_mark(tmp_path: Path) -> None:
    clock = FakeClock()
    async with stand_in(clock) as sim:
        async with open_town(tmp_path, sim, clock) as town:
            await town.deliver(town.text(GROUP, "v1", slot="card"))
            sim.stage.set_fault(Fault("timeout_before", chat_id=GROUP))
            edit = town.text(GROUP, "v2", slot="card")
            await town.commit(edit)
            while await town.state(edit) is not DeliveryState.SENDING:
                await sim.changed()
            await town.crash()
        async with open_town(tmp_path, sim, clock) as town:
            assert town.texts(GROUP) == ["v2"]


async def test_text_that_telegram_cannot_parse_goes_without_its_formatting(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        odd = town.text(DRIVER, "<b>车</b> &amp; <i>人 < 3")
        await town.deliver(odd)
        assert town.texts(DRIVER) == ["车 & 人 < 3"]
        assert await town.state(odd) is DeliveryState.SENT
        assert town.failed == []


async def test_what_telegram_can_never_accept_fails_alone_and_is_told(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        bad = town.text(DRIVER, "x", buttons=("长" * 22,))
        await town.deliver(bad, town.text(DRIVER, "good"), town.text(DISPATCHER, "good"))
        stored = await town.stored(bad)
        assert stored.state is DeliveryState.FAILED
        assert "button_data_invalid" in stored.error.lower()
        assert town.failed == [(bad.id, Failure.REJECTED)]
        assert town.texts(DRIVER) == town.texts(DISPATCHER) == ["good"]
