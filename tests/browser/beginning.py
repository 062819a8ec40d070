"""A new company finds together, played on the page. In: a desk, the folder of the run. Out: what
people press and then see."""

import asyncio
import re
from pathlib import Path

from playwright.async_api import expect

from tests.browser.breakdown import Person
from tests.browser.real_run import LOG
from tests.chat.staff_table import staff_table
from tests.page.desk import Desk, Phone

ADMIN = Person(710001, "柯开局")
DRIVER = Person(710002, "路远行")
DISPATCHER = Person(710003, "席调度")
KEEPER = Person(710004, "Van Keeper")
LEADER = Person(710005, "商总管")
GROUP = "东区配送群"
CLAIM = re.compile(r"/claim [A-Z0-9]+")
ROUNDS_LIMIT = 200
A_SHORT_TABLE = 40


class Beginning:
    """Each act ends when those concerned see what it led to."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self._folder = folder

    async def take_up(self, person: Person) -> Phone:
        """Their phone; on a narrow screen, where one is shown at a time, it is shown first."""
        tab = self.desk.page.locator(f".phone-tab[title='{person.name}']")
        if await tab.is_visible():
            await tab.click()
        return self.desk.phone(person.telegram)

    async def claim(self) -> None:
        """The code stands on the screen of whoever started it all."""
        admin = await self.take_up(ADMIN)
        await admin.press("开始")
        await admin.sees("第一步")
        await admin.say(await self._shown_code())
        await admin.sees("口令正确")
        await admin.share_number("📱 发送我的手机号")
        await admin.press(f"用「{ADMIN.name}」")
        await admin.sees("您现在是管理员")

    async def _shown_code(self) -> str:
        screen = self._folder / LOG
        for _ in range(ROUNDS_LIMIT):
            found = CLAIM.search(screen.read_text(encoding="utf-8"))
            if found is not None:
                return found.group()
            await asyncio.sleep(0.05)
        raise AssertionError("no code was shown")

    async def take_in_the_staff(self) -> None:
        table = self._folder / "员工名册.xlsx"
        table.write_bytes(staff_table(A_SHORT_TABLE))
        admin = await self.take_up(ADMIN)
        await admin.send_file(table)
        await admin.sees("还没有改")
        await admin.press("✅ 导入 64 条")
        await admin.sees("已导入")

    async def bind_the_group(self) -> None:
        admin = await self.take_up(ADMIN)
        await admin.new_group(GROUP)
        await admin.press("东区")
        await admin.press("配送中心")
        await admin.sees("本群已绑定")
        await admin.open_chat("Muster")

    async def come_in(self, person: Person) -> None:
        """Known by the number that stands in the table."""
        phone = await self.take_up(person)
        await phone.press("开始")
        await phone.share_number("📱 发送我的手机号")
        await expect(phone.bubble(f"您是 {person.name}").last).to_be_visible()
        await phone.press("✅ 是我")
        await phone.sees("已交给管理员")
