"""A breakdown in the east, played on the page. In: a desk. Out: what people press and then see."""

from dataclasses import dataclass

from tests.page.desk import Desk, Phone


@dataclass(frozen=True)
class Person:
    """Somebody of the sample company, by their Telegram id."""

    telegram: int
    name: str


DRIVER = Person(700001, "路平安")
DISPATCHER = Person(700011, "安排好")
KEEPER = Person(700013, "修得快")  # at first with the group of the east open
HEAD = Person(700021, "宋必达")
LEADER = Person(700031, "丁海针")
GUARD = Person(700038, "石守夜")
SPARE_DRIVER = Person(700073, "贝用心")
GROUP = "东区配送群"
CARD = "#1 送货车辆途中故障"


class Breakdown:
    """Each act ends when those concerned see what it led to."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def take_up(self, person: Person) -> Phone:
        """Their phone; on a narrow screen, where one is shown at a time, it is shown first."""
        tab = self.desk.page.locator(f".phone-tab[title='{person.name}']")
        if await tab.is_visible():
            await tab.click()
        return self.desk.phone(person.telegram)

    async def show(self, person: Person) -> Phone:
        """Somebody whose phone is not on the page yet."""
        await self.desk.button("添加人物").locator("visible=true").first.click()
        await self.desk.page.get_by_role("searchbox").fill(person.name)
        await self.desk.page.keyboard.press("Enter")
        return self.desk.phone(person.telegram)

    async def report(self) -> None:
        """Two taps: where, and what."""
        driver = await self.take_up(DRIVER)
        await driver.attach("位置")
        await driver.press("东环路 K12+300")
        await driver.press("发送位置")
        await driver.press("🚚 车坏了")
        await driver.sees("#1 已受理")
        await driver.sees("人到护栏外等候")

    async def answer_the_questions(self) -> None:
        driver = await self.take_up(DRIVER)
        await driver.press("是", on="挡住车道了吗")
        await driver.press("轮胎", on="哪里坏了")
        await driver.sees("还有几户没送")
        await driver.say("12")
        await driver.sees("记下了：12")
        await driver.press("✅ 完成", on="放好警示牌")

    async def send_the_spare(self) -> None:
        """From the north, since the east has none."""
        dispatcher = await self.take_up(DISPATCHER)
        await dispatcher.sees("浙A·10009（北区")
        await dispatcher.press("🙋 我来", on="派备用车")
        await dispatcher.sees("您已接手")
        await dispatcher.press("✅ 完成", on="派备用车")
        driver = await self.take_up(DRIVER)
        await driver.sees("备用车已派出")

    async def set_out(self) -> None:
        """The spare's driver says how long it takes; the waiting driver is told."""
        spare_driver = await self.show(SPARE_DRIVER)
        await spare_driver.press("🙋 我来", on="开备用车到现场")
        await spare_driver.sees("大约多久能到")
        await spare_driver.say("四十分钟")
        await spare_driver.sees("记下了：40 分钟")
        driver = await self.take_up(DRIVER)
        await driver.sees("贝用心 约 40 分钟后到")
