"""A thousand things that people do while Muster is away, and what must come of them.

In: a stand-in, a Muster in memory that nothing disturbs. Out: the updates waiting at the stand-in,
and a store that holds what a Muster that loses and repeats nothing must hold. People act on what
the undisturbed one knows, so that their presses make sense. Everything ends: no incident stays
open and no question unanswered, so time alone adds nothing.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from telegram.ext import ExtBot

from bot.request import AiohttpRequest
from bot.turn import Turns
from handlers.build import build_application
from handlers.desk import Desk
from handlers.documents import CONVERSATIONS, INCIDENTS, Question
from handlers.kinds import KINDS
from plans.incident import Incident, StepStatus
from plans.roster import Roster
from simulator import Simulator
from simulator.messages import Shown
from storage.port import Store
from storage.tiny import open_tiny
from tests.fake_clock import FakeClock
from tests.process.stand_in import MORNING, the_desk

PRESSES_LIMIT = 60
NOISE = 14
STRANGERS = range(990_001, 990_006)


@dataclass
class Crowd:
    """Whoever acts is named by id; every act is told to the undisturbed Muster at once."""

    sim: Simulator
    desk: Desk
    store: Store
    turns: Turns
    clock: FakeClock
    updates: int = 0
    notes: dict[int, list[str]] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    old: set[tuple[int, int]] = field(default_factory=set)
    _notes: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def roster(self) -> Roster:
        return Roster(self.desk.company)

    # What one person does

    async def reports(self, person: str, *, by_button: bool) -> int:
        """A breakdown, reported and described; the incident's number."""
        chat = self._telegram(person)
        if by_button:
            self.sim.stage.share_location(chat, chat, 30.2, 120.4)
            await self._told()
            await self.presses(person, "plan:vehicle-breakdown")
        else:
            await self.types(person, "/breakdown K12+300 桥下")
        number = max(i.number for i in await self.open_incidents())
        await self.answers_everything(person)
        return number

    async def types(self, person: str, text: str) -> None:
        chat = self._telegram(person)
        self.typed.append(text)
        self.sim.stage.say(chat, chat, text)
        await self._told()

    async def presses(self, person: str, data: str) -> None:
        """A button of any old message: its meaning lies in its data."""
        chat = self._telegram(person)
        self.sim.stage.press(chat, self._old_message(chat, "📋"), data, stale=True)
        await self._told()

    async def notes_down(self, person: str, number: int, *, group: int | None = None) -> None:
        """A reply to a card, with a text that no other note has."""
        text = f"记录{next(self._notes):04}号。"
        writer, chat = self._telegram(person), group or self._telegram(person)
        card = self._old_message(chat, f"📋 #{number}")
        self.sim.stage.say(writer, chat, text, reply_to=card)
        self.typed.append(text)
        self.notes.setdefault(number, []).append(text)
        await self._told()

    async def answers_everything(self, person: str) -> None:
        for _ in range(PRESSES_LIMIT):
            question = await self._question(person)
            if question is None:
                return
            await self._answers(person, question)
        raise AssertionError(f"{person} is asked without end")

    async def settles(self, number: int) -> None:
        """Whoever is asked does what is asked, until the incident is closed."""
        for _ in range(PRESSES_LIMIT):
            incident = await self._incident(number)
            if not incident.is_open:
                return
            for step, person in _asked(incident):
                await self.presses(person, f"ack:{number}:{step}")
                await self.answers_everything(person)
                await self.presses(person, f"ack:{number}:{step}")
                await self.presses(person, f"done:{number}:{step}")
                await self.answers_everything(person)
                if (await self._incident(number)).steps[step].status is StepStatus.OPEN:
                    # A list not called through is asked about.
                    await self.presses(person, f"all:{number}:{step}:yes")
        raise AssertionError(f"#{number} does not end")

    async def stranger_writes(self, telegram: int) -> None:
        if telegram not in self.sim.world.people:
            self.sim.stage.add_person(telegram, "路人", started=True)
        self.sim.stage.say(telegram, telegram, "喂，有人吗")
        await self._told()

    async def sends_rubbish(self, person: str) -> None:
        """What is no command, no answer, and no button of ours."""
        await self.types(person, "？？？")
        await self.presses(person, "nonsense:1:2:3:4")

    # What is so by now

    async def open_incidents(self) -> list[Incident]:
        async with self.store.turn(at=self.clock.now()) as turn:
            return await turn.find(INCIDENTS, status="open")

    def posted(self, role: str, region: str) -> str:
        return self.roster.holders(role, region)[0]

    async def _incident(self, number: int) -> Incident:
        async with self.store.turn(at=self.clock.now()) as turn:
            found = await turn.get(INCIDENTS, str(number))
        assert found is not None
        return found

    async def _question(self, person: str) -> Question | None:
        async with self.store.turn(at=self.clock.now()) as turn:
            talk = await turn.get(CONVERSATIONS, person)
        return talk.questions[0] if talk is not None and talk.questions else None

    async def _answers(self, person: str, question: Question) -> None:
        asked = self.desk.plans["vehicle-breakdown"].asked()[question.fact]
        number, fact = question.incident, question.fact
        match asked.type:
            case "yes_no":
                await self.presses(person, f"fact:{number}:{fact}:{'yes' if number else 'no'}")
            case "choice":
                await self.presses(person, f"fact:{number}:{fact}:{next(iter(asked.choices))}")
            case "duration":
                await self.presses(person, f"fact:{number}:{fact}:30")
            case "number":
                await self.types(person, "12")
            case "vehicle":
                await self.presses(person, f"skip:{number}:{fact}")
            case _:
                await self.types(person, "东门汽修厂，明天下午")

    async def _told(self) -> None:
        """The undisturbed Muster takes what has just come to wait."""
        raw = self.sim.world.queue.waiting()[-1].shape()
        await self.turns.take_update(raw)
        self.updates += 1

    def _old_message(self, chat: int, text: str) -> Shown:
        known = next((s for s in self.sim.world.messages(chat) if s.text == text), None)
        if known is not None:
            return known
        bot = self.sim.world.bot
        shown = self.sim.world.show(self.sim.world.chats[chat], bot.shape(), {"text": text})
        self.old.add((chat, shown.message_id))
        return shown

    def _telegram(self, person: str) -> int:
        telegram = self.desk.company.people[person].telegram
        assert telegram is not None
        return telegram


def _asked(incident: Incident) -> list[tuple[str, str]]:
    """The open steps, and who is asked for each."""
    return [
        (step, state.taken_by or state.asked[0])
        for step, state in incident.steps.items()
        if state.status is StepStatus.OPEN
    ]


@asynccontextmanager
async def a_crowd(sim: Simulator, folder: Path) -> AsyncIterator[Crowd]:
    """Nobody has done anything yet. `folder` is for the undisturbed Muster's store."""
    clock, desk = FakeClock(MORNING), the_desk()
    bot: ExtBot[None] = ExtBot(sim.token, base_url=sim.api_url, request=AiohttpRequest())
    application = build_application(bot, desk)
    async with open_tiny(folder, KINDS) as store:
        await application.initialize()
        try:
            yield Crowd(sim, desk, store, Turns(store, desk, application, clock), clock)
        finally:
            await application.shutdown()


async def a_bad_day(crowd: Crowd, updates: int) -> None:
    """Exactly so many updates: breakdowns everywhere, with all that belongs to them, and noise."""
    drivers = [p for p in crowd.desk.company.people if crowd.roster.vehicle_of(p)]
    numbers = [await crowd.reports(d, by_button=n % 2 == 0) for n, d in enumerate(drivers)]
    numbers.append(await crowd.reports(_clerk(crowd, "east"), by_button=False))
    await crowd.types(drivers[0], "/breakdown K13 还是那辆")
    for number in numbers:
        await _talks_about(crowd, number)
        await crowd.settles(number)
        await _noise(crowd)
    while crowd.updates < updates - NOISE:
        await _noise(crowd)
    while crowd.updates < updates:
        await crowd.stranger_writes(STRANGERS[0])


async def _talks_about(crowd: Crowd, number: int) -> None:
    incident = next(i for i in await crowd.open_incidents() if i.number == number)
    if incident.region == "hq":
        return
    manager = crowd.posted("market_manager", incident.region)
    group = crowd.desk.company.groups_by_id[f"{incident.region}_distribution"].chat
    for _ in range(3):
        await crowd.notes_down(manager, number)
        await crowd.notes_down(manager, number, group=group)


async def _noise(crowd: Crowd) -> None:
    before = crowd.updates
    for region in ("south", "west", "north"):
        await crowd.sends_rubbish(_clerk(crowd, region))
        await crowd.types(_clerk(crowd, region), "/mine")
    for telegram in STRANGERS:
        await crowd.stranger_writes(telegram)
    assert crowd.updates - before == NOISE


def _clerk(crowd: Crowd, region: str) -> str:
    return crowd.posted("account_manager", region)
