"""Towns for conversations: one with Muster running, everybody having pressed Start."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.chat.town import Town, a_town


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town(tmp_path) as quiet_town, quiet_town.running():
        yield quiet_town
