"""A bot with no library: calls by name, answers as they come, so that tests see the wire."""

import asyncio
from types import TracebackType
from typing import Any

import aiohttp

from simulator import Simulator

PATIENCE_S = 10
"""Real seconds; only a broken stand-in takes them."""


class BareBot:
    def __init__(self, sim: Simulator) -> None:
        self.sim = sim
        self.session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE_S))

    async def __aenter__(self) -> "BareBot":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.session.close()

    def url(self, method: str) -> str:
        return f"{self.sim.api_url}{self.sim.token}/{method}"

    async def raw(self, method: str, **params: Any) -> dict[str, Any]:
        """The whole answer to a call with a JSON body."""
        async with self.session.post(self.url(method), json=params) as answer:
            body: dict[str, Any] = await answer.json()
            if not body["ok"]:
                assert answer.status == body["error_code"]
            return body

    async def call(self, method: str, **params: Any) -> Any:
        """The result; the call must succeed."""
        body = await self.raw(method, **params)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **params: Any) -> str:
        """The description of a refusal; the call must fail."""
        body = await self.raw(method, **params)
        assert not body["ok"], body
        return str(body["description"])

    async def send(self, chat_id: int, text: str = "hello", **params: Any) -> dict[str, Any]:
        message: dict[str, Any] = await self.call(
            "sendMessage", chat_id=chat_id, text=text, **params
        )
        return message

    async def updates(self, offset: int = 0, **params: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.call("getUpdates", offset=offset, **params)
        return found

    async def begin(self, method: str, **params: Any) -> "asyncio.Task[dict[str, Any]]":
        """Start a call and return when the stand-in is handling it, waiting or done with it."""
        before = self.sim.world.stats.calls.total()
        task = asyncio.create_task(self.raw(method, **params))
        await self.sim.until(lambda: self.sim.world.stats.calls.total() > before)
        return task
