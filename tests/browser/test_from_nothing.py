"""A company with nobody in it comes to life on the page, as `make run` does with an empty cast."""

import pytest

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
