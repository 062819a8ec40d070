"""Hostile registration: two at once, double taps, people who leave in the middle, odd names."""

from datetime import timedelta

import pytest_asyncio

from handlers.registration.documents import APPLICATIONS, APPLICATIONS_KEPT
from handlers.registration.register import write_person
from plans.company import Person as Registered
from plans.company import Post
from tests.chat.town import Person, Town

ADMIN, EAST = "p_max", "east_distribution"


@pytest_asyncio.fixture
async def admin(town: Town) -> Person:
    """The sample company's administrator; reads Chinese here."""
    max_packet = town.person(ADMIN)
    await max_packet.types("/language")
    await max_packet.presses("中文")
    town.ignore()
    return max_packet


async def register(town: Town, id_: str, name: str, phone: str) -> None:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        post = Post(role="dispatcher", region="hq")
        write_person(turn, id_, Registered(name=name, phone=phone, roles=(post,)))


async def matched(town: Town, telegram: int, phone: str, name: str = "无名氏") -> Person:
    new = town.newcomer(telegram, name, phone)
    await new.starts()
    await new.shares_own_phone()
    await new.presses("✅ 是我")
    return new


async def applies(town: Town, telegram: int, language: str = "zh-hans") -> Person:
    """Somebody who is not in the register: a driver in the east."""
    phone = f"+86 10 5550 {telegram % 10_000:04}"
    new = town.newcomer(telegram, f"新人{telegram}", phone, language)
    labels = {
        "zh-hans": ("安全保卫科", "安保员", "✅ 提交"),
        "en": ("Security", "Security officer", "✅ Send"),
    }
    await new.starts()
    await new.shares_own_phone()
    await new.types(f"新人{telegram}")
    for label in labels[language]:
        await new.presses(label)
    return new


async def pressed_late(town: Town, who: Person, on: str, data: str) -> str:
    """An old button, or one that somebody has made up."""
    query = town.stage.press(who.telegram, town.message(who, on), data, stale=True)
    await town.a_moment()
    return town.answer_to(query)


async def test_of_two_accounts_with_one_number_the_first_hears_that_it_has_lost_access(
    town: Town, admin: Person
) -> None:
    await register(town, "p_1001", "双开", "+86 10 5550 0901")
    first = await matched(town, 900001, "+86 10 5550 0901")
    await matched(town, 900002, "+86 10 5550 0901")
    await admin.presses("✅ 批准", on="申请 1：双开")
    town.ignore()
    await admin.presses("🪪 改岗位", on="申请 2：双开")
    assert "🔁 改绑申请 2：双开" in town.card(admin, "申请 2")
    town.ignore()
    await admin.presses("✅ 批准", on="申请 2：双开")
    new = town.new()
    assert "您的账号已换到另一个 Telegram" in new["900001"][-1]
    assert "登记好了，双开" in new["900002"][0]
    await first.types("/mine")
    assert "我只为登记在册的员工服务" in town.new()["900001"][0]


async def test_two_accounts_with_one_number_are_not_let_in_with_a_crowd(
    town: Town, admin: Person
) -> None:
    await register(town, "p_1001", "双开", "+86 10 5550 0901")
    await matched(town, 900001, "+86 10 5550 0901")
    await matched(town, 900002, "+86 10 5550 0901")
    await admin.types("/people")
    town.ignore()
    await admin.presses("✅ 批准全部已匹配的 (1)")
    new = town.new()
    assert "登记好了，双开" in new["900001"][0]
    assert "900002" not in new, "the other one takes an account away: that is looked at"
    assert "等待审批 1 份" in town.card(admin, "在册")
    assert "批准全部" not in " ".join(town.message(admin, "在册").labels)


async def test_whoever_leaves_while_they_wait_hears_so(town: Town, admin: Person) -> None:
    await register(town, "p_1001", "要走的", "+86 10 5550 0901")
    await matched(town, 900001, "+86 10 5550 0901")
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        write_person(turn, "p_1001", Registered(name="要走的", retired=True))
    town.ignore()
    await admin.presses("✅ 批准", on="申请 1")
    assert "已失效" in town.card(admin, "申请 1")
    assert "您已离岗" in town.new()["900001"][0]


async def test_an_application_is_void_when_the_account_has_come_in_otherwise(
    town: Town, admin: Person
) -> None:
    new = await applies(town, 900001)
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        asked = await turn.get(APPLICATIONS, "1")
        assert asked is not None
        again = asked.model_copy(update={"number": 2, "name": "又一个"})
        turn.put(APPLICATIONS, again)
    await admin.presses("✅ 批准", on="申请 1")
    await admin.types("/people")
    await admin.presses("#2 又一个 · 安保员")
    town.ignore()
    await admin.presses("✅ 批准", on="申请 2")
    assert "已失效" in town.card(admin, "申请 2")
    assert [p.name for p in (await town.roster()).company.people.values()].count("又一个") == 0
    await new.types("/mine")
    assert "没有要做的事" in town.new()["900001"][-1]


async def test_a_double_tap_approves_once(town: Town, admin: Person) -> None:
    await applies(town, 900001)
    town.ignore()
    await admin.presses("✅ 批准", on="申请 1")
    answer = await pressed_late(town, admin, "申请 1", "apply:1:yes")
    assert answer == "Max Packet 已经处理了。"
    town.sees({"900001": ["登记好了"]})


async def test_nobody_is_let_in_twice_with_a_crowd(town: Town, admin: Person) -> None:
    await register(town, "p_1001", "一次", "+86 10 5550 0901")
    await matched(town, 900001, "+86 10 5550 0901")
    await admin.types("/people")
    await admin.presses("✅ 批准全部已匹配的 (1)")
    town.ignore()
    answer = await pressed_late(town, admin, "在册", "people:bulk:")
    assert answer != ""
    town.sees({})


async def test_a_reason_may_be_typed(town: Town, admin: Person) -> None:
    new = await applies(town, 900001)
    await admin.presses("❌ 拒绝", on="申请 1")
    town.ignore()
    await admin.presses("✏️ 打字写原因")
    town.sees({ADMIN: ["请打字写"]})
    await admin.types("请带<工牌>到办公室来")
    assert "通过：请带<工牌>到办公室来" in town.new()["900001"][0]
    assert "❌ 由 Max Packet 拒绝：请带<工牌>到办公室来" in town.card(admin, "申请 1")
    await new.starts()
    town.sees({"900001": ["被拒绝还不到 24 小时"]})


async def test_a_reason_typed_too_late_changes_nothing(town: Town, admin: Person) -> None:
    await applies(town, 900001)
    await admin.presses("❌ 拒绝", on="申请 1")
    await admin.presses("✏️ 打字写原因")
    await admin.presses("✅ 批准", on="申请 1")
    town.ignore()
    await admin.types("不认识")
    town.sees({ADMIN: ["已经处理了"]})


async def test_a_long_reason_is_asked_for_again(town: Town, admin: Person) -> None:
    await applies(town, 900001)
    await admin.presses("❌ 拒绝", on="申请 1")
    await admin.presses("✏️ 打字写原因")
    town.ignore()
    await admin.types("长" * 600)
    town.sees({ADMIN: ["最多 200 个字"]})
    await admin.types("不在编")
    assert "通过：不在编" in town.new()["900001"][0]


async def test_a_crowd_that_comes_back_is_told_of_again(town: Town, admin: Person) -> None:
    for n in range(6):
        await applies(town, 900001 + n)
    assert "有 6 份登记申请等待审批" in town.card(admin)
    for n in range(1, 7):
        await admin.types("/people")
        await admin.presses(f"#{n} 新人{900000 + n} · 安保员")
        await admin.presses("✅ 批准", on=f"申请 {n}：")
    for n in range(5):
        await applies(town, 900011 + n)
    town.ignore()
    await applies(town, 900016)
    assert "有 6 份登记申请等待审批" in town.new()[ADMIN][0]


async def test_a_menu_comes_back_with_whoever_comes_back(town: Town, admin: Person) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/mine")
    before = town.menu(dispatcher)
    assert "coverage" in before
    await admin.types("/people 安排好")
    await admin.presses("安排好 东区 0111")
    await admin.presses("🚫 停用")
    await admin.presses("确定停用")
    assert "coverage" not in town.menu(dispatcher)
    await admin.presses("↩️ 恢复")
    assert town.menu(dispatcher) == before


async def test_whoever_is_administrator_no_more_decides_nothing_more(
    town: Town, admin: Person
) -> None:
    await town.make_administrator("p_shu")
    other = town.person("p_shu")
    await applies(town, 900001)
    await admin.types("/people 舒据全")
    await admin.presses("舒据全 0135")
    await admin.presses("取消管理员")
    town.ignore()
    for data in ("apply:1:yes", "people:bulk:", "people:list:0"):
        assert await pressed_late(town, other, "申请 1", data) == "这项只有管理员能做。"
    town.sees({})


async def test_buttons_that_nobody_was_given_are_answered(town: Town, admin: Person) -> None:
    await applies(town, 900001)
    for data in (
        "apply:1:is99999999999999999999",
        "apply:99:yes",
        "apply::yes",
        "apply:1:reason",
        "people:wait:",
        "people:list:-1",
        "posts:a99:new",
        "posts:a99999999999999999999999999:new",
        "person:0000000000:leave_now",
        "found:99999:x",
        "found:0:",
    ):
        await pressed_late(town, admin, "申请 1", data)
    assert not any("出错" in text for text in town.new().get(ADMIN, []))


async def test_a_strangers_button_in_a_group_is_refused(town: Town) -> None:
    stranger = town.newcomer(900001, "路人", "+86 10 5550 0901")
    await stranger.starts()
    town.stage.join(stranger.telegram, town.chat(EAST))
    await town.person("p_lu").types("/id", in_group=EAST)
    town.ignore()
    shown = town.sim.world.messages(town.chat(EAST), by_bot=True)[-1]
    query = town.stage.press(stranger.telegram, shown, "reg:quit:", stale=True)
    await town.a_moment()
    assert "名册" in town.answer_to(query)
    town.sees({})


async def test_english_speakers_are_answered_in_english_throughout(
    town: Town, admin: Person
) -> None:
    await applies(town, 900001, "en")
    assert "It is with the administrator" in town.new()["900001"][-1]
    await admin.presses("❌ 拒绝", on="申请 1")
    await admin.presses("姓名或岗位不对")
    assert "turned down: name or post is wrong" in town.new()["900001"][-1]


async def test_odd_names_are_shown_as_they_are(town: Town, admin: Person) -> None:
    name = "<b>&amp;" + "长" * 52
    assert len(name) == 60
    new = town.newcomer(900001, "<i>x</i>", "+86 10 5550 0901")
    await new.starts()
    await new.shares_own_phone()
    await new.types(name)
    await new.presses("安全保卫科")
    await new.presses("安保员")
    await new.presses("✅ 提交")
    assert f"：{name}\n" in town.card(admin, "申请 1")
    assert "Telegram 名：<i>x</i>" in town.card(admin, "申请 1")
    await admin.presses("❌ 拒绝", on="申请 1")
    assert f"拒绝 {name}，" in town.card(admin)
    await admin.presses("✅ 批准", on="申请 1")
    assert f"登记好了，{name}" in town.card(new)
    await admin.types("/people <b>")
    assert len(town.message(admin, "找到").labels) == 1
    await admin.types(f"/people {name}")
    assert "找到 1 人" in town.card(admin)


async def test_whoever_has_no_more_rights_in_the_middle_of_their_own_change_is_stopped(
    town: Town, admin: Person
) -> None:
    """A new number of somebody who leaves before it is approved."""
    driver = town.person("p_lu")
    await driver.types("/phone")
    town.stage.set_phone(driver.telegram, "+86 10 5550 0999")
    await driver.shares_own_phone()
    await admin.types("/people 路平安")
    await admin.presses("路平安 东区 0101")
    await admin.presses("🚫 停用")
    await admin.presses("确定停用")
    town.ignore()
    await admin.presses("✅ 批准", on="换号申请 1")
    assert "已失效" in town.card(admin, "换号申请 1")
    assert (await town.roster()).company.people["p_lu"].phone == "+86 10 5550 0101"


async def test_a_new_number_is_shown_beside_the_old_one_also_afterwards(
    town: Town, admin: Person
) -> None:
    driver = town.person("p_lu")
    await driver.types("/phone")
    town.stage.set_phone(driver.telegram, "+86 10 5550 0999")
    await driver.shares_own_phone()
    await admin.presses("✅ 批准", on="换号申请 1")
    assert "原号码：+86 10 5550 0101\n新号码：+861055500999" in town.card(admin, "换号申请 1")


async def test_the_last_post_of_an_application_stays(town: Town, admin: Person) -> None:
    await register(town, "p_1001", "某人", "+86 10 5550 0901")
    await matched(town, 900001, "+86 10 5550 0901")
    await admin.presses("🪪 改岗位", on="申请 1")
    assert "至少留一个岗位" in await admin.presses("❌ 总部调度员")


async def test_what_was_decided_long_ago_is_forgotten(town: Town, admin: Person) -> None:
    await applies(town, 900001)
    await applies(town, 900002)
    await admin.presses("✅ 批准", on="申请 1：")
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        asked = await turn.get(APPLICATIONS, "1")
        assert asked is not None
        decided_at = town.clock.now() - APPLICATIONS_KEPT + timedelta(minutes=2)
        turn.put(APPLICATIONS, asked.model_copy(update={"decided_at": decided_at}))
    await town.at(town.minute() + 5)
    async with town.store.turn(at=town.clock.now()) as turn:
        assert [a.number for a in await turn.find(APPLICATIONS)] == [2]
