"""A storm, begun from the page's own story, as a newcomer would. In: a desk. Out: what people press
and then see.
"""

import re

from playwright.async_api import expect

from tests.browser.breakdown import DRIVER, HEAD, LEADER, Person
from tests.browser.four_users import DUTY, MANAGER
from tests.page.desk import Desk, Phone

STORY = "🌀 台风来了"
WARNING = "红色预警：台风"
CALLS = "逐户打电话"
PROGRESS_MS = 60_000  # the count is written anew when there is room for it


class Storm:
    """Each act ends when those concerned see what it led to. The story has all their phones out."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def phone(self, person: Person) -> Phone:
        return self.desk.phone(person.telegram)

    async def begin(self) -> None:
        """The story has typed the command; where, and sent; the warning is looked at, and sent."""
        await self.desk.button(STORY).click()
        duty = self.phone(DUTY)
        await duty.press("发送")
        await duty.press("🏢 全公司")
        await duty.press("确定：全公司")
        await duty.press("📨 提交")
        await duty.press("📣 预览并发送", on="发预警")
        preview = duty.bubble("👁 预览").last
        await preview.get_by_role("button", name=re.compile("^📨 发送")).click()
        await duty.sees("已发 ")

    async def confirm(self) -> None:
        for person in (DRIVER, MANAGER):
            await _press(self.phone(person), WARNING, "✅ 收到")
            await self.phone(person).sees("您已确认")

    async def command(self) -> None:
        leader = self.phone(LEADER)
        await _press(leader, "您是指挥长", "✅ 收到，我来指挥")
        await expect(leader.pane.locator(".toast")).to_contain_text("由您指挥")

    async def propose_to_suspend(self) -> None:
        head = self.phone(HEAD)
        await _press(head, "判断影响", "✅ 完成")
        await _press(head, "送货怎么办", "暂停送货")
        await _press(head, "影响多少客户", "少数客户")
        await _press(head, "调整送货时间", "✅ 完成")
        await _press(head, "从什么时候起停、改", "现在")
        await _press(head, "预计什么时候恢复", "明天 09:00")
        await head.sees("哪些线路停送")
        await head.say("全部停送，明天补送")
        await head.sees("一句话说清楚")
        await head.say("客户经理今天逐户打电话")
        await head.sees("记下了：客户经理")

    async def agree(self) -> None:
        duty = self.phone(DUTY)
        await _press(duty, "同意这样暂停", "✅ 同意")
        await duty.sees("通知员工停送")

    async def call(self) -> None:
        """Three are told, one does not answer and comes again at the end."""
        manager = self.phone(MANAGER)
        calls = (("✅ 1 已通知", 6), ("✅ 2 已通知", 5), ("📵 3 没人接", 5), ("✅ 4 已通知", 4))
        for label, left in calls:
            await _press(manager, CALLS, label)
            await expect(manager.bubble(CALLS).last).to_contain_text(f"还剩 {left} 户")
        await expect(manager.bubble(CALLS).last).to_contain_text("街角小卖部 一档 📵")

    async def look_who_has_confirmed(self) -> None:
        sent = self.phone(DUTY).bubble("已发 ").last
        await expect(sent).to_contain_text("确认 2", timeout=PROGRESS_MS)
        await expect(sent).to_contain_text("联系不上 1")


async def _press(phone: Phone, on: str, label: str) -> None:
    """The last button of that label under a message with these words: a card tells of the step,
    too.
    """
    await phone.bubble(on).get_by_role("button", name=label, exact=True).last.click()
