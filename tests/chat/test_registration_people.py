"""/people: an administrator looks after who is there."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.claim import offer_claim
from bot.settings import NEW_COMPANY
from handlers.registration.documents import APPLICATIONS, Application
from handlers.registration.register import write_person
from plans.company import Person as Registered
from plans.company import Post
from tests.chat.town import MORNING, Person, Town, a_town

ADMIN, EAST = "p_max", "east_distribution"


@pytest_asyncio.fixture
async def admin(town: Town) -> Person:
    """The sample company's administrator; reads Chinese here."""
    max_packet = town.person(ADMIN)
    await max_packet.types("/language")
    await max_packet.presses("中文")
    town.ignore()
    return max_packet


async def register(town: Town, names: dict[str, str]) -> None:
    """People of the register without an account, with their numbers."""
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        for place, (name, phone) in enumerate(names.items()):
            post = Post(role="driver", region="hq")
            entry = Registered(name=name, phone=phone, roles=(post,))
            write_person(turn, f"p_{1000 + place}", entry)


async def matched(town: Town, telegram: int, phone: str) -> Person:
    new = town.newcomer(telegram, "无名氏", phone)
    await new.starts()
    await new.shares_own_phone()
    await new.presses("✅ 是我")
    return new


async def test_everybody_matched_is_let_in_at_one_press(town: Town, admin: Person) -> None:
    numbers = {f"新员工{n}": f"+86 10 5550 9{n:03}" for n in range(12)}
    await register(town, numbers)
    for n, phone in enumerate(numbers.values()):
        await matched(town, 900100 + n, phone)
    assert "有 12 份登记申请等待审批" in town.card(admin)
    town.ignore()
    await admin.types("/people")
    assert "等待审批 12 份（12 份与名册相符）" in town.card(admin)
    await admin.presses("2/2 ›")
    town.ignore()
    await admin.presses("✅ 批准全部已匹配的 (12)")
    new = town.new()
    assert "✅ 已批准 12 人。" in new.pop(ADMIN)[0]
    assert len(new) == 12
    assert all("登记好了" in texts[0] for texts in new.values())


async def test_two_hundred_wait_among_five_hundred_people(town: Town, admin: Person) -> None:
    numbers = {f"新员工{n}": f"+86 10 5559 {n:04}" for n in range(500)}
    await register(town, numbers)
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        for n, (name, phone) in enumerate(list(numbers.items())[:200]):
            turn.put(APPLICATIONS, waiting(n + 1, 910_000 + n, name, phone, f"p_{1000 + n}"))
            town.newcomer(910_000 + n, name, phone)
            town.sim.world.people[910_000 + n].started = True
    await admin.types("/people")
    assert "等待审批 200 份（200 份与名册相符）" in town.card(admin)
    for page in range(2, 26):
        await admin.presses(f"{page}/25 ›")
    assert any("#200" in label for label in town.message(admin, "等待审批").labels)
    await admin.presses("✅ 批准全部已匹配的 (200)")
    await town.at(town.minute() + 1)
    new = town.new()
    assert len(new) == 201
    assert all("登记好了" in new[str(910_000 + n)][0] for n in range(200))
    await admin.presses("👥 全部人员")
    assert "全部 559 人" in town.card(admin)
    assert len(town.message(admin, "全部 559 人").labels) == 9  # eight, and the arrow


def waiting(number: int, telegram: int, name: str, phone: str, person: str) -> Application:
    return Application(
        number=number,
        telegram=telegram,
        telegram_name=name,
        lang="zh",
        asking="match",
        name=name,
        phone=phone,
        person=person,
        at=MORNING,
    )


async def test_strangers_are_counted(town: Town, admin: Person) -> None:
    for telegram in (900001, 900002):
        stranger = town.newcomer(telegram, "路人")
        for text in ("在吗", "喂"):
            await stranger.types(text)
    town.ignore()
    await admin.types("/people")
    assert "2 位陌生人写了 4 条" in town.card(admin)


async def test_somebody_is_found_by_name_number_post_or_region(town: Town, admin: Person) -> None:
    for query in ("路平", "0101", "东区驾驶员", "East"):
        await admin.types(f"/people {query}")
        assert "路平安 东区 0101" in town.message(admin, "找到").labels
    await admin.types("/people 查无此人")
    assert "没有找到" in town.card(admin)


async def test_two_of_one_name_are_told_apart(town: Town, admin: Person) -> None:
    await register(town, {"张三丰": "+86 10 5550 9001", "张三丰 ": "+86 10 5550 9002"})
    await admin.types("/people 张三丰")
    labels = town.message(admin, "找到").labels
    assert labels == ["📵 张三丰 总部 9001", "📵 张三丰 总部 9002"]


async def test_who_leaves_loses_all_rights_and_their_steps_go_on(town: Town, admin: Person) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    dispatcher = town.person("p_an_ph")
    await dispatcher.presses("🙋 我来", on="派备用车")
    town.ignore()
    await admin.types("/people 安排好")
    await admin.presses("安排好 东区 0111")
    await admin.presses("🚫 停用")
    await admin.presses("确定停用")
    new = town.new()
    assert any("您已离岗" in text for text in new["p_an_ph"])
    assert any("#1 派备用车" in text for text in new["p_dai"])
    await dispatcher.types("/mine")
    town.sees({"p_an_ph": ["您已离岗"]})
    await dispatcher.types("/mine")
    town.sees({})
    await admin.presses("↩️ 恢复")
    assert any("您已恢复（东区调度员）" in text for text in town.new()["p_an_ph"])


async def test_a_button_pressed_after_leaving_does_nothing(town: Town, admin: Person) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    await admin.types("/people 安排好")
    await admin.presses("安排好 东区 0111")
    await admin.presses("🚫 停用")
    await admin.presses("确定停用")
    answer = await town.person("p_an_ph").presses("🙋 我来", on="派备用车")
    assert answer == "您不在员工名册里，不能操作。"


async def test_a_lost_phone_is_unlinked(town: Town, admin: Person) -> None:
    await admin.types("/people 路平安")
    await admin.presses("路平安 东区 0101")
    await admin.presses("📵 解除账号")
    town.ignore()
    await admin.presses("确定解除")
    assert "此账号已解除" in town.new()["p_lu"][0]
    assert "📵 还没连上" in town.card(admin, "路平安")
    await town.person("p_lu").types("/mine")
    assert "我只为登记在册的员工服务" in town.new()["p_lu"][0]


async def test_the_last_administrator_stays(town: Town, admin: Person) -> None:
    await admin.types("/people Max")
    await admin.presses("Max Packet 0136")
    for label in ("🚫 停用", "📵 解除账号"):
        assert "最后一位" in await admin.presses(label)
    await admin.presses("🪪 改岗位")
    assert "最后一位" in await admin.presses("❌ 信息技术员")
    await admin.types("/people 舒据全")
    await admin.presses("舒据全 0135")
    await admin.presses("🔑 设为管理员")
    assert any("您现在是管理员" in text for text in town.new()["p_shu"])
    await admin.types("/people Max")
    await admin.presses("Max Packet 0136")
    await admin.presses("🚫 停用")
    town.ignore()
    await admin.presses("确定停用")
    assert "您已离岗" in town.new()[ADMIN][0]


async def test_posts_are_changed_and_told(town: Town, admin: Person) -> None:
    await admin.types("/people 路平安")
    await admin.presses("路平安 东区 0101")
    await admin.presses("🪪 改岗位")
    await admin.presses("➕ 加一个岗位")
    await admin.presses("配送中心")
    await admin.presses("调度员")
    town.ignore()
    await admin.presses("西区")
    town.sees({"p_lu": ["您的岗位现在是：东区驾驶员、西区调度员"]})
    await admin.presses("改为副手", on="路平安 的岗位")
    town.sees({"p_lu": ["东区驾驶员（副）、西区调度员"]})
    await admin.presses("❌ 东区驾驶员（副）")
    town.sees({"p_lu": ["您的岗位现在是：西区调度员"]})


async def test_posts_of_an_application_are_changed_before_it_is_approved(
    town: Town, admin: Person
) -> None:
    new = town.newcomer(900001, "初来", "+86 10 5550 0901")
    await new.starts()
    await new.shares_own_phone()
    await new.types("初来乍到")
    await new.presses("配送中心")
    await new.presses("驾驶员")
    await new.presses("东区")
    await new.presses("✅ 提交")
    await admin.presses("🪪 改岗位", on="登记申请 1")
    await admin.presses("❌ 东区驾驶员")
    await admin.presses("➕ 加一个岗位")
    await admin.presses("安全保卫科")
    await admin.presses("安保员")
    assert "申请岗位：安保员" in town.card(admin, "登记申请 1")
    await admin.presses("✅ 批准")
    assert "登记好了，初来乍到（安保员）" in town.card(new)


async def test_all_administrators_see_who_decided(town: Town, admin: Person) -> None:
    await admin.types("/people 舒据全")
    await admin.presses("舒据全 0135")
    await admin.presses("🔑 设为管理员")
    town.ignore()
    await matched(town, 900001, "+86 10 5550 0111")
    other = town.person("p_shu")
    shown = town.message(other, "改绑申请 1")
    await admin.presses("✅ 批准")
    assert "✅ 由 Max Packet 批准" in town.card(other, "改绑申请 1")
    query = town.stage.press(other.telegram, shown, "apply:1:yes", stale=True)
    await town.a_moment()
    assert town.answer_to(query) == "Max Packet 已经处理了。"


async def test_an_account_that_moves_takes_what_was_asked_along(town: Town, admin: Person) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    old = town.person("p_an_ph")
    moved = await matched(town, 900001, "+86 10 5550 0111")
    assert "🔁 改绑申请 1：安排好" in town.card(admin)
    town.ignore()
    await admin.presses("✅ 批准")
    new = town.new()
    assert "您的账号已换到另一个 Telegram" in new["p_an_ph"][-1]
    assert any("登记好了，安排好" in text for text in new["900001"])
    assert any("#1 派备用车" in text for text in new["900001"])
    await moved.presses("🙋 我来", on="派备用车")
    assert (await town.incident(1)).steps["send_spare"].taken_by == "p_an_ph"
    assert await old.presses("🙋 我来", on="派备用车") == "您不在员工名册里，不能操作。"


async def test_only_administrators_see_the_people(town: Town) -> None:
    await town.person("p_lu").types("/people")
    town.sees({"p_lu": ["这项只有管理员能做"]})
    await town.person(ADMIN).types("/people", in_group=EAST)
    town.sees({EAST: ["私聊"]})


@pytest_asyncio.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town(tmp_path, company=NEW_COMPANY) as town, town.running():
        yield town


async def test_a_claimed_company_lets_its_people_in(empty: Town) -> None:
    assert empty.store is not None
    code = await offer_claim(empty.store, empty.desk, at=empty.clock.now())
    first = empty.newcomer(900001, "创始人", "+86 10 5550 0901")
    await first.types(f"/claim {code}")
    await first.shares_own_phone()
    await first.presses("用「创始人」")
    await register(empty, {"路过客": "+86 10 5550 0902"})
    await matched(empty, 900002, "+86 10 5550 0902")
    await first.presses("✅ 批准")
    assert "登记好了，路过客（总部驾驶员）" in empty.card(Person(empty, "", "", 900002))
