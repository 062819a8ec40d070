"""How a running Muster ends, and what it says when it cannot go on."""

import signal
import socket
from pathlib import Path

import aiohttp
import pytest

from handlers.kinds import KINDS
from simulator import Simulator
from storage.delivery import DeliveryState
from storage.tiny import open_tiny
from tests.process.child import environment, muster, ran
from tests.process.reckoning import assert_shown, record_of
from tests.process.stand_in import TOKEN, calm, sends, stand_in, the_desk

pytestmark = pytest.mark.process

DRIVER = 700001
UNDER_WAY = {DeliveryState.SENDING, DeliveryState.UNKNOWN}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_in_order_and_a_restart_goes_on(
    tmp_path: Path, number: signal.Signals
) -> None:
    async with stand_in(rate=100) as sim:
        settings = environment(sim, tmp_path)
        _everybody_asks(sim)
        async with muster(tmp_path, settings) as child:
            await child.until(sim, lambda: sends(sim) > 5)
            child.signal(number)
            assert await child.end() == 0
        async with open_tiny(tmp_path / "data", KINDS) as store:
            record = await record_of(store)
        assert not [d for d in record.deliveries if d.state in UNDER_WAY]

        async with muster(tmp_path, settings) as child:
            await child.until(sim, calm(sim))
            assert await child.stop() == 0
        async with open_tiny(tmp_path / "data", KINDS) as store:
            record = await record_of(store)
        counts = assert_shown(sim, record, set())
        asked = len([p for p in the_desk().company.people.values() if p.telegram])
        assert (counts.posts, counts.unnoted, counts.marked) == (asked, 0, 0)


def _everybody_asks(sim: Simulator) -> None:
    for person in the_desk().company.people.values():
        if person.telegram:
            sim.stage.say(person.telegram, person.telegram, "/mine")


async def test_a_second_process_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    async with stand_in() as sim:
        settings = environment(sim, tmp_path)
        async with muster(tmp_path, settings) as child:
            await child.until(sim, sim.is_polled)
            code, _, err = await ran(tmp_path, settings, "run")
            assert code == 1
            assert "already open in process" in err
            assert "Traceback" not in err
            assert sim.is_polled()


async def test_without_a_network_it_waits_and_says_so(tmp_path: Path) -> None:
    port = _free_port()
    settings = environment(
        None, tmp_path, BOT_TOKEN=TOKEN, BOT_API_URL=f"http://127.0.0.1:{port}/bot"
    )
    async with muster(tmp_path, settings) as child:
        await child.says("Telegram cannot be reached yet")
        async with stand_in(port=port) as sim:
            sim.stage.say(DRIVER, DRIVER, "/help")
            await child.until(sim, lambda: sends(sim) == 1)
            assert await child.stop() == 0


async def test_while_it_waits_for_the_network_it_can_be_stopped(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{_free_port()}/bot"
    settings = environment(None, tmp_path, BOT_TOKEN=TOKEN, BOT_API_URL=url)
    async with muster(tmp_path, settings) as child:
        await child.says("Telegram cannot be reached yet")
        assert await child.stop() == 0


async def test_a_token_that_telegram_does_not_know(tmp_path: Path) -> None:
    wrong = "7000000001:AAE-quite-another-one-than-yesterday"
    async with stand_in() as sim:
        settings = {**environment(sim, tmp_path), "BOT_TOKEN": wrong}
        code, _, err = await ran(tmp_path, settings, "run")
    assert code == 1
    assert "Telegram does not know this bot token. Look at BOT_TOKEN" in err
    assert wrong not in err


async def test_another_process_that_polls_is_named_and_it_goes_on(tmp_path: Path) -> None:
    async with (
        stand_in(rate=20) as sim,
        aiohttp.ClientSession() as other,
        muster(tmp_path, environment(sim, tmp_path)) as child,
    ):
        await child.until(sim, sim.is_polled)
        url = f"{sim.api_url}{sim.token}/getUpdates"
        async with other.get(url, params={"timeout": "50"}) as answer:
            assert answer.status == 409
        await child.says("another process is polling with this bot token")
        sim.stage.say(DRIVER, DRIVER, "/help")
        await child.until(sim, lambda: sends(sim) == 1)


async def test_a_rehearsal_whose_clock_is_not_there(tmp_path: Path) -> None:
    async with stand_in() as sim:
        settings = environment(sim, tmp_path)
        settings["MUSTER_CLOCK_URL"] = f"http://127.0.0.1:{_free_port()}/clock"
        code, _, err = await ran(tmp_path, settings, "run")
    assert code == 1
    assert "cannot be read" in err
    assert "Traceback" not in err


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
