"""Groups: brought in, bound to a department by an administrator's buttons, given up."""

from datetime import timedelta

import pytest_asyncio

from handlers.groups.documents import UNBOUND
from tests.chat.town import Person, Town

ADMIN, EAST = "p_max", "east_distribution"
NEW = -5550001


@pytest_asyncio.fixture
async def admin(town: Town) -> Person:
    max_packet = town.person(ADMIN)
    await max_packet.types("/language")
    await max_packet.presses("中文")
    town.ignore()
    return max_packet


def new_group(town: Town, title: str = "财务群", *members: str) -> int:
    """A group with no bot in it yet."""
    inside = [town.person(p).telegram for p in (ADMIN, "p_lu", *members)]
    town.stage.add_group(NEW, title, inside, bot="left")
    town.strangers.append(NEW)
    return NEW


async def brought_in(town: Town, by: int, chat: int = NEW) -> None:
    town.stage.add_bot(by, chat)
    await town.a_moment()


async def press(town: Town, who: Person, chat: int, label: str) -> str:
    """Press in a group that the company does not know yet."""
    query = town.stage.press(who.telegram, town.with_button(chat, label, ""), label)
    await town.a_moment()
    return town.answer_to(query)


def shown(town: Town, chat: int) -> list[str]:
    return [s.text for s in town.sim.world.messages(chat, by_bot=True) if s.text]


async def test_an_administrator_binds_a_group_with_two_presses(town: Town, admin: Person) -> None:
    chat = new_group(town)
    await brought_in(town, admin.telegram)
    town.sees({str(chat): ["这个群归哪个区域"]})
    await press(town, admin, chat, "全公司")
    await press(town, admin, chat, "财务科")
    town.sees({})  # the question itself becomes the answer
    assert "✅ 本群已绑定：全公司 · 财务科" in shown(town, chat)[0]
    await admin.types("/groups")
    await admin.presses("2/2 ›")
    assert "🟢 财务群 · 全公司 · 财务科" in town.message(admin, "个群").labels


async def test_a_bound_group_gets_what_concerns_it(town: Town, admin: Person) -> None:
    chat = new_group(town, "总部配送群")
    await brought_in(town, admin.telegram)
    await press(town, admin, chat, "总部")
    await press(town, admin, chat, "配送中心")
    town.ignore()
    await town.person("p_yi").types("/breakdown 总部门口")
    assert any("途中故障" in text for text in town.new()[str(chat)])


async def test_nobody_else_can_bind(town: Town, admin: Person) -> None:
    chat = new_group(town)
    await brought_in(town, admin.telegram)
    assert await press(town, town.person("p_lu"), chat, "全公司") == "这项只有管理员能做。"


async def test_a_member_brings_it_in_and_an_administrator_binds_it_from_afar(
    town: Town, admin: Person
) -> None:
    chat = new_group(town)
    await brought_in(town, town.person("p_lu").telegram)
    town.sees(
        {
            str(chat): ["要管理员绑定后我才能在这里工作"],
            ADMIN: ["路平安 把我拉进了群「财务群」"],
        }
    )
    await admin.presses("全公司", on="把我拉进了群")
    await admin.presses("财务科")
    new = town.new()
    assert "✅ 本群已绑定：全公司 · 财务科" in new[str(chat)][0]
    assert "「财务群」已绑定" in town.card(admin, "财务群")


async def test_unbound_for_three_days_it_says_goodbye(town: Town) -> None:
    chat = new_group(town)
    await brought_in(town, town.person("p_lu").telegram)
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        unbound = await turn.get(UNBOUND, str(chat))
        assert unbound is not None
        assert unbound.leave_at is not None
        assert timedelta(days=2, hours=23) < unbound.leave_at - town.clock.now()
        soon = town.clock.now() + timedelta(minutes=2)  # three days of a town take too long
        turn.put(UNBOUND, unbound.model_copy(update={"leave_at": soon}))
    await town.at(1)
    assert town.sim.world.chats[chat].has(town.sim.world.bot.id)
    await town.at(4)
    assert "三天了没有管理员绑定" in shown(town, chat)[-1]
    assert not town.sim.world.chats[chat].has(town.sim.world.bot.id)


async def test_a_stranger_who_drags_it_into_a_group_is_told_why_it_leaves(
    town: Town, admin: Person
) -> None:
    for n, chat in enumerate((-5550010, -5550011), 1):
        stranger = town.newcomer(900000 + n, "路人")
        town.stage.add_group(chat, "外人群", [stranger.telegram], bot="left")
        town.strangers.append(chat)
        await brought_in(town, stranger.telegram, chat)
        assert "不在员工名册里，所以我退出" in shown(town, chat)[0]
        assert not town.sim.world.chats[chat].has(town.sim.world.bot.id)
    assert "累计 2 次" in town.card(admin, "陌生人")
    await admin.types("/groups")
    assert "陌生人拉我进群 2 次" in town.card(admin, "个群")


async def test_an_anonymous_administrator_is_told_why_not(town: Town, admin: Person) -> None:
    chat = new_group(town)
    town.stage.promote(admin.telegram, chat, anonymous=True)
    await brought_in(town, admin.telegram)
    assert "匿名管理员" in shown(town, chat)[0]
    town.stage.say(admin.telegram, chat, "/groups", anonymous=True)
    await town.a_moment()
    assert "您是匿名管理员身份，我无法确认您是谁" in shown(town, chat)[-1]


async def test_a_second_group_of_a_department_replaces_the_first_or_not(
    town: Town, admin: Person
) -> None:
    chat = new_group(town, "东区配送新群")
    await brought_in(town, admin.telegram)
    await press(town, admin, chat, "东区")
    await press(town, admin, chat, "配送中心")
    assert "已经有群「东区配送群」" in shown(town, chat)[0]
    await press(town, admin, chat, "取消")
    await press(town, admin, chat, "东区")
    await press(town, admin, chat, "配送中心")
    town.ignore()
    await press(town, admin, chat, "🔁 替换")
    assert "本群不再是「东区 · 配送中心」的群" in town.new()[EAST][0]
    await town.person("p_lu").types("/breakdown 环城东路")
    new = town.new()
    assert any("途中故障" in text for text in new[str(chat)])
    assert EAST not in new


async def test_unbound_from_the_group_or_from_the_list(town: Town, admin: Person) -> None:
    await admin.types("/unbind", in_group=EAST)
    await admin.presses("确定解除", in_group=EAST)
    assert any("本群不再是" in text for text in town.new()[EAST])
    await admin.types("/unbind")
    await admin.presses("🟢 南区配送群 · 南区 · 配送中心")
    await admin.presses("解除绑定")
    town.ignore()
    await admin.presses("确定解除")
    assert "本群不再是" in town.new()["south_distribution"][0]
    await town.person("p_lu").types("/mine", in_group=EAST)
    town.sees({EAST: ["本群没有登记"]})


async def test_only_administrators_unbind(town: Town) -> None:
    await town.person("p_an_ph").types("/unbind", in_group=EAST)
    town.sees({EAST: ["这项只有管理员能做"]})


async def test_removal_is_noticed_told_and_mended(town: Town, admin: Person) -> None:
    by = town.person("p_ding").telegram
    town.stage.remove_bot(by, town.chat(EAST))
    await town.a_moment()
    told = town.new()[ADMIN]
    assert "🔴 群「东区配送群」用不了了" in told[0]
    assert "没有别的群可发" in told[0]
    await admin.types("/groups")
    assert "🔴 东区配送群 · 东区 · 配送中心" in town.message(admin, "个群").labels
    town.ignore()
    town.stage.add_bot(by, town.chat(EAST))
    await town.a_moment()
    town.sees({ADMIN: ["🟢 群「东区配送群」又能用了"]})


async def test_being_muted_is_noticed(town: Town, admin: Person) -> None:
    by = town.person("p_ding").telegram
    muted = town.stage.restrict_bot(by, town.chat(EAST)).id
    await town.a_moment()
    told = town.new()[ADMIN]
    assert any("升级为超级群" in text for text in told)
    assert any("🔴 群「东区配送群」用不了了" in text for text in told)
    town.stage.restrict_bot(by, muted, can_send=True)
    await town.a_moment()
    assert "🟢 群「东区配送群」又能用了" in town.new()[ADMIN][0]


async def test_what_a_lost_group_would_get_goes_to_the_whole_companys(
    town: Town, admin: Person
) -> None:
    chat = new_group(town, "配送大群")
    await brought_in(town, admin.telegram)
    await press(town, admin, chat, "全公司")
    await press(town, admin, chat, "配送中心")
    town.ignore()
    town.stage.remove_bot(town.person("p_ding").telegram, town.chat(EAST))
    await town.a_moment()
    assert "改发到「配送大群」" in town.new()[ADMIN][0]
    await town.person("p_lu").types("/breakdown 环城东路")
    assert any("途中故障" in text for text in town.new()[str(chat)])


async def test_a_group_is_not_bound_from_another_group(town: Town, admin: Person) -> None:
    chat = new_group(town)
    await brought_in(town, admin.telegram)
    await admin.types("/language", in_group=EAST)
    forged = town.message(EAST, "语言")
    query = town.stage.press(admin.telegram, forged, f"bindin:{chat}:*:0", stale=True)
    await town.a_moment()
    assert town.answer_to(query) == "这个按钮已失效，请看最新消息。"


async def test_a_group_waiting_to_be_bound_keeps_its_question_when_it_moves(
    town: Town, admin: Person
) -> None:
    town.stage.add_group(NEW, "财务群", [admin.telegram], kind="group", bot="left")
    town.strangers.append(NEW)
    await brought_in(town, admin.telegram)
    moved = town.stage.migrate(NEW)
    town.strangers.append(moved)
    await town.a_moment()
    town.stage.say(admin.telegram, moved, "/groups")
    await town.a_moment()
    await press(town, admin, moved, "全公司")
    await press(town, admin, moved, "财务科")
    assert "✅ 本群已绑定" in shown(town, moved)[-1]
