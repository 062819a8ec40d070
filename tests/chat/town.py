"""A town: Muster's whole process, Telegram's stand-in, the sample company's people, one fake time.

A test says who types or presses what, and `sees` what each of them then sees. Every message the
bot posts must be expected: one that no `sees` names fails the test, as does one that does not come.
"""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from telegram.ext import ExtBot

from bot.assembly import Muster, Parts, assembled
from bot.library import read_library
from bot.request import AiohttpRequest
from bot.settings import OWN_PLANS, SAMPLE_COMPANY
from handlers.desk import Desk
from handlers.documents import INCIDENTS, PEOPLE
from handlers.kinds import KINDS
from plans.events import EVENT, Event
from plans.incident import Incident
from plans.roster import Roster
from simulator import Limits, SimClock, Simulator
from simulator.messages import Shown
from simulator.stage import Stage
from storage.port import Store
from storage.tiny import open_tiny
from tests.fake_clock import FakeClock, a_few_turns

TOKEN = "1:TEST"
# Monday, 08:00 in the sample company's time zone.
MORNING = datetime(2026, 7, 6, 0, 0, tzinfo=UTC)
A_MOMENT_S = 5
# Long, so that fake hours are not full of polls that come back empty.
LONG_POLL_S = 3600
SETTLE_ROUNDS_LIMIT = 200_000
LIBRARIES_KEPT = 20


@dataclass
class Person:
    """Somebody of the company at their phone."""

    town: "Town"
    id: str
    name: str
    telegram: int

    @property
    def stage(self) -> Stage:
        return self.town.stage

    async def types(self, text: str, *, in_group: str | None = None) -> None:
        self.stage.say(self.telegram, self._chat(in_group), text)
        await self.town.a_moment()

    async def replies(self, text: str, to: Shown) -> None:
        self.stage.say(self.telegram, to.chat_id, text, reply_to=to)
        await self.town.a_moment()

    async def presses(self, label: str, *, in_group: str | None = None, on: str = "") -> str:
        """Press the newest button with that label whose message has `on` in it; returns what the
        press was answered with."""
        shown = self.town.with_button(self._chat(in_group), label, on)
        query = self.stage.press(self.telegram, shown, label)
        await self.town.a_moment()
        return self.town.answer_to(query)

    async def shares_place(self, lat: float, lon: float) -> None:
        self.stage.share_location(self.telegram, self.telegram, lat, lon)
        await self.town.a_moment()

    async def sends_photo(self, data: bytes, caption: str = "") -> None:
        self.stage.send_photo(self.telegram, self.telegram, data, caption or None)
        await self.town.a_moment()

    async def sends_file(self, data: bytes, name: str) -> None:
        self.stage.send_document(self.telegram, self.telegram, data, name=name)
        await self.town.a_moment()

    async def presses_key(self, label: str) -> None:
        """A button of the keyboard that stands in place of the phone's own."""
        self.stage.press_reply_button(self.telegram, self.telegram, label)
        await self.town.a_moment()

    async def makes_group(self, title: str) -> None:
        """A group with the bot in it; from then on called by its title."""
        chat = self.stage.create_group(self.telegram, title)
        self.town.made[title] = chat.id
        await self.town.a_moment()

    async def starts(self, payload: str | None = None) -> None:
        self.stage.start(self.telegram, payload)
        await self.town.a_moment()

    async def shares_own_phone(self) -> None:
        self.stage.share_contact(self.telegram, self.telegram)
        await self.town.a_moment()

    def blocks_bot(self) -> None:
        self.stage.block(self.telegram)

    def _chat(self, group: str | None) -> int:
        return self.telegram if group is None else self.town.chat(group)


@dataclass(repr=False)
class Town:
    """Everything at once, in one event loop."""

    clock: FakeClock
    sim: Simulator
    desk: Desk
    folder: Path
    store: Store | None = None
    muster: Muster | None = None
    _work: "asyncio.Task[None] | None" = None
    _seen: dict[int, int] = field(default_factory=dict)

    @property
    def stage(self) -> Stage:
        return self.sim.stage

    def person(self, id_: str) -> Person:
        known = self.desk.company.people[id_]
        assert known.telegram is not None
        return Person(self, id_, known.name, known.telegram)

    def newcomer(
        self, telegram: int, name: str, phone: str = "", language: str = "zh-hans"
    ) -> Person:
        """Somebody whom the company file does not name; read as the Telegram id."""
        self.stage.add_person(telegram, name, phone=phone or None, language_code=language)
        self.strangers.append(telegram)
        return Person(self, str(telegram), name, telegram)

    def chat(self, group: str) -> int:
        if group in self.made:
            return self.made[group]
        chat = self.desk.company.groups_by_id[group].chat
        assert chat is not None
        return chat

    def takes_up(self, plans: Path) -> None:
        """The plans of that folder are in force from the next start of the process."""
        newer = _desk(SAMPLE_COMPANY, plans)
        self.desk = replace(newer, routines=self.desk.routines, company=self.desk.company)

    async def at(self, minute: float) -> None:
        """Let time pass until that minute after the start."""
        await self.clock.advance(max(0.0, minute - self.minute()) * 60)
        await self.settle()

    async def a_moment(self) -> None:
        """The seconds a person needs, in which what was said also gets through."""
        await self.settle()
        await self.clock.advance(A_MOMENT_S)
        await self.settle()

    def minute(self) -> float:
        return (self.clock.now() - MORNING).total_seconds() / 60

    # What people see

    def new(self) -> dict[str, list[str]]:
        """The bot's new messages since last asked, by reader, in order."""
        found: dict[str, list[str]] = {}
        for chat in self._chats():
            shown = self.sim.world.messages(chat, by_bot=True)
            fresh = shown[self._seen.get(chat, 0) :]
            self._seen[chat] = len(shown)
            if fresh:
                found[self._reader(chat)] = [_words(s) for s in fresh]
        return found

    def sees(self, expected: dict[str, list[str]]) -> None:
        """Exactly these new messages, in order, for exactly these readers; each expected text must
        stand in the message."""
        new = self.new()
        assert set(new) == set(expected), f"readers: {_pretty(new)}"
        for reader, texts in expected.items():
            assert len(new[reader]) == len(texts), f"{reader}: {_pretty(new)}"
            for words, text in zip(new[reader], texts, strict=True):
                assert text in words, f"{reader}: {text!r} not in {words!r}"

    def ignore(self) -> None:
        """Pass over what has been posted so far."""
        self.new()

    def card(self, reader: Person | str, on: str = "") -> str:
        """The newest message of the bot with `on` in it, as it reads now."""
        chat = self.chat(reader) if isinstance(reader, str) else reader.telegram
        shown = [s for s in self.sim.world.messages(chat, by_bot=True) if on in s.text]
        assert shown, f"nothing with {on!r} in it"
        return shown[-1].text

    def first_card(self, group: str) -> str:
        shown = self.sim.world.messages(self.chat(group), by_bot=True)
        assert shown
        return shown[0].text

    def message(self, reader: Person | str, on: str) -> Shown:
        chat = self.chat(reader) if isinstance(reader, str) else reader.telegram
        shown = [s for s in self.sim.world.messages(chat, by_bot=True) if on in s.text]
        assert shown, f"nothing with {on!r} in it"
        return shown[-1]

    def labels(self, group: str, on: str = "") -> list[str]:
        """The buttons of the group's newest message with `on` in it; none where there is none."""
        chat = self.desk.company.groups_by_id[group].chat
        shown = [s for s in self.sim.world.messages(chat, by_bot=True) if on in s.text]
        return shown[-1].labels if shown else []

    def keys(self, person: Person) -> list[str]:
        """The labels on the person's keyboard, row by row; none without one."""
        shown = self.sim.world.keyboard(person.telegram, person.telegram)
        return [key["text"] for row in shown["keyboard"] for key in row] if shown else []

    def menu(self, person: Person) -> dict[str, str]:
        """The commands that the person's phone offers in the private chat, in words."""
        return dict(self.stage.menu(person.telegram, person.telegram))

    def with_button(self, chat: int, label: str, on: str) -> Shown:
        for shown in reversed(self.sim.world.messages(chat, by_bot=True)):
            if shown.button(label) is not None and on in shown.text:
                return shown
        raise AssertionError(f"no button {label!r} (on {on!r}) in {self._reader(chat)}")

    def answer_to(self, query: str) -> str:
        answer = self.sim.world.answers.get(query)
        assert answer is not None, "the press was not answered"
        return answer.text or ""

    def _chats(self) -> list[int]:
        people = [p.telegram for p in self.desk.company.people.values() if p.telegram]
        groups = [g.chat for g in self.desk.company.groups if g.chat]
        return [*people, *groups, *self.strangers, *self.made.values()]

    strangers: list[int] = field(default_factory=list)
    # Groups made on the way, by their titles.
    made: dict[str, int] = field(default_factory=dict)

    def _reader(self, chat: int) -> str:
        person = self.desk.company.people_by_telegram.get(chat)
        if person is not None:
            return person
        named = [*self.made.items(), *((g.id, g.chat) for g in self.desk.company.groups)]
        return next((name for name, group in named if group == chat), str(chat))

    # What is on record

    async def incident(self, number: int) -> Incident:
        assert self.store is not None
        async with self.store.turn(at=self.clock.now()) as turn:
            found = await turn.get(INCIDENTS, str(number))
        assert found is not None
        return found

    async def record(self, number: int) -> list[Event]:
        assert self.store is not None
        async with self.store.turn(at=self.clock.now()) as turn:
            entries = await turn.timeline(number)
        return [EVENT.validate_python(entry.event) for entry in entries]

    async def roster(self) -> Roster:
        assert self.store is not None
        async with self.store.turn(at=self.clock.now()) as turn:
            return await self.desk.roster(turn)

    async def make_administrator(self, person: str) -> None:
        assert self.store is not None
        async with self.store.turn(at=self.clock.now()) as turn:
            state = (await self.desk.roster(turn)).state(person)
            assert state is not None
            turn.put(PEOPLE, state.model_copy(update={"administrator": True}))

    # The process

    async def settle(self) -> None:
        """Until nothing can happen without time passing or somebody doing something."""
        for _ in range(SETTLE_ROUNDS_LIMIT):
            await a_few_turns()
            if self._at_rest():
                await a_few_turns()
                if self._at_rest():
                    break
            if self._work is not None and self._work.done():
                self._work.result()
                break
        else:
            raise AssertionError("the town never comes to rest")

    def _at_rest(self) -> bool:
        if self.muster is None:
            return self.sim.at_rest()
        return self.sim.quiet() and self.sim.is_polled() and self.muster.idle()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Town"]:
        """Muster's process, from its start to a kill."""
        request, poll = AiohttpRequest(), AiohttpRequest(connections=4)
        bot: ExtBot[None] = ExtBot(
            TOKEN,
            base_url=self.sim.api_url,
            base_file_url=self.sim.file_url,
            request=request,
            # Never used, but without one a client is made that reads every certificate.
            get_updates_request=poll,
        )
        async with open_tiny(self.folder, KINDS) as store:
            parts = Parts(store, self.clock, bot, poll, self.desk, poll_s=LONG_POLL_S)
            async with assembled(parts) as muster:
                self.store, self.muster = store, muster
                self._work = asyncio.create_task(muster.run())
                self.clock.settle = self.settle
                try:
                    await self.settle()
                    yield self
                finally:
                    self._work.cancel()
                    with suppress(asyncio.CancelledError):
                        await self._work
                    self.clock.settle = a_few_turns
                    self.store = self.muster = self._work = None


async def finish(town: Town, number: int) -> None:
    """The head of distribution completes whatever is open, from the groups' cards, to the end."""
    head = town.person("p_song")
    for _ in range(20):
        incident = await town.incident(number)
        if not incident.is_open:
            return
        for group in town.desk.company.groups:
            card = f"#{number} 送货车辆途中故障"
            for label in town.labels(group.id, card):
                if "✅" in label and label in town.labels(group.id, card):
                    await head.presses(label, in_group=group.id, on=card)
                    await _complete_without(town, head, group.id)
    raise AssertionError(f"#{number} does not end")


async def _complete_without(town: Town, person: Person, group: str) -> None:
    """Where a step asks for a word before it is done: done without it."""
    if "不填，直接完成" in town.labels(group):
        await person.presses("不填，直接完成", in_group=group)


def _words(shown: Shown) -> str:
    if "location" in shown.body:
        return "📌"
    if "contact" in shown.body:
        card = shown.body["contact"]
        return f"☎ {card['phone_number']} {card['first_name']}"
    return shown.text


def _pretty(new: dict[str, list[str]]) -> str:
    lines = []
    for reader, texts in new.items():
        lines.append(f"\n{reader}:")
        lines += [f"   | {text}" for text in texts]
    return "\n".join(lines)


def _desk(company: Path, plans: Path) -> Desk:
    """Read once for what is written, wherever it lies; what a desk learns is each town's own."""
    written = tuple(path.read_bytes() for path in (company, *sorted(plans.glob("*.yaml"))))
    if written not in _libraries:
        if len(_libraries) >= LIBRARIES_KEPT:
            _libraries.clear()
        _libraries[written] = read_library(company, plans).desk
    known = _libraries[written]
    return Desk(known.company, known.plans, known.routines)


_libraries: dict[tuple[bytes, ...], Desk] = {}


@asynccontextmanager
async def a_town(
    folder: Path,
    *,
    limits: Limits | None = None,
    started: bool = True,
    company: Path = SAMPLE_COMPANY,
    plans: Path = OWN_PLANS,
    routines: Collection[str] | None = (),
) -> AsyncIterator[Town]:
    """The stand-in with the company's people and groups; Muster not yet running.
    `routines`: those that begin by themselves when days pass, which most conversations need not be
    kept waiting by; None: all that there are."""
    clock = FakeClock(MORNING)
    sim_clock = SimClock(MORNING)
    sim = Simulator(TOKEN, sim_clock, limits or Limits.telegram())
    clock.on_move = lambda now: sim_clock.advance((now - sim_clock.now()).total_seconds())
    desk = _desk(company, plans)
    if routines is not None:
        kept = {name: plan for name, plan in desk.routines.items() if name in routines}
        desk = replace(desk, routines=kept)
    for person in desk.company.people.values():
        if person.telegram:
            sim.stage.add_person(person.telegram, person.name, started=started, phone=person.phone)
    everybody = [p.telegram for p in desk.company.people.values() if p.telegram]
    for group in desk.company.groups:
        if group.chat:
            sim.stage.add_group(group.chat, group.title, everybody, kind="group")
    await sim.start()
    try:
        yield Town(clock, sim, desk, folder)
    finally:
        await sim.stop()
