"""Webhooks: deliveries in order, retries on the stand-in's clock, calls in answers."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import pytest
from aiohttp import web

from simulator import Simulator
from tests.simulator.bare_bot import BareBot
from tests.simulator.conftest import ANNA, BO

Answer = Callable[[dict[str, object]], web.Response]


class Hook:
    """A bot's own web server; `answer` is asked for each delivery."""

    def __init__(self) -> None:
        self.got: list[dict[str, object]] = []
        self.secrets: list[str | None] = []
        self.answer: Answer = lambda update: web.Response()
        self.url = ""
        self.under_way = 0
        self.most_under_way = 0

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.got.append(update)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        for _ in range(5):
            await asyncio.sleep(0)
        self.under_way -= 1
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return self.answer(update)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


def texts(hook: Hook) -> list[str]:
    return [str(update["message"]["text"]) for update in hook.got]  # type: ignore[index]


async def test_updates_are_posted_with_the_secret_and_confirmed_by_200(
    sim: Simulator, bot: BareBot, hook: Hook
) -> None:
    sim.stage.say(ANNA, ANNA, "before")
    await bot.call("setWebhook", url=hook.url, secret_token="s3cret_-")
    sim.stage.say(ANNA, ANNA, "after")
    assert not sim.quiet()
    await sim.until(sim.quiet)
    sim.stage.say(ANNA, ANNA, "later")
    await sim.until(sim.quiet)
    assert texts(hook) == ["before", "after", "later"]
    assert hook.secrets == ["s3cret_-"] * 3
    info = await bot.call("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (hook.url, 0)
    assert info["max_connections"] == 40


async def test_an_update_not_taken_comes_again_later_and_holds_its_chat_back(
    sim: Simulator, bot: BareBot, hook: Hook
) -> None:
    failing = [True, True]

    def answer(update: dict[str, object]) -> web.Response:
        is_anna = update["message"]["from"]["id"] == ANNA  # type: ignore[index]
        return web.Response(status=500 if is_anna and failing and failing.pop() else 200)

    hook.answer = answer
    await bot.call("setWebhook", url=hook.url)
    sim.stage.say(ANNA, ANNA, "one")
    sim.stage.say(ANNA, ANNA, "two")
    sim.stage.say(BO, BO, "other chat")
    await sim.until(lambda: len(hook.got) == 2 and sim.at_rest())
    assert sorted(texts(hook)) == ["one", "other chat"]
    info = await bot.call("getWebhookInfo")
    assert info["pending_update_count"] == 2
    assert info["last_error_message"] == (
        "Wrong response from the webhook: 500 Internal Server Error"
    )
    sim.clock.advance(1)
    await sim.until(lambda: len(hook.got) == 3 and sim.at_rest())
    assert not sim.quiet()
    sim.clock.advance(1)
    await asyncio.sleep(0)
    assert sim.at_rest()
    sim.clock.advance(1)
    await sim.until(sim.quiet)
    assert texts(hook)[-3:] == ["one", "one", "two"]


async def test_an_update_never_taken_is_given_up_after_ten_attempts(
    sim: Simulator, bot: BareBot, hook: Hook
) -> None:
    hook.answer = lambda update: web.Response(status=503)
    await bot.call("setWebhook", url=hook.url)
    sim.stage.say(ANNA, ANNA, "poison")
    for attempt in range(1, 10):
        await sim.until(lambda: len(hook.got) == attempt and sim.at_rest())  # noqa: B023
        sim.clock.advance(64)
    await sim.until(sim.quiet)
    assert len(hook.got) == 10
    assert sim.world.stats.webhook_given_up == 1


async def test_nobody_listening_is_a_refused_connection(sim: Simulator, bot: BareBot) -> None:
    await bot.call("setWebhook", url="http://127.0.0.1:9/hook")
    sim.stage.say(ANNA, ANNA, "hello?")
    await sim.until(sim.at_rest)
    info = await bot.call("getWebhookInfo")
    assert info["last_error_message"] == "Connection refused"
    assert info["pending_update_count"] == 1
    await bot.call("deleteWebhook", drop_pending_updates=True)
    assert sim.quiet()


async def test_a_call_in_the_answer_is_made_but_never_a_get(
    sim: Simulator, bot: BareBot, hook: Hook
) -> None:
    call = {"method": "sendMessage", "chat_id": ANNA, "text": "taken"}
    bodies = [json.dumps(call), json.dumps({"method": "logOut"}), "no JSON", "[]"]
    hook.answer = lambda update: web.Response(text=bodies.pop(0), content_type="application/json")
    await bot.call("setWebhook", url=hook.url)
    for _ in range(4):
        sim.stage.say(ANNA, ANNA, "x")
    await sim.until(sim.quiet)
    assert [shown.text for shown in sim.world.messages(ANNA, by_bot=True)] == ["taken"]
    await bot.call("getMe")


async def test_deleting_the_webhook_leaves_what_waits_for_polling(
    sim: Simulator, bot: BareBot, hook: Hook
) -> None:
    hook.answer = lambda update: web.Response(status=500)
    await bot.call("setWebhook", url=hook.url)
    sim.stage.say(BO, BO, "wait")
    await sim.until(lambda: len(hook.got) == 1 and sim.at_rest())
    await bot.call("setWebhook", url="")
    [update] = await bot.updates()
    assert update["message"]["text"] == "wait"


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"url": "nonsense"}, "Bad Request: invalid webhook URL specified"),
        ({"url": "https://example.com/"},
         "Bad Request: bad webhook: only loopback http URLs are simulated"),
        ({"url": "http://127.0.0.1/", "secret_token": "x" * 257},
         "Bad Request: secret token is too long"),
        ({"url": "http://127.0.0.1/", "secret_token": "ä"},
         "Bad Request: secret token contains unallowed characters"),
    ],
)  # fmt: skip
async def test_webhooks_that_are_refused(
    bot: BareBot, params: dict[str, str], refusal: str
) -> None:
    assert await bot.refused("setWebhook", **params) == refusal


async def test_allowed_updates_and_connections_are_told(bot: BareBot) -> None:
    await bot.call(
        "setWebhook", url="http://127.0.0.1:9/", max_connections=500, allowed_updates=["message"]
    )
    info = await bot.call("getWebhookInfo")
    assert (info["max_connections"], info["allowed_updates"]) == (100, ["message"])


async def test_many_chats_share_the_connections(sim: Simulator, bot: BareBot, hook: Hook) -> None:
    for number in range(20):
        person = sim.stage.add_person(5000 + number, "P", started=True)
        sim.stage.say(person, person.id, "first")
        sim.stage.say(person, person.id, "second")
    await bot.call("setWebhook", url=hook.url, max_connections=3)
    await sim.until(sim.quiet)
    assert len(hook.got) == 40
    assert hook.most_under_way == 3
    order: dict[int, list[str]] = {}
    for update in hook.got:
        message = update["message"]
        assert isinstance(message, dict)
        order.setdefault(message["chat"]["id"], []).append(message["text"])
    assert all(texts == ["first", "second"] for texts in order.values())


async def test_what_expired_before_the_webhook_was_set_again_is_not_delivered(
    sim: Simulator, bot: BareBot, hook: Hook
) -> None:
    hook.answer = lambda update: web.Response(status=500)
    await bot.call("setWebhook", url=hook.url)
    sim.stage.say(ANNA, ANNA, "old")
    await sim.until(lambda: len(hook.got) == 1 and sim.at_rest())
    hook.answer = lambda update: web.Response()
    await bot.call("deleteWebhook")
    sim.clock.advance(86_400)
    await bot.call("setWebhook", url=hook.url)
    sim.stage.say(ANNA, ANNA, "new")
    await sim.until(sim.quiet)
    assert texts(hook) == ["old", "new"]
