"""Telegram calls us: the whole process with a webhook."""

import socket
from pathlib import Path

import pytest

from handlers.kinds import KINDS
from simulator import Fault
from storage.tiny import open_tiny
from tests.process.child import environment, muster, ran
from tests.process.reckoning import record_of
from tests.process.stand_in import stand_in

pytestmark = pytest.mark.process

DRIVER, EAST = 700001, -1007000001
SECRET = "only-telegram-knows-this-word"


async def test_updates_come_in_by_webhook_before_and_after_a_kill(tmp_path: Path) -> None:
    async with stand_in(rate=20) as sim:
        settings = {**environment(sim, tmp_path), **_webhook(_free_port())}
        sim.stage.say(DRIVER, DRIVER, "/breakdown K12+300")

        def posted(words: str) -> bool:
            return any(words in s.text for s in sim.world.messages(EAST, by_bot=True))

        async with muster(tmp_path, settings) as child:
            await child.until(sim, lambda: posted("#1 "))
            await child.says("what waited at Telegram has been taken in")
            child.kill()
            await child.end()
        assert sim.world.stats.calls["getupdates"] == 0

        card = sim.world.last(EAST, by_bot=True)
        assert card is not None
        sim.stage.say(700011, EAST, "已联系拖车", reply_to=card)
        async with muster(tmp_path, settings) as child:
            await child.until(sim, lambda: len(sim.world.queue) == 0)
            await child.says("what waited at Telegram has been taken in")
            assert await child.stop() == 0
        async with open_tiny(tmp_path / "data", KINDS) as store:
            assert (await record_of(store)).notes() == {1: ["已联系拖车"]}


async def test_going_back_to_polling_removes_the_webhook(tmp_path: Path) -> None:
    async with stand_in(rate=20) as sim:
        settings = environment(sim, tmp_path)
        async with muster(tmp_path, {**settings, **_webhook(_free_port())}) as child:
            await child.says("what waited at Telegram has been taken in")
            assert await child.stop() == 0
        async with muster(tmp_path, settings) as child:
            await child.says("a webhook is set for this bot; it is removed")
            await child.until(sim, sim.is_polled)


async def test_a_port_that_is_taken(tmp_path: Path) -> None:
    async with stand_in() as sim:
        settings = {**environment(sim, tmp_path), **_webhook(sim.port)}
        code, _, err = await ran(tmp_path, settings, "run")
    assert code == 1
    assert "address already in use" in err
    assert "Traceback" not in err


async def test_registering_goes_on_until_telegram_takes_it(tmp_path: Path) -> None:
    async with stand_in(rate=20) as sim:
        sim.stage.set_fault(Fault("502", "setWebhook", times=2))
        settings = {**environment(sim, tmp_path), **_webhook(_free_port())}
        async with muster(tmp_path, settings) as child:
            await child.says("the webhook could not be registered")
            await child.says("what waited at Telegram has been taken in")
            assert await child.stop() == 0


def _webhook(port: int) -> dict[str, str]:
    return {
        "BOT_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "BOT_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
        "BOT_WEBHOOK_SECRET": SECRET,
    }


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
