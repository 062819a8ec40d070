"""The page's side of the wire: state, events, acts, time."""

import asyncio
import base64
import json
from typing import Any

import aiohttp
import pytest
import yarl

from simulator import Limits, Simulator
from simulator.bounds import Bounds
from simulator.events import EventLog, TooManyWatchers
from tests.simulator.bare_bot import BareBot
from tests.simulator.conftest import ANNA, BO, DEPOT, furnish


async def act(bot: BareBot, who: int, what: str, **args: Any) -> dict[str, Any]:
    order = {"as": who, "do": what, **args}
    async with bot.session.post(f"{bot.sim.url}/stage/act", json=order) as answer:
        body: dict[str, Any] = await answer.json()
        assert answer.status == (200 if body.get("ok") else 400)
        return body


async def test_the_state_holds_everything_the_page_shows(sim: Simulator, bot: BareBot) -> None:
    sim.page = {"timezone": "Asia/Shanghai"}
    sim.world.front = [ANNA, DEPOT]
    await bot.send(ANNA, "hello", reply_markup={"keyboard": [["yes"]]})
    async with bot.session.get(f"{sim.url}/stage/state") as answer:
        state = await answer.json()
    assert state["people"][0]["first_name"] == "Anna"
    assert state["messages"][str(ANNA)][0]["text"] == "hello"
    assert state["messages"][str(ANNA)][0]["by_bot"] is True
    assert state["keyboards"][str(ANNA)][str(ANNA)]["keyboard"] == [[{"text": "yes"}]]
    depot = next(chat for chat in state["chats"] if chat["id"] == DEPOT)
    assert depot["members"] == [ANNA, BO]
    assert (state["page"], state["front"]) == ({"timezone": "Asia/Shanghai"}, [ANNA, DEPOT])
    assert state["seq"] == sim.world.events.seq


async def test_everything_a_person_does_can_be_done_over_http(sim: Simulator, bot: BareBot) -> None:
    sim.stage.add_group(-66, "Small", [ANNA], kind="group")
    data = base64.b64encode(b"bytes").decode()
    said = await act(bot, ANNA, "say", chat=ANNA, text="x")
    where = {"chat": ANNA, "message": said["message"]["message_id"]}
    await act(bot, ANNA, "say", chat=ANNA, text="y", reply_to=where["message"])
    await act(bot, ANNA, "edit", **where, text="z")
    await act(bot, ANNA, "location", chat=ANNA, lat=31, lon=121)
    live = (await act(bot, ANNA, "live", chat=ANNA, lat=31, lon=121, period_s=60))["message"]
    here = {"chat": ANNA, "message": live["message_id"]}
    await act(bot, ANNA, "move_live", **here, lat=32, lon=121)
    await act(bot, ANNA, "stop_live", **here)
    for kind in ("photo", "document", "voice"):
        await act(bot, ANNA, kind, chat=ANNA, data=data, caption="c")
    await act(bot, ANNA, "contact", chat=ANNA, contact_of=BO)
    keyboard = {"keyboard": [["a", {"text": "b", "request_location": True}]]}
    await bot.send(ANNA, reply_markup=keyboard)
    await act(bot, ANNA, "reply_button", chat=ANNA, label="a")
    await act(bot, ANNA, "reply_button", chat=ANNA, label="b", lat=31, lon=121)
    await act(bot, BO, "start", payload="p1")
    button = {"inline_keyboard": [[{"text": "ok", "callback_data": "d"}]]}
    card = await bot.send(ANNA, reply_markup=button)
    pressed = await act(bot, ANNA, "press", chat=ANNA, message=card["message_id"], button="d")
    assert pressed["query_id"] in sim.world.queries
    for what in ("block", "unblock"):
        await act(bot, ANNA, what)
    await act(bot, BO, "join", chat=-66)
    await act(bot, BO, "leave", chat=-66)
    moved = await act(bot, ANNA, "migrate", chat=-66)
    assert moved["chat"] in sim.world.chats
    kinds = [next(iter(set(update) - {"update_id"})) for update in await bot.updates()]
    assert kinds == (
        ["message", "message", "edited_message", "message", "message"]
        + ["edited_message"] * 2
        + ["message"] * 7
        + ["callback_query", "my_chat_member", "my_chat_member"]
        + ["message"] * 4
    )


async def test_people_and_groups_come_and_go_over_http(sim: Simulator, bot: BareBot) -> None:
    came = await act(bot, 0, "newcomer", name="Dee", phone="+86 138 0000 0004", language="en")
    dee = came["person"]
    await act(bot, dee, "language", language="zh-hans")
    assert sim.world.people[dee].language_code == "zh-hans"
    await act(bot, dee, "contact", chat=dee, phone="+86 138 0000 0001")
    made = await act(bot, dee, "create_group", title="Small", members=[ANNA], with_bot=False)
    chat = sim.world.chats[made["chat"]]
    await act(bot, dee, "add_bot", chat=chat.id)
    await act(bot, dee, "bring", chat=chat.id, member=BO)
    await act(bot, dee, "promote", chat=chat.id, member="bot")
    await act(bot, dee, "demote", chat=chat.id, member="bot")
    moved = await act(bot, BO, "promote", chat=chat.id, member=BO, anonymous=True)
    await act(bot, BO, "restrict_bot", chat=moved["chat"])
    large = sim.world.chats[moved["chat"]]
    assert large.standing == {
        dee: "creator", ANNA: "member", BO: "administrator", 1: "restricted"
    }  # fmt: skip
    async with bot.session.get(f"{sim.url}/stage/state") as answer:
        told = {one["id"]: one for one in (await answer.json())["chats"]}[large.id]
    assert (told["bot"], told["administrators"], told["anonymous"]) == (
        "restricted",
        [dee, BO],
        [BO],
    )
    await act(bot, dee, "remove_bot", chat=large.id)
    assert large.standing[1] == "kicked"
    await act(bot, dee, "phone", phone="+86 138 0000 0005")
    assert sim.world.people[dee].phone == "+86 138 0000 0005"
    await act(bot, dee, "deactivate")
    assert sim.world.people[dee].told()["deactivated"] is True


async def test_the_page_asks_for_a_persons_menu(sim: Simulator, bot: BareBot) -> None:
    listed = [{"command": "help", "description": "what to do"}]
    await bot.call("setMyCommands", commands=listed)
    async with bot.session.get(f"{sim.url}/stage/menu?as={BO}&chat={DEPOT}") as answer:
        assert await answer.json() == {"commands": listed}
    for wrong, reason in (("", "that cannot be read"), (f"?as={BO}&chat=7", "there is no chat 7")):
        async with bot.session.get(f"{sim.url}/stage/menu{wrong}") as answer:
            assert (answer.status, await answer.json()) == (400, {"error": reason})


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ({"as": ANNA, "do": "fly"}, "unknown act 'fly'"),
        ({"as": ANNA, "do": "say", "chat": ANNA}, "text is missing"),
        ({"as": ANNA}, "do is missing"),
        ({"as": "x", "do": "say"}, "that cannot be read"),
        ([], "that cannot be read"),
        ({"as": 5, "do": "start"}, "there is no person 5"),
        ({"as": ANNA, "do": "photo", "chat": ANNA, "data": "%"}, "that cannot be read"),
        ({"as": ANNA, "do": "press", "chat": ANNA, "message": 9, "button": "x"},
         "that message is not there"),
    ],
)  # fmt: skip
async def test_acts_that_cannot_be_done_say_why(bot: BareBot, order: Any, reason: str) -> None:
    async with bot.session.post(f"{bot.sim.url}/stage/act", json=order) as answer:
        assert (answer.status, await answer.json()) == (400, {"error": reason})


async def read_event(answer: aiohttp.ClientResponse) -> dict[str, Any]:
    while True:
        line = await answer.content.readline()
        assert line, "the stream ended"
        if line.startswith(b"data: "):
            event: dict[str, Any] = json.loads(line[6:])
            return event


async def test_events_come_in_order_from_where_the_page_stands(
    sim: Simulator, bot: BareBot
) -> None:
    before = sim.world.events.seq
    sent = await bot.send(ANNA, "one")
    async with bot.session.get(f"{sim.url}/stage/events?since={before}") as answer:
        assert answer.content_type == "text/event-stream"
        first = await read_event(answer)
        assert (first["seq"], first["type"]) == (before + 1, "message")
        assert (first["chat"], first["message"]["text"]) == (ANNA, "one")
        where = {"chat_id": ANNA, "message_id": sent["message_id"]}
        await bot.call("editMessageText", text="two", **where)
        assert (await read_event(answer))["message"]["text"] == "two"
        await bot.call("deleteMessage", **where)
        deleted = await read_event(answer)
        assert (deleted["type"], deleted["message_id"]) == ("delete", sent["message_id"])
        await bot.call("sendChatAction", chat_id=ANNA, action="typing")
        assert (await read_event(answer))["type"] == "typing"
        await bot.send(ANNA, reply_markup={"keyboard": [["yes"]]})
        assert (await read_event(answer))["type"] == "message"
        keyboard = await read_event(answer)
        assert (keyboard["type"], keyboard["person"]) == ("keyboard", ANNA)
        sim.stage.block(ANNA)
        assert (await read_event(answer))["person"]["blocked"] is True
        sim.clock.advance(5)
        assert (await read_event(answer))["now"] == sim.clock.now().isoformat()
        await sim.stop()
        assert (await read_event(answer))["type"] == "end"


async def test_the_answer_to_a_press_is_an_event(sim: Simulator, bot: BareBot) -> None:
    button = {"inline_keyboard": [[{"text": "ok", "callback_data": "d"}]]}
    await bot.send(ANNA, reply_markup=button)
    card = sim.world.last(ANNA)
    assert card is not None
    query_id = sim.stage.press(ANNA, card, "d")
    before = sim.world.events.seq
    await bot.call("answerCallbackQuery", callback_query_id=query_id, text="noted")
    [event] = sim.world.events.since(before)
    assert event == {
        "seq": before + 1,
        "type": "answer",
        "query_id": query_id,
        "person": ANNA,
        "text": "noted",
        "show_alert": False,
        "url": "",
    }


def test_a_watcher_who_asks_too_far_back_starts_anew() -> None:
    log = EventLog(Bounds(events=3))
    for number in range(5):
        log.publish("x", number=number)
    assert [event["seq"] for event in log.since(2)] == [3, 4, 5]
    assert log.since(1) == log.since(99) == [{"seq": 5, "type": "reset"}]
    assert log.since(5) == []


async def test_a_watcher_who_falls_behind_starts_anew() -> None:
    log = EventLog(Bounds(events_behind=2))
    queue = log.watch()
    for _ in range(3):
        log.publish("x")
    assert queue.get_nowait()["type"] == "reset"
    log.publish("y")
    assert queue.get_nowait()["type"] == "y"


async def test_watchers_are_bounded() -> None:
    sim = Simulator(limits=Limits.none(), bounds=Bounds(watchers=1))
    furnish(sim)
    await sim.start()
    async with BareBot(sim) as bot:
        sim.world.events.watch()
        with pytest.raises(TooManyWatchers):
            sim.world.events.watch()
        async with bot.session.get(f"{sim.url}/stage/events") as answer:
            assert answer.status == 503
        async with bot.session.get(f"{sim.url}/stage/events?since=x") as answer:
            assert answer.status == 400
    await sim.stop()


async def test_time_is_told_and_followed(sim: Simulator, bot: BareBot) -> None:
    async def clock(version: object = "") -> dict[str, Any]:
        async with bot.session.get(f"{sim.url}/clock?version={version}") as answer:
            told: dict[str, Any] = await answer.json()
            return told

    first = await clock()
    assert first["rate"] == 0
    following = asyncio.create_task(clock(first["version"]))
    async with bot.session.post(f"{sim.url}/stage/clock", json={"advance_s": 300}) as answer:
        advanced = await answer.json()
    told = await following
    assert told["now"] == advanced["now"] == sim.clock.now().isoformat()
    assert told["version"] == first["version"] + 1
    async with bot.session.post(f"{sim.url}/stage/clock", json={"rate": 60}) as answer:
        assert (await answer.json())["rate"] == 60
    assert (await clock(told["version"]))["rate"] == 60
    sim.clock.set_rate(0)


@pytest.mark.parametrize(
    "order", [{"rate": -1}, {"rate": 1e9}, {"advance_s": -1}, [], {"rate": "x"}]
)
async def test_impossible_times_are_refused(sim: Simulator, bot: BareBot, order: object) -> None:
    before = sim.clock.version
    async with bot.session.post(f"{sim.url}/stage/clock", json=order) as answer:
        assert answer.status == 400
    assert sim.clock.version == before


async def test_pictures_for_the_page(sim: Simulator, bot: BareBot) -> None:
    shown = sim.stage.send_document(ANNA, ANNA, b"<script>", name="x.html", mime="text/html")
    file_id = shown.body["document"]["file_id"]
    async with bot.session.get(f"{sim.url}/stage/file/{file_id}") as answer:
        assert await answer.read() == b"<script>"
        assert answer.headers["Content-Security-Policy"] == "sandbox"
    async with bot.session.get(f"{sim.url}/stage/file/none") as answer:
        assert answer.status == 404


@pytest.mark.parametrize("path", ["%2e%2e/server.py", "..%2fserver.py", "none.js", "%00"])
async def test_only_the_pages_own_files_are_served(bot: BareBot, path: str) -> None:
    url = yarl.URL(f"{bot.sim.url}/page/{path}", encoded=True)
    async with bot.session.get(url) as answer:
        assert answer.status == 404


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example"}])
async def test_foreign_pages_are_kept_out(bot: BareBot, headers: dict[str, str]) -> None:
    order = {"as": ANNA, "do": "say", "chat": ANNA, "text": "x"}
    url = f"{bot.sim.url}/stage/act"
    async with bot.session.post(url, json=order, headers=headers) as answer:
        assert answer.status == 403
    assert bot.sim.world.messages() == []
