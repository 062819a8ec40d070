"""A doorway: one update at a time through the gate and every handler, over a real store, and then
undone, so that thousands of them start from the same company.

In: who does what, where. Out: whether the gate let it through, what was answered, which kinds of
documents would have changed. Telegram is needed for one getMe only.
"""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import ExtBot, TypeHandler

from bot.library import read_library
from bot.request import AiohttpRequest
from handlers.build import build_application
from handlers.context import SCENE, App, Context, Scene
from handlers.desk import Desk
from handlers.documents import INCIDENTS, PEOPLE
from handlers.kinds import KINDS
from handlers.records.registers import MEMBERS, RegisteredPerson
from handlers.registration.documents import APPLICATIONS, Application
from plans import commands as c
from plans.incident import Incident, StepStatus
from plans.model import PersonId, RegionId
from plans.place import Place
from plans.roster import PersonState, Roster
from simulator import Limits, SimClock, Simulator
from storage.delivery import Message
from storage.port import DELIVERIES, SLOTS, Kind, Store
from storage.tiny import open_tiny
from storage.tiny.turn import TinyTurn

TOKEN = "1:TEST"
NOW = datetime(2026, 7, 6, 0, 0, tzinfo=UTC)
ANONYMOUS = 1087968824
FOREIGN = -1009999999
ROUNDS_LIMIT = 20
EVERY_KIND: tuple[Kind[Any], ...] = KINDS

# One number for each state an incident can be in; nobody has heard of the last.
OPEN, CLOSED, MERGED, NONE = 1, 2, 3, 99


@dataclass(frozen=True)
class Happened:
    """What came of one update. `changed`: kinds of documents, without deliveries."""

    passed: bool
    said: tuple[str, ...]
    answers: tuple[str, ...]
    refused: bool
    changed: frozenset[str]


@dataclass
class Doorway:
    application: App
    store: Store
    desk: Desk
    roster: Roster
    incidents: dict[int, Incident]
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _passed: bool = False

    async def command(self, name: str, rest: str, who: int, chat: int) -> Happened:
        text = f"/{name} {rest}".strip()
        entity = {"type": "bot_command", "offset": 0, "length": len(name) + 1}
        message = {**self._message(who, chat), "text": text, "entities": [entity]}
        if who == ANONYMOUS:
            message["sender_chat"] = _chat(chat)
        return await self._take({"message": message})

    async def says(self, text: str, who: int, chat: int) -> Happened:
        return await self._take({"message": {**self._message(who, chat), "text": text}})

    async def press(self, data: str, who: int, chat: int) -> Happened:
        shown = {**self._message(1, chat), "text": "·"}
        query = {
            "id": str(next(self._ids)),
            "from": _user(who),
            "message": shown,
            "chat_instance": "1",
            "data": data,
        }
        return await self._take({"callback_query": query})

    def _message(self, who: int, chat: int) -> dict[str, Any]:
        stamp = int(NOW.timestamp())
        return {"message_id": 1, "date": stamp, "from": _user(who), "chat": _chat(chat)}

    async def _take(self, body: dict[str, Any]) -> Happened:
        update = Update.de_json({"update_id": next(self._ids), **body}, self.application.bot)
        happened: Happened | None = None
        with suppress(_Undone):
            async with self.store.turn(at=NOW) as turn:
                assert isinstance(turn, TinyTurn)
                happened = await self._through(update, turn)
                raise _Undone
        assert happened is not None
        return happened

    async def open_for_the_day(self) -> None:
        """What the first word of a day brings along is not to be done again for every other."""
        first = next(p.telegram for p in self.desk.company.people.values() if p.telegram)
        body = {"update_id": 0, "message": {**self._message(first, first), "text": "/mine"}}
        async with self.store.turn(at=NOW) as turn:
            assert isinstance(turn, TinyTurn)
            await self._through(Update.de_json(body, self.application.bot), turn)

    async def _through(self, update: Update, turn: TinyTurn) -> Happened:
        self._passed = False
        scene = Scene(turn, self.desk, self.application.bot.username)
        token = SCENE.set(scene)
        try:
            await self.application.process_update(update)
        finally:
            SCENE.reset(token)
        if scene.error is not None:
            raise scene.error
        told = (d.content for d in turn.deliveries)
        return Happened(
            self._passed,
            tuple(content.text for content in told if isinstance(content, Message)),
            tuple(answer.text for answer in turn.answers),
            any(answer.refusal for answer in turn.answers),
            frozenset(
                kind.name
                for kind in EVERY_KIND
                if kind not in (DELIVERIES, SLOTS) and turn.has_changed(kind)
            ),
        )

    async def let_through(self, _: Update, __: Context) -> None:
        """Stands right behind the gate."""
        self._passed = True


class _Undone(Exception):
    """Nothing of the turn is to remain."""


def _user(id_: int) -> dict[str, Any]:
    return {"id": id_, "is_bot": id_ in (1, ANONYMOUS), "first_name": "·"}


def _chat(id_: int) -> dict[str, Any]:
    if id_ > 0:
        return {"id": id_, "type": "private", "first_name": "·"}
    return {"id": id_, "type": "supergroup", "title": "·"}


@asynccontextmanager
async def a_doorway(
    folder: Path, retired: PersonId, away: PersonId, applicant: int
) -> AsyncIterator[Doorway]:
    """The sample company, in which one has retired and one is away, while one applies; with an
    incident in each state."""
    desk, request = read_library().desk, AiohttpRequest()
    sim = Simulator(TOKEN, SimClock(NOW), Limits.none())
    await sim.start()
    bot: ExtBot[None] = ExtBot(TOKEN, base_url=sim.api_url, request=request)
    application = build_application(bot, desk)
    try:
        await application.initialize()
        await sim.stop()
        async with open_tiny(folder, KINDS) as store:
            await _people(store, desk, retired, away)
            await _application(store, applicant)
            incidents = await _incidents(store, desk)
            async with store.turn(at=NOW) as turn:
                roster = await desk.roster(turn)
            doorway = Doorway(application, store, desk, roster, incidents)
            _stand_behind_the_gate(application, doorway)
            await doorway.open_for_the_day()
            yield doorway
    finally:
        await application.shutdown()


def _stand_behind_the_gate(application: App, doorway: Doorway) -> None:
    behind = {g: application.handlers.pop(g) for g in sorted(application.handlers) if g >= 0}
    application.add_handler(TypeHandler(Update, doorway.let_through), 0)
    for group, handlers in behind.items():
        application.add_handlers(handlers, group + 1)


async def _people(store: Store, desk: Desk, retired: PersonId, away: PersonId) -> None:
    async with store.turn(at=NOW) as turn:
        for id_, person in desk.company.people.items():
            state = PersonState(
                person=id_,
                telegram=person.telegram,
                language=person.language or "zh",
                started=True,
                away_since=NOW if id_ == away else None,
            )
            turn.put(PEOPLE, state)
        gone = desk.company.people[retired].model_copy(update={"retired": True})
        turn.put(MEMBERS, RegisteredPerson(id=retired, record=gone))


async def _application(store: Store, applicant: int) -> None:
    waiting = Application(
        number=1,
        telegram=applicant,
        telegram_name="·",
        lang="zh",
        asking="new",
        name="应聘者",
        phone="+8613000000000",
        at=NOW,
    )
    async with store.turn(at=NOW) as turn:
        turn.put(APPLICATIONS, waiting)


async def _incidents(store: Store, desk: Desk) -> dict[int, Incident]:
    plan = desk.plans["vehicle-breakdown"]
    for vehicle in ("浙A10001", "浙A10005", "浙A10003"):
        async with store.turn(at=NOW) as turn:
            facts = {"where": Place(text="环城东路"), "vehicle": vehicle}
            await desk.start(turn, plan, PersonId("p_lu"), RegionId("east"), facts)
    await _finish(store, desk, CLOSED)
    async with store.turn(at=NOW) as turn:
        await desk.act(turn, MERGED, c.MergeInto(NOW, PersonId("p_song"), OPEN))
    found = {}
    for number in (OPEN, CLOSED, MERGED):
        async with store.turn(at=NOW) as turn:
            incident = await turn.get(INCIDENTS, str(number))
        assert incident is not None
        found[number] = incident
    assert [i.is_open for i in found.values()] == [True, False, False]
    return found


async def _finish(store: Store, desk: Desk, number: int) -> None:
    """The head of distribution does whatever is open."""
    head = PersonId("p_song")
    for _ in range(ROUNDS_LIMIT):
        async with store.turn(at=NOW) as turn:
            incident = await turn.get(INCIDENTS, str(number))
            assert incident is not None
            if not incident.is_open:
                return
            opened = [n for n, s in incident.steps.items() if s.status is StepStatus.OPEN]
            await desk.act(turn, number, c.CompleteStep(NOW, head, opened[0]))
    raise AssertionError(f"#{number} does not end")
