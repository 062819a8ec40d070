"""A newcomer presses one story of the page, and is in the middle of a storm."""

import pytest

from tests.browser.conftest import OpenDesk
from tests.browser.storm import Storm

pytestmark = [
    pytest.mark.browser,
    pytest.mark.process,
    pytest.mark.asyncio(loop_scope="session"),
]

LAPTOP = (1280, 800)


async def test_the_pages_story_leads_into_a_storm(open_run: OpenDesk) -> None:
    play = Storm(await open_run(*LAPTOP))
    await play.begin()
    await play.confirm()
    await play.command()
    await play.propose_to_suspend()
    await play.agree()
    await play.call()
    await play.look_who_has_confirmed()
