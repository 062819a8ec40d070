"""The four for whom Muster is made, played on one phone-sized page with the sample company.

In: a desk. Out: what people press and then see. Forbidden here: incidents' numbers, since routines
begin by the clock, and the clock is today's.
"""

import re
from datetime import datetime

from playwright.async_api import expect

from tests.browser.breakdown import DRIVER, GROUP, HEAD, LEADER, Breakdown, Person
from tests.page.desk import Desk, Phone

MANAGER = Person(700014, "常问候")
MANAGER_IN_ENGLISH = Person(700065, "Ivy Ledger")
APPROVER = Person(700016, "客常来")
STOREKEEPER = Person(700018, "仓有余")
CLERK = Person(700044, "单接快")
DEPUTY = Person(700032, "傅领航")
DUTY = Person(700033, "叶不眠")


class FourUsers:
    """Each act ends when those concerned see what it led to."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._breakdown = Breakdown(desk)

    async def phone(self, person: Person) -> Phone:
        """Theirs, in view; put on the page where it is not there yet."""
        tab = self.desk.page.locator(f".phone-tab[title='{person.name}']")
        if not await tab.count():
            return await self._breakdown.show(person)
        await tab.click()
        return self.desk.phone(person.telegram)

    async def now(self) -> datetime:
        """The stand-in's time."""
        told = await self.desk.page.evaluate("fetch('/clock').then((answer) => answer.json())")
        return datetime.fromisoformat(told["now"])

    async def breaks_down_and_nobody_answers(self) -> None:
        """The driver by place; silence climbs to the leader, who takes it."""
        await self._breakdown.report()
        driver = await self.phone(DRIVER)
        await driver.press("否", on="挡住车道了吗")
        for person in (HEAD, DEPUTY, LEADER):
            await self.desk.button("把时间拨快 5 分钟").click()
            next_in_line = await self.phone(person)
            await expect(next_in_line.bubble("请您处理。").first).to_be_visible()
        leader = await self.phone(LEADER)
        await leader.press("🙋 我来", on="没有应答。请您处理。")
        await leader.sees("您已接手")

    async def is_told_why_not(self) -> None:
        """Before anything is sent, and the form goes on with another customer."""
        manager = await self.phone(MANAGER)
        await manager.say("/stock")
        await manager.press("街角小卖部 · 一档 · 东线 · 0303")
        await manager.sees("只给守法经营的客户")
        await manager.press("✖ 取消")
        await manager.sees("没有提交，已取消")

    async def asks_for_stock(self) -> tuple[int, float]:
        """The taps, and the stand-in's seconds, from the command to "sent"."""
        manager = await self.phone(MANAGER)
        before = await self.now()
        await manager.say("/stock")
        labels = ["早市便利店 · 二档 · 东线 · 0301", "云杉（条）", "20", "婚宴"]
        for label in labels:
            await _ending(manager, label)
        await manager.say("下周五")  # after their next order day, whatever day it is today
        for label in ("否", "📨 提交"):
            await _ending(manager, label)
        await manager.sees("已提交，编号 #")
        return len(labels) + 4, (await self.now() - before).total_seconds()

    async def stock_is_approved_and_kept(self) -> None:
        """Until the account manager has the words for the customer, ready to copy."""
        approver = await self.phone(APPROVER)
        await approver.press("✅ 同意 20条")
        keeper = await self.phone(STOREKEEPER)
        await keeper.press("✅ 完成", on="把货留出来")
        clerk = await self.phone(CLERK)
        await clerk.press("✅ 完成", on="记入客户订货日")
        manager = await self.phone(MANAGER)
        await manager.sees("客常来：同意 20")
        await manager.press("📋 复制", on="点下面的文字")
        await manager.sees("云杉已批准，数量 20条")
        await manager.press("✅ 完成", on="批准数量：20条")

    async def asks_for_stock_in_english(self) -> None:
        manager = await self.phone(MANAGER_IN_ENGLISH)
        await manager.say("/stock 石桥 qs 10")
        for label in ("Wedding", "tomorrow 09:00", "Yes", "📨 Send"):
            await _ending(manager, label)
        await manager.sees("Sent as #")

    async def warns_of_a_typhoon(self) -> None:
        """Two regions, ticked; seen first as they will see it, then sent."""
        duty = await self.phone(DUTY)
        await duty.say("/weather")
        for label in ("🔴 红色", "台风", "⬜ 东区", "⬜ 南区", "确定：东区、南区", "明天 15:00"):
            await _ending(duty, label)
        await duty.press("📨 提交")
        await self.sends("发预警")

    async def sends(self, step: str) -> None:
        duty = await self.phone(DUTY)
        await duty.press("📣 预览并发送", on=step)
        preview = duty.bubble("👁 预览").last
        await preview.get_by_role("button", name=re.compile("^📨 发送")).click()
        await duty.sees("已发 ")

    async def is_warned(self) -> None:
        """The driver in private and the region's group; who has it is counted in both."""
        driver = await self.phone(DRIVER)
        await driver.press("✅ 收到", on="红色预警：台风")
        # A group gets what goes to many when its minute has room for it.
        await self.desk.button("把时间拨快 5 分钟").click()
        await driver.open_chat(GROUP)
        await driver.sees("红色预警：台风")
        await driver.open_chat("Muster")
        duty = await self.phone(DUTY)
        await expect(duty.bubble("已发 ").last).to_contain_text("确认 1")

    async def takes_command(self) -> None:
        """One press; the situation stands above the button."""
        leader = await self.phone(LEADER)
        await leader.sees("您是指挥长")
        await leader.press("✅ 收到，我来指挥", on="您是指挥长")
        await leader.open_chat("应急领导小组")
        await expect(leader.bubble("指挥长：丁海针").first).not_to_contain_text("还没应答")
        await leader.open_chat("Muster")

    async def decides_to_suspend(self) -> None:
        """Distribution proposes, question by question; the leader decides with one press."""
        head = await self.phone(HEAD)
        await head.press("✅ 完成", on="判断影响")
        await head.press("暂停送货", on="送货怎么办")
        await head.press("大多数客户", on="影响多少客户")
        await head.press("✅ 完成", on="调整送货时间")
        await head.press("现在", on="从什么时候起停、改")
        await head.press("明天 09:00", on="预计什么时候恢复")
        await head.sees("哪些线路停送")
        await head.say("东线今天停送，明天上午补")
        await head.sees("一句话说清楚")
        await head.say("客户经理逐户打电话")
        leader = await self.phone(LEADER)
        await leader.press("✅ 同意", on="同意这样暂停、改期吗")
        await leader.sees("同意。")

    async def calls_the_key_customers(self) -> None:
        manager = await self.phone(MANAGER)
        listed = manager.bubble("给重点客户打电话").last
        await expect(listed).to_contain_text("还剩 1 户")
        await manager.press("✅ 1 已通知", on="给重点客户打电话")
        await manager.sees("1 户都勾了")


async def _ending(phone: Phone, label: str) -> None:
    """The last button whose words end so: a day may also be called the customer's order day."""
    name = re.compile(f"(^| ){re.escape(label)}$")
    await phone.pane.get_by_role("button", name=name).last.click()
