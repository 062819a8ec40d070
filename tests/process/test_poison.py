"""Updates that no handler survives: kept, told, passed over; and logs that quote nobody."""

import json
from pathlib import Path
from typing import Any

import pytest

from handlers.documents import PARKED
from handlers.kinds import KINDS
from simulator import Simulator
from storage.tiny import open_tiny
from tests.process.child import environment, muster
from tests.process.discretion import assert_quotes_nobody
from tests.process.stand_in import MORNING, reads, stand_in

pytestmark = pytest.mark.process

DRIVER, ADMINISTRATOR, OTHER = 700001, 700036, 700011
SECRET_WORDS = "车里有贵重药品"
PHONE = "+86 10 5550 9999"


def message(sim: Simulator, **content: Any) -> dict[str, Any]:
    """A driver's private message as Telegram would write it, but for its content."""
    return {
        "message": {
            "message_id": 9_000,
            "date": sim.clock.timestamp(),
            "chat": {"id": DRIVER, "type": "private", "first_name": "路平安"},
            "from": {"id": DRIVER, "is_bot": False, "first_name": "路平安"},
            **content,
        }
    }


POISON: dict[str, dict[str, Any]] = {
    "a place that is not on Earth": {"location": {"latitude": 2000.5, "longitude": 120.4}},
    "half a character": {"text": f"{SECRET_WORDS} \ud83d {PHONE}"},
    "no message at all": {"text": {"nothing": SECRET_WORDS}},
}


@pytest.mark.parametrize("content", POISON.values(), ids=POISON)
async def test_poison_is_parked_and_told_and_others_go_on(
    tmp_path: Path, content: dict[str, Any]
) -> None:
    async with stand_in(rate=20) as sim:
        settings = environment(sim, tmp_path, MUSTER_LOG="debug")
        sim.stage.say(DRIVER, DRIVER, "/breakdown")
        update = sim.stage.raw_update(message(sim, **content))
        sim.stage.say(OTHER, OTHER, "/help")
        async with muster(tmp_path, settings) as child:
            await child.until(sim, lambda: reads(sim, DRIVER, "抱歉，刚才那条没能处理"))
            told = f"A message could not be handled and is kept (update:{update})"
            await child.until(sim, lambda: reads(sim, ADMINISTRATOR, told))
            await child.until(sim, lambda: reads(sim, OTHER, "/incidents"))
            await child.until(sim, lambda: len(sim.world.queue) == 0)
            assert await child.stop() == 0
        async with open_tiny(tmp_path / "data", KINDS) as store, store.turn(at=MORNING) as turn:
            parked = await turn.find(PARKED)

        assert [p.input_id for p in parked] == [f"update:{update}"]
        assert json.loads(parked[0].update)["message"]["from"]["id"] == DRIVER
        assert_quotes_nobody(child.lines, [SECRET_WORDS, PHONE, PHONE.replace(" ", "")])
