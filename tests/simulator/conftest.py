"""One stand-in and one bare bot a test: Anna and Bo have phones, the depot is their group."""

from collections.abc import AsyncIterator

import pytest

from simulator import Limits, Simulator
from tests.simulator.bare_bot import BareBot

ANNA, BO, CAI = 1001, 1002, 1003
DEPOT = -1009


def furnish(sim: Simulator) -> None:
    """Anna has started the bot, Bo and Cai have not; Anna and Bo are in the depot's group."""
    sim.stage.add_person(ANNA, "Anna", "anna_t", "+86 138 0000 0001", started=True)
    sim.stage.add_person(BO, "Bo", phone="+86 138 0000 0002")
    sim.stage.add_person(CAI, "Cai")
    sim.stage.add_group(DEPOT, "Depot", [ANNA, BO])


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    sim = Simulator(limits=Limits.none())
    furnish(sim)
    await sim.start()
    yield sim
    await sim.stop()


@pytest.fixture
async def bot(sim: Simulator) -> AsyncIterator[BareBot]:
    async with BareBot(sim) as bot:
        yield bot
