"""A company with nobody in it comes to life on the page, as `make run` does with an empty cast."""

import pytest

from tests.browser.beginning import DISPATCHER, DRIVER, KEEPER, LEADER
from tests.browser.conftest import OpenBeginning

pytestmark = [
    pytest.mark.browser,
    pytest.mark.process,
    pytest.mark.asyncio(loop_scope="session"),
]

WIDE, PHONE = (1800, 1000), (390, 844)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
async def test_from_nothing_to_a_closed_incident(
    open_beginning: OpenBeginning, size: tuple[int, int]
) -> None:
    play = await open_beginning(*size)
    await play.claim()
    await play.take_in_the_staff()
    await play.bind_the_group()
    for person in (DRIVER, DISPATCHER, LEADER):
        await play.come_in(person)
    await play.come_in_reading_english(KEEPER)
    await play.come_in_on_a_new_phone()
    await play.let_in()
    await play.report()
    await play.send_the_spare()
    await play.repair()
    await play.close()
