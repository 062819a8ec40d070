"""setWebhook and its deliveries. In: updates that wait. Out: POSTs to the bot, one lane a chat, in
order.

A delivery that is not answered 2xx is tried again after 1, 2, 4 ... MAX_DELAY_S seconds of stand-in
time, up to MAX_ATTEMPTS times; then the update is given up and counted. Only loopback http
addresses are called.
"""

import asyncio
import json
import re
from collections import deque
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from simulator import errors
from simulator.api import Api
from simulator.busy import Busy
from simulator.clock import Timer
from simulator.params import Params
from simulator.polling import read_allowed
from simulator.updates import DEFAULT_KINDS, Update
from simulator.world import World

MAX_ATTEMPTS = 10
MAX_DELAY_S = 64
MAX_ANSWER_BYTES = 1 << 20
REAL_TIMEOUT_S = 30
DEFAULT_CONNECTIONS, MAX_CONNECTIONS = 40, 100
SECRET = re.compile(r"[A-Za-z0-9_-]*")
MAX_SECRET = 256
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
NOT_IN_ANSWERS = frozenset({"setwebhook", "deletewebhook", "close", "logout"})


class Webhook:
    """The webhook of the bot, set or not. A lane is a chat's updates, by id, the first one under
    way.
    """

    def __init__(self, world: World, api: Api, busy: Busy) -> None:
        self._world = world
        self._api = api
        self._busy = busy
        self._url = ""
        self._secret = ""
        self._connections = DEFAULT_CONNECTIONS
        self._last_error: tuple[int, str] | None = None
        self._lanes: dict[int, deque[int]] = {}
        self._ready: deque[int] = deque()
        self._under_way = 0
        self._attempts: dict[int, int] = {}
        self._retries: dict[int, Timer] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    @property
    def is_set(self) -> bool:
        return bool(self._url)

    async def set(self, params: Params) -> bool:
        """ApiError for an address or secret that Telegram refuses, or that is not on this
        machine.
        """
        url = params.text("url")
        if not url:
            return await self.delete(params)
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise errors.WEBHOOK_URL_INVALID.error()
        if parts.scheme != "http" or parts.hostname not in LOOPBACK:
            raise errors.WEBHOOK_NOT_LOOPBACK.error()
        secret = params.text("secret_token")
        if len(secret) > MAX_SECRET:
            raise errors.SECRET_TOO_LONG.error()
        if not SECRET.fullmatch(secret):
            raise errors.SECRET_CHARACTERS.error()
        await self.stop()
        connections = params.integer("max_connections", DEFAULT_CONNECTIONS)
        self._connections = max(1, min(connections, MAX_CONNECTIONS))
        self._url, self._secret, self._last_error = url, secret, None
        self._world.queue.allow(read_allowed(params))
        self._drop_if_asked(params)
        for update in self._world.queue.waiting():
            self.take_in(update)
        return True

    async def delete(self, params: Params) -> bool:
        await self.stop()
        self._url, self._secret, self._last_error = "", "", None
        self._drop_if_asked(params)
        return True

    async def info(self, params: Params) -> dict[str, Any]:
        """The Bot API's WebhookInfo."""
        found: dict[str, Any] = {
            "url": self._url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._world.queue),
        }
        if self._last_error is not None:
            found["last_error_date"], found["last_error_message"] = self._last_error
        if self._url:
            found["max_connections"] = self._connections
            found["ip_address"] = "127.0.0.1"
        if self._world.queue.allowed != DEFAULT_KINDS:
            found["allowed_updates"] = sorted(self._world.queue.allowed)
        return found

    async def stop(self) -> None:
        """End deliveries under way; what was not answered still waits."""
        for timer in self._retries.values():
            timer.cancel()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._retries.clear()
        self._lanes.clear()
        self._ready.clear()
        self._attempts.clear()
        self._under_way = 0
        if self._session is not None:
            await self._session.close()
            self._session = None

    def take_in(self, update: Update) -> None:
        """An update waits: deliver it after those of its lane."""
        if not self.is_set:
            return
        lane = self._lanes.get(update.lane)
        if lane is not None:
            lane.append(update.update_id)
            return
        self._lanes[update.lane] = deque([update.update_id])
        self._ready.append(update.lane)
        self._begin()

    def _begin(self) -> None:
        """Start deliveries for lanes that are ready, within `max_connections`."""
        while self._ready and self._under_way < self._connections:
            lane = self._ready.popleft()
            update = self._first_of(lane)
            if update is None:
                del self._lanes[lane]
                continue
            self._under_way += 1
            task = asyncio.get_running_loop().create_task(self._deliver(update))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _first_of(self, lane: int) -> Update | None:
        """The first update of a lane that has not expired."""
        ids = self._lanes[lane]
        while ids:
            update = self._world.queue.find(ids[0])
            if update is not None:
                return update
            ids.popleft()
        return None

    def _drop_if_asked(self, params: Params) -> None:
        if params.flag("drop_pending_updates"):
            self._world.queue.clear()

    async def _deliver(self, update: Update) -> None:
        with self._busy.handling():
            error = await self._post(update)
            self._under_way -= 1
            if error is None:
                self._finish(update)
            else:
                self._failed(update, error)
            self._begin()

    def _failed(self, update: Update, error: str) -> None:
        self._last_error = (self._world.clock.timestamp(), error)
        attempts = self._attempts.get(update.update_id, 0) + 1
        self._attempts[update.update_id] = attempts
        if attempts >= MAX_ATTEMPTS:
            self._world.stats.webhook_given_up += 1
            self._finish(update)
            return
        delay_s = min(2 ** (attempts - 1), MAX_DELAY_S)
        lane = update.lane
        self._retries[lane] = self._world.clock.call_later(delay_s, lambda: self._again(lane))

    def _finish(self, update: Update) -> None:
        self._attempts.pop(update.update_id, None)
        self._world.queue.confirm_one(update.update_id)
        self._ready.append(update.lane)

    def _again(self, lane: int) -> None:
        del self._retries[lane]
        self._ready.append(lane)
        self._begin()

    async def _post(self, update: Update) -> str | None:
        """None when the bot has taken it, else what went wrong, in Telegram's words."""
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=REAL_TIMEOUT_S)
            self._session = aiohttp.ClientSession(timeout=timeout)
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        try:
            async with self._session.post(
                self._url, json=update.shape(), headers=headers
            ) as answer:
                body = await answer.content.read(MAX_ANSWER_BYTES)
                if not 200 <= answer.status <= 299:
                    return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except aiohttp.ClientError:
            return "Webhook connection closed"
        await self._execute(body)
        return None

    async def _execute(self, body: bytes) -> None:
        """A call in the answer's body is made; nobody is told how it went."""
        try:
            call = json.loads(body) if body else None
        except ValueError:
            return
        if not isinstance(call, dict) or not isinstance(call.get("method"), str):
            return
        method = call["method"].lower()
        if method in NOT_IN_ANSWERS or method.startswith("get"):
            return
        await self._api.call(method, Params(call))
