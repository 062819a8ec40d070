"""What each of the four does most, played on one phone: the driver, the account manager, the
leader, the people of a region."""

import sys

import pytest

from tests.browser.conftest import OpenDesk
from tests.browser.four_users import FourUsers

pytestmark = [
    pytest.mark.browser,
    pytest.mark.process,
    pytest.mark.asyncio(loop_scope="session"),
]

PHONE = (390, 844)
MOST_TAPS = 8


async def test_the_four_do_their_main_jobs_on_a_phone(open_run: OpenDesk) -> None:
    play = FourUsers(await open_run(*PHONE))
    await play.breaks_down_and_nobody_answers()
    await play.is_told_why_not()
    taps, took_s = await play.asks_for_stock()
    sys.stdout.write(f"from /stock to sent: {taps} taps, {took_s:.0f} s of the stand-in's time\n")
    assert taps <= MOST_TAPS
    await play.stock_is_approved_and_kept()
    await play.asks_for_stock_in_english()
    await play.warns_of_a_typhoon()
    await play.is_warned()
    await play.takes_command()
    await play.decides_to_suspend()
    await play.calls_the_key_customers()
