"""A new company finds together, played on the page. In: a desk, the folder of the run. Out: what
people press and then see."""

import asyncio
import re
from pathlib import Path

from playwright.async_api import expect

from tests.browser.breakdown import CARD, Person
from tests.browser.real_run import LOG
from tests.chat.staff_table import SPARE, staff_table
from tests.chat.staff_table import SPARE_DRIVER as STAFF_SPARE_DRIVER
from tests.page.desk import Desk, Phone

ADMIN = Person(710001, "柯开局")
DRIVER = Person(710002, "路远行")
DISPATCHER = Person(710003, "席调度")
KEEPER = Person(710004, "Van Keeper")
LEADER = Person(710005, "商总管")
SPARE_DRIVER = Person(710006, STAFF_SPARE_DRIVER[0])  # a phone that is added later
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
        await expect(admin.bubble("有误的 2 行").locator(".file")).to_be_visible()
        await admin.press("✅ 导入 64 条")
        await admin.sees("已导入")

    async def bind_the_group(self) -> None:
        admin = await self.take_up(ADMIN)
        await admin.new_group(GROUP)
        await admin.press("东区", on="归哪个区域")
        await admin.press("配送中心", on="归哪个部门")
        await admin.sees("本群已绑定")
        await admin.open_chat("Muster")

    async def come_in(self, person: Person) -> None:
        """Known by the number that stands in the table."""
        phone = await self.take_up(person)
        await phone.press("开始")
        await phone.share_number("📱 发送我的手机号")
        await phone.press("✅ 是我")
        await phone.sees("已交给管理员")

    async def come_in_reading_english(self, person: Person) -> None:
        phone = await self.take_up(person)
        await phone.press("开始")
        await phone.share_number("📱 Send my phone number")
        await phone.press("✅ Yes, that is me")
        await phone.sees("It is with the administrator")

    async def come_in_on_a_new_phone(self) -> None:
        await self.desk.new_phone(*STAFF_SPARE_DRIVER)
        await self.come_in(SPARE_DRIVER)

    async def let_in(self) -> None:
        """One by one, and all the others at once."""
        admin = await self.take_up(ADMIN)
        await admin.press("✅ 批准", on=DRIVER.name)
        await admin.say("/people")
        await admin.press("✅ 批准全部已匹配的 (4)")
        await admin.sees("✅ 已批准 4 人")

    async def report(self) -> None:
        """Two taps: where, and what."""
        driver = await self.take_up(DRIVER)
        await driver.sees("✅ 登记好了，路远行（东区驾驶员）")
        await driver.attach("位置")
        await driver.press("东环路 K12+300")
        await driver.press("发送位置")
        await driver.press("🚚 车坏了", on="发生了什么")
        await driver.sees("#1 已受理")
        await driver.press("否", on="挡住车道了吗")

    async def send_the_spare(self) -> None:
        """Of their own region; it comes."""
        dispatcher = await self.take_up(DISPATCHER)
        await dispatcher.sees(f"{SPARE}（东区")
        await dispatcher.press("🙋 我来", on="派备用车")
        await dispatcher.sees("您已接手")
        await dispatcher.press("✅ 完成", on="派备用车")
        spare_driver = await self.take_up(SPARE_DRIVER)
        await spare_driver.press("🙋 我来", on="开备用车到现场")
        await spare_driver.say("20")
        await spare_driver.sees("记下了：20 分钟")
        driver = await self.take_up(DRIVER)
        await driver.sees("代开车 约 20 分钟后到")
        spare_driver = await self.take_up(SPARE_DRIVER)
        done = spare_driver.pane.get_by_text("代开车", exact=False).filter(has_text="完成。")
        await spare_driver.press("✅ 完成", on="开备用车到现场")
        try:
            await expect(done.last).to_be_visible()
        except AssertionError:  # a tap may miss while the phones are still changing places
            await spare_driver.press("✅ 完成", on="开备用车到现场")
        driver = await self.take_up(DRIVER)
        await driver.sees("备用车已接替，恢复送货")

    async def repair(self) -> None:
        keeper = await self.take_up(KEEPER)
        await keeper.press("✅ Done", on="Arrange towing")
        await keeper.say("Eastgate garage")
        await keeper.sees("Noted: Eastgate garage")

    async def close(self) -> None:
        dispatcher = await self.take_up(DISPATCHER)
        await dispatcher.press("✅ 完成", on="结束事件")
        driver = await self.take_up(DRIVER)
        await driver.sees("事件已结束")
        admin = await self.take_up(ADMIN)
        await admin.open_chat(GROUP)
        await expect(admin.bubble(CARD).first).to_contain_text(f"结束（{DISPATCHER.name}）")
