"""Everything at once, by seed: storms, faults, crashes, people who come and go.

Whatever happens: nothing is lost silently, nothing is shown twice without a mark, a live message
ends with its newest text, and Telegram never has to say that it was too much.
"""

import asyncio
import random
from collections import Counter
from pathlib import Path

import pytest

from bot.budget import Rates
from simulator import Fault, Limits, Simulator
from simulator.faults import Kind
from storage.delivery import Delivery, DeliveryState, Message, Urgency
from tests.bot.harness import GROUP, MARK, OTHER_GROUP, Town, open_town, stand_in
from tests.fake_clock import FakeClock

LIVES, ROUNDS = 4, 6
PEOPLE = tuple(range(800_001, 800_007))
CHATS = (*PEOPLE, GROUP, OTHER_GROUP)
CARDS = {f"card-{n}": chat for n, chat in enumerate((GROUP, GROUP, OTHER_GROUP, PEOPLE[0]))}
KINDS: tuple[Kind, ...] = ("500", "502", "429", "cut_before", "cut_after")
FINAL = {DeliveryState.SENT, DeliveryState.FOLDED, DeliveryState.FAILED}


class Chaos:
    """One seed's run, and what was asked for in it."""

    def __init__(self, seed: int, sim: Simulator) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - a rehearsal, not a secret
        self.sim = sim
        self.asked: list[Delivery] = []
        self.failed: set[str] = set()
        self.newest: dict[str, str] = {}

    async def storm(self, town: Town) -> None:
        """Deliveries, faults and pauses."""
        for _ in range(ROUNDS):
            self._misfortune()
            for _ in range(self.dice.randrange(4)):
                await town.commit(*(self._delivery(town) for _ in range(self.dice.randrange(1, 8))))
            if self.dice.random() < 0.5:
                await town.advance(self.dice.choice((0.3, 1.0, 2.5, 7.0, 40.0)))

    async def crash(self, town: Town) -> None:
        """The process ends somewhere in what it does."""
        for _ in range(self.dice.randrange(60)):
            await asyncio.sleep(0)
        await town.crash()
        self.failed |= {delivery_id for delivery_id, _ in town.failed}

    def _misfortune(self) -> None:
        for _ in range(self.dice.randrange(3)):
            chat = self.dice.choice(CHATS) if self.dice.random() < 0.8 else None
            kind = self.dice.choice(KINDS)
            fault = Fault(kind, chat_id=chat, times=self.dice.randrange(1, 4), retry_after_s=3)
            self.sim.stage.set_fault(fault)
        person = self.dice.choice(PEOPLE[1:])
        if self.dice.random() < 0.2:
            self.sim.stage.block(person)
        elif self.dice.random() < 0.5:
            self.sim.stage.unblock(person)

    def _delivery(self, town: Town) -> Delivery:
        n = len(self.asked)
        urgency = self.dice.choice(list(Urgency))
        if self.dice.random() < 0.3:
            slot = self.dice.choice(list(CARDS))
            chat, text = CARDS[slot], f"{slot} v{n}"
            self.newest[slot] = text
        else:
            slot, chat, text = None, self.dice.choice(CHATS), f"t{n}"
        made = town.text(chat, text, urgency, slot=slot, delivery_id=f"d{n}")
        self.asked.append(made)
        return made


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_happens_nothing_is_lost_or_doubled_in_silence(
    tmp_path: Path, seed: int
) -> None:
    clock = FakeClock()
    async with stand_in(clock, Limits.strict()) as sim:
        for person in PEOPLE:
            sim.stage.add_person(person, "P", started=True)
        chaos = Chaos(seed, sim)
        for _ in range(LIVES):
            async with open_town(tmp_path, sim, clock, rates=Rates()) as town:
                await chaos.storm(town)
                await chaos.crash(town)
            # A restarted bot does not know what it sent in the minute before.
            await clock.advance(61)
        async with open_town(tmp_path, sim, clock, rates=Rates()) as town:
            await chaos.storm(town)
            for person in PEOPLE:
                sim.stage.unblock(person)
            await town.advance(900)
            chaos.failed |= {delivery_id for delivery_id, _ in town.failed}
            await _judge(chaos, town)


async def _judge(chaos: Chaos, town: Town) -> None:
    stored = {delivery.id: await town.stored(delivery) for delivery in chaos.asked}
    assert {delivery.state for delivery in stored.values()} <= FINAL
    told = {name for name, delivery in stored.items() if delivery.state is DeliveryState.FAILED}
    assert told <= chaos.failed
    unmarked, seen = _seen(town)
    assert {text: count for text, count in unmarked.items() if count > 1} == {}
    for delivery in stored.values():
        if delivery.slot is None and delivery.id not in told:
            assert (delivery.chat, _text(delivery)) in seen
    for slot, text in chaos.newest.items():
        if next(d.id for d in chaos.asked if _text(d) == text) not in told:
            assert await _live_text(town, slot) == text
    assert town.too_many() == 0


def _text(delivery: Delivery) -> str:
    assert isinstance(delivery.content, Message)
    return delivery.content.text


def _seen(town: Town) -> tuple[Counter[tuple[int, str]], set[tuple[int, str]]]:
    """How often each text was posted without a mark, and every text that was."""
    unmarked: Counter[tuple[int, str]] = Counter()
    seen: set[tuple[int, str]] = set()
    for chat in CHATS:
        for shown in town.shown(chat):
            texts = shown.text.removeprefix(f"{MARK}\n").split("\n\n")
            seen |= {(chat, text) for text in texts}
            if not shown.text.startswith(MARK):
                unmarked.update((chat, text) for text in texts if text.startswith("t"))
    return unmarked, seen


async def _live_text(town: Town, name: str) -> str:
    slot = await town.slot(name)
    assert slot is not None
    shown = town.sim.world.message(slot.chat, slot.message_id)
    assert shown is not None
    return shown.text.removeprefix(f"{MARK}\n")
