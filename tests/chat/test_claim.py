"""The first administrator of a company with nobody in it: a code shown at the start, used once."""

import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.claim import LENGTH, offer_claim, show_claim
from bot.settings import NEW_COMPANY
from handlers.registration.documents import CLAIM
from tests.chat.town import Person, Town, a_town


@pytest_asyncio.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Town]:
    """A company where nobody is yet."""
    async with a_town(tmp_path, company=NEW_COMPANY) as town, town.running():
        yield town


async def the_code(town: Town) -> str:
    assert town.store is not None
    code = await offer_claim(town.store, town.desk, at=town.clock.now())
    assert code is not None
    return code


def founder(town: Town, telegram: int = 900001) -> Person:
    return town.newcomer(telegram, "创始人", f"+86 10 5550 {telegram % 10000:04}")


async def test_whoever_has_the_code_becomes_administrator(empty: Town) -> None:
    code = await the_code(empty)
    first = founder(empty)
    await first.types(f"/claim {code}")
    empty.sees({"900001": ["口令正确。请点下面的按钮发送您的手机号"]})
    await first.shares_own_phone()
    await first.presses("用「创始人」")
    empty.sees({"900001": ["手机号收到了", "姓名", "✅ 创始人，您现在是管理员"]})
    assert empty.store is not None
    assert await offer_claim(empty.store, empty.desk, at=empty.clock.now()) is None


async def test_the_code_works_once(empty: Town) -> None:
    code = await the_code(empty)
    first, second = founder(empty), founder(empty, 900002)
    for person in (first, second):
        await person.types(f"/claim {code}")
        await person.shares_own_phone()
    await first.presses("用「创始人」")
    empty.ignore()
    await second.presses("用「创始人」")
    empty.sees({"900002": ["已有管理员，口令已失效"]})
    await second.types(f"/claim {code}")
    empty.sees({"900002": ["已有管理员，口令已失效"]})


async def test_small_letters_and_spaces_make_no_difference(empty: Town) -> None:
    code = (await the_code(empty)).lower()
    await founder(empty).types(f"/claim {code[:5]} {code[5:]}")
    empty.sees({"900001": ["口令正确"]})


async def test_guesses_are_bounded(empty: Town) -> None:
    code = await the_code(empty)
    first = founder(empty)
    for guess in range(5):
        await first.types(f"/claim WRONG{guess}")
    empty.sees({"900001": ["口令不对"] * 5})
    await first.types(f"/claim {code}")
    empty.sees({"900001": ["口令试得太多，请一小时后再试"]})
    await empty.at(62)
    await first.types(f"/claim {code}")
    empty.sees({"900001": ["口令正确"]})


async def test_all_guessers_together_are_bounded(empty: Town) -> None:
    code = await the_code(empty)
    for guesser in range(900010, 900014):
        person = founder(empty, guesser)
        for guess in range(5):
            await person.types(f"/claim WRONG{guess}")
    empty.ignore()
    await founder(empty).types(f"/claim {code}")
    empty.sees({"900001": ["口令试得太多"]})


async def test_a_stranger_hears_ten_answers_a_day(empty: Town) -> None:
    first = founder(empty)
    for _ in range(12):
        await first.types("/start")
    empty.sees({"900001": ["第一步"] * 10})
    await empty.at(25 * 60)
    await first.types("/start")
    empty.sees({"900001": ["第一步"]})


async def test_there_is_no_code_where_there_is_an_administrator(town: Town) -> None:
    assert town.store is not None
    assert await offer_claim(town.store, town.desk, at=town.clock.now()) is None
    driver = town.person("p_lu")
    await driver.types("/claim ABCDEFGHJK")
    town.sees({"p_lu": ["已有管理员"]})


async def test_only_a_hash_is_kept_and_the_newest_code_counts(empty: Town) -> None:
    old, new = await the_code(empty), await the_code(empty)
    assert len(new) == LENGTH
    assert empty.store is not None
    async with empty.store.turn(at=empty.clock.now()) as turn:
        kept = await turn.get(CLAIM, "claim")
    assert kept is not None
    assert new not in json.dumps(kept.model_dump(mode="json"))
    await founder(empty).types(f"/claim {old}")
    empty.sees({"900001": ["口令不对"]})


def test_the_code_is_shown_with_what_to_do() -> None:
    screen = io.StringIO()
    show_claim("ABCDEFGHJK", "a_bot", screen)
    assert screen.getvalue().count("/claim ABCDEFGHJK") == 2
    assert "@a_bot" in screen.getvalue()
