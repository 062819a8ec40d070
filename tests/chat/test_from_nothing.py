"""From nothing to running, in chat alone: a company with nobody in it claims the bot, takes in its
staff, binds its groups, lets people in, and carries out its first plan."""

import io
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.claim import offer_claim, show_claim
from bot.settings import NEW_COMPANY
from tests.chat.staff_table import FOUNDER
from tests.chat.town import Person, Town, a_town

ADMIN = "1001"


@pytest_asyncio.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Town]:
    """A company where nobody is yet."""
    async with a_town(tmp_path, company=NEW_COMPANY) as town, town.running():
        yield town


async def shown_on_the_screen(town: Town) -> str:
    """What whoever started the process reads there."""
    assert town.store is not None
    code = await offer_claim(town.store, town.desk, at=town.clock.now())
    assert code is not None
    screen = io.StringIO()
    show_claim(code, "muster_bot", screen)
    shown = re.search(r"/claim [A-Z0-9]+", screen.getvalue())
    assert shown is not None
    return shown.group()


def at_the_phone(town: Town, telegram: str, who: tuple[str, str], language: str) -> Person:
    name, phone = who
    return town.newcomer(int(telegram), name, phone, language)


async def test_a_company_comes_to_life(empty: Town) -> None:
    town = empty

    # Whoever sees the screen where it was started becomes the administrator.
    admin = at_the_phone(town, ADMIN, FOUNDER, "zh-hans")
    await admin.starts()
    town.sees({ADMIN: ["第一步：请点下面的按钮发送您的手机号"]})
    await admin.types(await shown_on_the_screen(town))
    town.sees({ADMIN: ["口令正确"]})
    await admin.presses_key("📱 发送我的手机号")
    town.sees({ADMIN: ["手机号收到了", "请打字写您的姓名"]})
    await admin.presses(f"用「{FOUNDER[0]}」")
    town.sees({ADMIN: [f"✅ {FOUNDER[0]}，您现在是管理员。接下来：\n1. 把员工名册表格发给我导入"]})
    assert "people" in town.menu(admin)
