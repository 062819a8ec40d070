"""Hostile groups: bound twice, moved in the middle, forged from elsewhere, names of all kinds."""

from datetime import timedelta

import pytest_asyncio

from handlers.buttons import mark_of
from handlers.groups.documents import UNBOUND, Unbound
from tests.chat.test_groups import NEW, brought_in, new_group, press, shown
from tests.chat.town import Person, Town

ADMIN, EAST = "p_max", "east_distribution"
OLD_BUTTON = "这个按钮已失效，请看最新消息。"


@pytest_asyncio.fixture
async def admin(town: Town) -> Person:
    max_packet = town.person(ADMIN)
    await max_packet.types("/language")
    await max_packet.presses("中文")
    town.ignore()
    return max_packet


async def leave_soon(town: Town, chat: int) -> None:
    """As if it had been brought there nearly three days ago."""
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        leave_at = town.clock.now() + timedelta(minutes=1)
        turn.put(UNBOUND, Unbound(chat=chat, title="x", leave_at=leave_at))


async def test_a_group_that_is_somebodys_by_now_is_not_left(town: Town, admin: Person) -> None:
    """Its number was written into the company file, or it has moved to the new one meanwhile."""
    await leave_soon(town, town.chat(EAST))
    await town.at(3)
    assert town.sim.world.chats[town.chat(EAST)].has(town.sim.world.bot.id)
    town.sees({})


async def test_a_group_that_moves_is_not_asked_for_again(town: Town, admin: Person) -> None:
    old = town.chat(EAST)
    moved = town.stage.migrate(old)
    town.strangers.append(moved)
    await town.a_moment()
    await leave_soon(town, moved)
    await town.at(3)
    assert town.sim.world.chats[moved].has(town.sim.world.bot.id)


async def test_a_new_group_in_place_of_a_lost_one_gets_its_card(town: Town, admin: Person) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    town.stage.remove_bot(town.person("p_ding").telegram, town.chat(EAST))
    await town.a_moment()
    chat = new_group(town, "东区配送新群")
    await brought_in(town, admin.telegram)
    await press(town, admin, chat, "东区")
    await press(town, admin, chat, "配送中心")
    assert "✅ 本群已绑定：东区 · 配送中心" in shown(town, chat)[0]
    await town.person("p_an_ph").presses("🙋 我来", on="派备用车")
    assert any("#1 送货车辆途中故障" in text for text in shown(town, chat))


async def test_two_administrators_bind_at_once(town: Town, admin: Person) -> None:
    await town.make_administrator("p_lu")
    other = town.person("p_lu")
    chat = new_group(town)
    await brought_in(town, admin.telegram)
    await press(town, admin, chat, "全公司")
    await press(town, admin, chat, "财务科")
    card = town.sim.world.messages(chat, by_bot=True)[0]
    for data in (
        f"bind:{chat}:*:{mark_of('security')}",
        f"rebind:{chat}:*:{mark_of('security')}",
        f"bindin:{chat}:*:0",
    ):
        query = town.stage.press(other.telegram, card, data, stale=True)
        await town.a_moment()
        assert town.answer_to(query) == OLD_BUTTON
    assert town.sim.world.messages(chat, by_bot=True)[0].text.startswith("✅ 本群已绑定")


async def test_a_group_is_not_given_up_from_another(town: Town, admin: Person) -> None:
    await admin.types("/groups", in_group=EAST)
    card = town.message(EAST, "东区")
    for data in (
        f"groups:unbind:{mark_of('south_distribution')}",
        f"groups:ask:{mark_of('south_distribution')}",
        "groups:list:0",
        f"groups:bind:{town.chat(EAST)}",
        "groups:unbind:",
    ):
        query = town.stage.press(admin.telegram, card, data, stale=True)
        await town.a_moment()
        assert town.answer_to(query) == OLD_BUTTON, data
    assert (await town.roster()).chat_of("south_distribution") is not None


async def test_buttons_that_nobody_was_given_are_answered(town: Town, admin: Person) -> None:
    await admin.types("/groups")
    card = town.message(admin, "个群")
    for data in (
        "bind::*:x",
        f"bindin:{'9' * 40}:*:0",
        "bindin:-5:*:0",
        f"rebind:{NEW}:*:*",
        "groups:bind:",
        f"groups:list:{'9' * 30}",
    ):
        query = town.stage.press(admin.telegram, card, data, stale=True)
        await town.a_moment()
        assert town.answer_to(query) is not None
    assert not any("出错" in text for texts in town.new().values() for text in texts)


async def test_odd_titles_are_shown_as_they_are(town: Town, admin: Person) -> None:
    chat = new_group(town, "<b>财务&</b>" + "长" * 100)
    await brought_in(town, town.person("p_lu").telegram)
    assert "<b>财务&</b>长长" in town.card(admin, "把我拉进了群")
    await admin.presses("全公司", on="把我拉进了群")
    await admin.presses("财务科")
    assert "<b>财务&</b>长长" in town.card(admin, "已绑定")
    assert "✅ 本群已绑定" in shown(town, chat)[-1]


async def test_given_up_in_the_group_it_is_said_once(town: Town, admin: Person) -> None:
    await admin.types("/unbind", in_group=EAST)
    town.ignore()
    await admin.presses("确定解除", in_group=EAST)
    town.sees({EAST: ["本群不再是「东区 · 配送中心」的群"]})


async def test_whoever_is_no_administrator_any_more_binds_nothing(
    town: Town, admin: Person
) -> None:
    await town.make_administrator("p_shu")
    other = town.person("p_shu")
    chat = new_group(town, "财务群", "p_shu")
    await brought_in(town, other.telegram)
    await admin.types("/people 舒据全")
    await admin.presses("舒据全 0135")
    await admin.presses("取消管理员")
    assert await press(town, other, chat, "全公司") == "这项只有管理员能做。"
