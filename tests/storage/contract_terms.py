"""What the contract's tests are told in."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from storage.port import Store, Turn
from tests.storage.samples import INCIDENTS

OpenStore = Callable[[], AbstractAsyncContextManager[Store]]


async def numbers(turn: Turn, **equal: Any) -> list[int]:
    return [incident.number for incident in await turn.find(INCIDENTS, **equal)]
