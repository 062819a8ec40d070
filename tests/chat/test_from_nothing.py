"""From nothing to running, in chat alone: a company with nobody in it claims the bot, takes in its
staff, binds its groups, lets people in, and carries out its first plan."""

import io
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.claim import offer_claim, show_claim
from bot.settings import NEW_COMPANY
from handlers.registration.documents import APPLICATIONS, Application
from plans.events import IncidentClosed, IncidentStarted
from plans.plate import normal_plate
from plans.roster import Roster
from tests.chat.staff_table import (
    ADDED,
    DISPATCHER,
    DRIVER,
    FOUNDER,
    KEEPER,
    LEADER,
    MISTAKES,
    SPARE,
    SPARE_DRIVER,
    staff_table,
)
from tests.chat.town import Person, Town, a_town

# Newcomers' chats, by which a conversation names its readers.
ADMIN, AT_DESK, OUT_THERE, IN_SPARE = "101", "102", "103", "104"
AT_YARD, NOT_LISTED, HEAD = "105", "106", "107"
EAST, LEADERS = "东区配送群", "领导群"
TABLE = "员工名册.xlsx"


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


def at_the_phone(town: Town, chat: str, who: tuple[str, str], language: str = "zh-hans") -> Person:
    return town.newcomer(int(chat), *who, language)


async def applies(person: Person) -> None:
    """Known by the number in the table."""
    await person.starts()
    await person.presses_key("📱 发送我的手机号")
    await person.presses("✅ 是我")


async def roster(town: Town) -> Roster:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        return await town.desk.roster(turn)


async def applications(town: Town) -> list[Application]:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        return await turn.find(APPLICATIONS)


async def test_a_company_comes_to_life(empty: Town) -> None:
    town = empty

    # Whoever sees the screen where it was started becomes the administrator.
    admin = at_the_phone(town, ADMIN, FOUNDER)
    await admin.starts()
    town.sees({ADMIN: ["第一步：请点下面的按钮发送您的手机号"]})
    await admin.types(await shown_on_the_screen(town))
    town.sees({ADMIN: ["口令正确"]})
    await admin.presses_key("📱 发送我的手机号")
    town.sees({ADMIN: ["手机号收到了", "请打字写您的姓名"]})
    await admin.presses(f"用「{FOUNDER[0]}」")
    town.sees({ADMIN: [f"✅ {FOUNDER[0]}，您现在是管理员。接下来：\n1. 把员工名册表格发给我导入"]})
    assert {"people", "groups", "import"} <= set(town.menu(admin))

    # Two hundred rows, ten of them wrong, each in its own way: said first, then left out.
    await admin.sends_file(staff_table(), TABLE)
    town.sees({ADMIN: [f"正在读 {TABLE}", "会这样改（现在还没有改）", "有误的 10 行和原因"]})
    dry_run = town.card(admin, "还没有改")
    assert f"人员 新增 {ADDED}、变更 1、不变 0、有误 10" in dry_run
    assert f"{FOUNDER[0]}: 岗位 — → 信息技术员" in dry_run
    for row, said in list(MISTAKES.items())[:8]:
        line = next(line for line in dry_run.splitlines() if f"第 {row} 行" in line)
        assert said in line
    assert "另有 2 条" in dry_run
    assert (await roster(town)).company.vehicles == {}
    await admin.presses(f"✅ 导入 {ADDED + 1 + 5 + 21} 条")
    town.sees({ADMIN: ["已导入"]})
    company = (await roster(town)).company
    assert len(company.people) == ADDED + 1
    assert [r.name.zh for r in company.regions.values()][1:] == [
        "东区",
        "西区",
        "南区",
        "北区",
        "中区",
    ]
    assert company.vehicles[normal_plate(SPARE) or ""].spare

    # A group is brought in, and says by buttons whose it is.
    await admin.makes_group(EAST)
    town.sees({EAST: ["请管理员选择：这个群归哪个区域？"]})
    await admin.presses("东区", in_group=EAST)
    await admin.presses("配送中心", in_group=EAST)
    town.sees({})
    assert "✅ 本群已绑定：东区 · 配送中心" in town.card(EAST)
    await admin.makes_group(LEADERS)
    await admin.presses("全公司", in_group=LEADERS)
    await admin.presses("应急领导小组", in_group=LEADERS)
    town.sees({LEADERS: ["✅ 本群已绑定：全公司 · 应急领导小组"]})
    bound = {(g.region, g.department) for g in (await roster(town)).company.groups}
    assert bound == {("r_1", "distribution"), (None, "leading_group")}

    # People come, known by their numbers; one is let in, then all the others at once.
    driver = at_the_phone(town, OUT_THERE, DRIVER)
    await driver.starts()
    await driver.presses_key("📱 发送我的手机号")
    town.sees({OUT_THERE: ["第一步", "手机号收到了", f"您是 {DRIVER[0]}（东区驾驶员），对吗？"]})
    await driver.presses("✅ 是我")
    town.sees(
        {
            OUT_THERE: [f"有急事请打给调度 {DISPATCHER[0]}：\n☎ {DISPATCHER[1]}"],
            ADMIN: [f"登记申请 1：{DRIVER[0]}\n东区驾驶员"],
        }
    )
    await driver.types("车坏了")
    town.sees({OUT_THERE: ["有急事请打给调度"]})  # nothing can be reported here yet
    await admin.presses("✅ 批准", on=DRIVER[0])
    town.sees({OUT_THERE: [f"✅ 登记好了，{DRIVER[0]}（东区驾驶员）"]})
    assert town.keys(driver) == ["🚚 车坏了", "🚨 出事故了", "📋 我的任务", "📞 打电话"]

    dispatcher = at_the_phone(town, AT_DESK, DISPATCHER)
    spare_driver = at_the_phone(town, IN_SPARE, SPARE_DRIVER)
    leader = at_the_phone(town, HEAD, LEADER)
    for person in (dispatcher, spare_driver, leader):
        await applies(person)
    keeper = at_the_phone(town, AT_YARD, KEEPER, "en")
    await keeper.starts()
    await keeper.presses_key("📱 Send my phone number")
    await keeper.presses("✅ Yes, that is me")
    town.ignore()
    await admin.types("/people")
    town.sees({ADMIN: [f"在册 {ADDED + 1} 人，2 人已连上\n📝 等待审批 4 份（4 份与名册相符）"]})
    await admin.presses("✅ 批准全部已匹配的 (4)")
    town.sees(
        {
            ADMIN: ["✅ 已批准 4 人", "6 人已连上\n查人"],
            AT_DESK: [f"✅ 登记好了，{DISPATCHER[0]}（东区调度员）"],
            IN_SPARE: [f"✅ 登记好了，{SPARE_DRIVER[0]}（东区驾驶员）"],
            HEAD: [f"✅ 登记好了，{LEADER[0]}（组长）"],
            AT_YARD: [f"✅ You are registered, {KEEPER[0]} (East Fleet keeper)"],
        }
    )

    # Somebody whom the table does not know says what they are.
    new = at_the_phone(town, NOT_LISTED, ("Telegram 名", "+86 10 5550 0299"))
    await new.starts()
    await new.presses_key("📱 发送我的手机号")
    await new.types("新帮手")
    await new.presses("配送中心")
    await new.presses("车辆管理员")
    await new.presses("西区")
    town.ignore()
    await new.presses("✅ 提交")
    town.sees({NOT_LISTED: ["已交给管理员"], ADMIN: ["新帮手\n申请岗位：西区车辆管理员"]})
    await admin.presses("✅ 批准", on="新帮手")
    town.sees({NOT_LISTED: ["✅ 登记好了，新帮手（西区车辆管理员）"]})
    assert {a.state for a in await applications(town)} == {"approved"}

    # The first breakdown, from the key under the driver's thumb.
    await driver.presses_key("🚚 车坏了")
    town.sees({OUT_THERE: ["车在哪里？"]})
    await driver.shares_place(30.25, 120.45)
    town.sees(
        {
            OUT_THERE: ["位置收到", "🚚 #1 已受理", "#1 "],
            AT_DESK: ["🔔 #1 派备用车前去接替"],
            AT_YARD: ["🔔 #1 Arrange towing and repair"],
            HEAD: ["0/2 步完成"],
            EAST: ["🚚 #1 送货车辆途中故障 · 东区", "👉 席调度", "👉 Van Keeper", "📌"],
        }
    )
    assert f"备用车：{SPARE}（东区，约" in town.card(dispatcher, "派备用车")
    assert town.keys(driver)[0] == "🚚 车坏了"  # back under the thumb
    await dispatcher.presses("🙋 我来", on="派备用车")
    await dispatcher.presses("✅ 完成", on="派备用车")
    town.sees({OUT_THERE: ["备用车已派出"], IN_SPARE: ["开备用车到现场"], EAST: ["👉 代开车"]})
    await spare_driver.presses("🙋 我来", on="开备用车")
    await spare_driver.types("半小时")
    town.sees(
        {
            IN_SPARE: ["大约多久能到", "记下了：30 分钟"],
            OUT_THERE: [f"{SPARE_DRIVER[0]} 约 30 分钟后到"],
            AT_DESK: [f"{SPARE_DRIVER[0]} 约 30 分钟后到"],
        }
    )
    await spare_driver.presses("✅ 完成", on="开备用车")
    town.sees({OUT_THERE: ["备用车已接替，恢复送货"]})
    await keeper.presses("✅ Done", on="towing")
    await keeper.types("东门汽修厂")
    town.ignore()
    await dispatcher.presses("✅ 完成", on="结束事件")
    town.sees({OUT_THERE: ["事件已结束"], EAST: [f"备用车 {SPARE} 已归还"]})
    assert f"结束（{DISPATCHER[0]}）" in town.card(EAST, "途中故障")
    assert not (await town.incident(1)).is_open
    record = await town.record(1)
    assert isinstance(record[0], IncidentStarted)
    assert any(isinstance(event, IncidentClosed) for event in record)

    # Who is who, and where nobody would come.
    await driver.types("/who dkc")
    town.sees({OUT_THERE: [f"{SPARE_DRIVER[0]} 东区驾驶员\n{SPARE_DRIVER[1]}"]})
    await driver.types("/who 西区车辆管理员")
    town.sees({OUT_THERE: ["新帮手 西区车辆管理员"]})
    await dispatcher.types("/coverage")
    town.sees({AT_DESK: [f"🟡 安保员：会找上级 {LEADER[0]}\n└ 无人担任"]})
    assert "⚪ 没有群：安全保卫科" in town.card(dispatcher, "现在有事会找谁")


async def test_the_same_in_english(empty: Town) -> None:
    town = empty
    admin = at_the_phone(town, ADMIN, FOUNDER, "en-GB")
    await admin.types(await shown_on_the_screen(town))
    await admin.presses_key("📱 Send my phone number")
    await admin.presses(f"Use ‘{FOUNDER[0]}’")
    town.sees({ADMIN: ["The code is right", "Thank you", "type your name", "you are the admin"]})

    await admin.sends_file(staff_table(), TABLE)
    town.sees({ADMIN: ["Reading", "would change this (nothing is changed yet)", "The 10 rows"]})
    dry_run = town.card(admin, "would change this")
    assert f"People {ADDED} added, 1 changed, 0 the same, 10 with mistakes" in dry_run
    assert 'row 125 错语言: Language: "法语": zh or en' in dry_run
    await admin.presses(f"✅ Import {ADDED + 1 + 5 + 21}")
    town.sees({ADMIN: ["Imported."]})

    # The group speaks the company's language until somebody presses for another.
    await admin.makes_group(EAST)
    await admin.presses("东区", in_group=EAST)
    await admin.presses("配送中心", in_group=EAST)
    await admin.presses("English", in_group=EAST)
    town.sees({EAST: ["本群已绑定", "English from now on"]})

    driver = at_the_phone(town, OUT_THERE, DRIVER, "en")
    dispatcher = at_the_phone(town, AT_DESK, DISPATCHER, "en")
    for person in (driver, dispatcher):
        await person.starts()
        await person.presses_key("📱 Send my phone number")
        await person.presses("✅ Yes, that is me")
    await admin.types("/people")
    await admin.presses("✅ Approve all that match (2)")
    town.ignore()

    await driver.presses_key("🚚 Breakdown")
    await driver.types("Ring Road K12+300")
    assert "Now: Send a spare vehicle to take over · 席调度 (asked)" in town.card(driver, "#1 is")
    assert "🚚 #1 Delivery vehicle broken down · East" in town.card(EAST, "📍")
    await dispatcher.presses("✅ Done", on="Send a spare")
    assert "✅ Send a spare vehicle" in town.card(EAST, "📍")
    town.ignore()
    await dispatcher.types("/coverage")
    town.sees({AT_DESK: ["🔴 Fleet keeper East: nobody"]})
    assert "🔴 Security officer: nobody" in town.card(dispatcher, "Who would be told now")
