"""The stand-in with the sample company's people and groups, on a clock of its own."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache

from bot.library import read_library
from handlers.desk import Desk
from simulator import Limits, SimClock, Simulator

TOKEN = "7000000001:AAE-not-a-token_only-looks-like-one"
# Monday, 08:00 in the sample company's time zone.
MORNING = datetime(2026, 7, 6, 0, 0, tzinfo=UTC)
CALM_POLLS = 4


@cache
def the_desk() -> Desk:
    """The sample company and the plans in force."""
    return read_library().desk


@asynccontextmanager
async def stand_in(rate: float = 1.0, *, port: int = 0) -> AsyncIterator[Simulator]:
    """Telegram without limits, at `rate` of its seconds a real second, everybody in it."""
    sim = Simulator(TOKEN, SimClock(MORNING, rate), Limits.none())
    company = the_desk().company
    people = {p.telegram: p for p in company.people.values() if p.telegram}
    for telegram, person in people.items():
        sim.stage.add_person(telegram, person.name, started=True, phone=person.phone)
    for group in company.groups:
        if group.chat:
            sim.stage.add_group(group.chat, group.title, list(people))
    await sim.start(port)
    try:
        yield sim
    finally:
        await sim.stop()


def sends(sim: Simulator) -> int:
    """How many messages were sent or edited, as far as the stand-in was asked to."""
    calls = sim.world.stats.calls
    return sum(calls[name] for name in ("sendmessage", "sendlocation", "editmessagetext"))


def calm(sim: Simulator) -> Callable[[], bool]:
    """No update waits, and nothing was asked for over several of the bot's long polls."""
    calls = sim.world.stats.calls
    last = (0, 0)

    def holds() -> bool:
        nonlocal last
        polls = calls["getupdates"]
        others = sum(calls.values()) - polls
        if others != last[1] or len(sim.world.queue):
            last = (polls, others)
        return polls - last[0] >= CALM_POLLS

    return holds


def reads(sim: Simulator, chat: int, words: str) -> bool:
    """A message of the bot with the words stands in the chat."""
    return any(words in shown.text for shown in sim.world.messages(chat, by_bot=True))
