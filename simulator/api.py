"""A call of the Bot API, from parameters to answer. In: method name and parameters. Out: status and
JSON body.

Order: known method, scripted fault, limits, the method itself. Forbidden here: HTTP.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from simulator import errors
from simulator.errors import ApiError
from simulator.faults import Fault, Faults
from simulator.known import KNOWN_METHODS
from simulator.limits import Limiter
from simulator.methods import METHODS
from simulator.params import Params, lenient_int
from simulator.stats import TooMany
from simulator.world import World

UNKNOWN = "unknown"
Waiting = Callable[[Params], Awaitable[Any]]


@dataclass(frozen=True)
class Reply:
    """An answer, and the fault that still has to befall it (`*_after`)."""

    status: int
    body: dict[str, Any]
    fault: Fault | None = None

    @property
    def retry_after(self) -> int | None:
        found: int | None = self.body.get("parameters", {}).get("retry_after")
        return found


class Api:
    """Every method; `waiting` are those that need the event loop, by lower-case name."""

    def __init__(self, world: World, limiter: Limiter, faults: Faults) -> None:
        self._world = world
        self._limiter = limiter
        self._faults = faults
        self.waiting: dict[str, Waiting] = {}

    async def call(self, method: str, params: Params) -> Reply | Fault:
        """The reply, or the fault that befalls the call before it is done."""
        name = method.lower()
        chat_id = _chat_id(params)
        self._world.stats.count_call(name if name in KNOWN_METHODS else UNKNOWN)
        fault = self._faults.take(name, chat_id)
        try:
            if fault is not None and fault.kind == "429":
                raise self._too_many(name, chat_id, fault.retry_after_s, scripted=True)
            if fault is not None and not fault.kind.endswith("_after"):
                return fault
            result = await self._run(name, method, chat_id, params)
        except ApiError as error:
            self._world.stats.count_error(error.description)
            return Reply(error.code, error.body(), fault)
        return Reply(200, {"ok": True, "result": result}, fault)

    async def _run(self, name: str, method: str, chat_id: int | None, params: Params) -> Any:
        if self._world.logged_out and name != "logout":
            raise errors.LOGGED_OUT.error()
        if name in self.waiting:
            return await self.waiting[name](params)
        found = METHODS.get(name)
        if found is None:
            if name in KNOWN_METHODS:
                raise errors.NOT_SIMULATED.error(what=method)
            raise errors.METHOD_NOT_FOUND.error()
        if found.counted and chat_id is not None:
            retry_after_s = self._limiter.admit(chat_id, self._world.clock.now())
            if retry_after_s is not None:
                raise self._too_many(name, chat_id, retry_after_s, scripted=False)
        return found.run(self._world, params)

    def _too_many(
        self, name: str, chat_id: int | None, retry_after_s: int, *, scripted: bool
    ) -> ApiError:
        now = self._world.clock.now()
        self._world.stats.refuse(TooMany(name, chat_id, now, retry_after_s, scripted))
        return errors.TOO_MANY.error({"retry_after": retry_after_s}, retry_after=retry_after_s)


def _chat_id(params: Params) -> int | None:
    return lenient_int(params.text("chat_id")) or None
