"""Whoever scrolls up is offered nothing that is over."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from simulator.messages import Shown
from tests.chat.own_plans import folder_of
from tests.chat.storm import DISPATCHER, HEAD, KEEPER, LEADER, OFFICE, a_storm
from tests.chat.test_gathered import THREE, a_plan
from tests.chat.town import Town, a_town

LEADERS, EAST = "leading_group", "east_distribution"
SPARE = "派备用车前去接替"
TAKE = "🙋 #1 里等我的全接"
ALONE = {"lights": "查照明"}


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    plans = folder_of(tmp_path, a_plan("cut", THREE), a_plan("dark", ALONE))
    async with a_town(tmp_path / "store", plans=plans) as quiet, quiet.running():
        yield quiet


def offered(town: Town, reader: str, on: str) -> list[Shown]:
    """The messages with that in them that have buttons."""
    chat = town.chat(reader) if "_" in reader and reader in GROUPS else None
    telegram = chat if chat is not None else town.person(reader).telegram
    shown = town.sim.world.messages(telegram, by_bot=True)
    return [one for one in shown if on in one.text and one.labels]


GROUPS = (LEADERS, EAST)


async def test_of_all_that_is_said_about_a_step_the_newest_has_the_buttons(town: Town) -> None:
    await town.person("p_lu").types("/dark")
    await town.at(4)
    [newest] = offered(town, "p_an_ph", "#1 查照明")
    # The reminder stands for the ping above it, so that it says all of it.
    assert newest.text.startswith("⏰ #1 查照明\n还没人应答，08:05 起转找下一位。\n☎ 路平安")
    assert town.message(town.person("p_an_ph"), "⤵️ #1 查照明\n请看下面最新的一条。").labels == []
    await town.person("p_an_ph").presses("🙋 我来", on="⏰")
    # Written anew where they pressed, with what there is to do now.
    [card] = offered(town, "p_an_ph", "#1 查照明")
    assert card.message_id == newest.message_id
    assert card.text.startswith("🟡 #1 查照明\n您已接手")
    assert "✅ 完成" in card.labels
    await town.person("p_an_ph").presses("✅ 完成", on="查照明")
    assert offered(town, "p_an_ph", "#1 查照明") == []


async def test_whoever_was_asked_again_sees_who_took_it(town: Town) -> None:
    await town.person("p_lu").types("/dark")
    await town.at(50)
    [asked] = offered(town, "p_fu", "#1 查照明")
    assert "仍无人接手" in asked.text
    await town.person("p_ding").presses("🙋 我来", on="查照明")
    [] = offered(town, "p_fu", "#1 查照明")
    assert "丁海针 已接手" in town.card(town.person("p_fu"), "🟡 #1 查照明")


async def test_what_is_taken_leaves_the_message_about_all_of_them(town: Town) -> None:
    await town.person("p_lu").types("/cut")
    await town.at(36)
    await town.person("p_fu").presses("🙋 我来", on="查照明")
    for reader in ("p_ding", "p_fu", LEADERS, EAST):
        [shown] = offered(town, reader, "#1 🔌 停电：")
        assert "：2 件没人接手" in shown.text
        assert "查照明" not in shown.text
    await town.person("p_fu").presses(TAKE)
    for reader in ("p_ding", "p_fu", LEADERS, EAST):
        assert offered(town, reader, "没人接手") == []
        assert town.card(
            town.person(reader) if reader not in GROUPS else reader, "都有人接手了"
        ).startswith("✅ #1 🔌 停电")
    town.ignore()
    await town.at(45)
    assert town.new() == {}


async def test_of_rounds_only_the_newest_has_buttons(town: Town) -> None:
    await town.person("p_lu").types("/cut")
    await town.at(66)
    for reader in ("p_ding", LEADERS):
        assert len(offered(town, reader, "没人接手")) == 1
        below = town.message(
            reader if reader in GROUPS else town.person(reader), "请看下面最新的一条"
        )
        assert below.labels == []


async def test_a_restart_between_loses_none_of_it(tmp_path: Path) -> None:
    plans = folder_of(tmp_path, a_plan("cut", THREE))
    async with a_town(tmp_path / "store", plans=plans) as quiet:
        async with quiet.running():
            await quiet.person("p_lu").types("/cut")
            await quiet.at(36)
        async with quiet.running():
            await quiet.at(46)
            assert len(offered(quiet, "p_ding", "没人接手")) == 1
            await quiet.person("p_ding").presses(TAKE)
            assert offered(quiet, "p_fu", "没人接手") == []


async def test_an_incident_that_ends_takes_the_buttons_of_its_command_along(
    tmp_path: Path,
) -> None:
    async with a_storm("zh", tmp_path) as storm:
        town, office = storm.town, storm.person(OFFICE)
        await office.types("/weather 红色 台风 明天18点")
        await office.types("东区")
        await office.presses(storm.word("form.send"))
        await town.at(40)
        assert offered(town, LEADER, "由您指挥")
        await office.types("/cancel 1")
        await office.presses("误报")
        assert (await town.incident(1)).is_open is False
        for person in (LEADER, "p_fu", HEAD, DISPATCHER, KEEPER):
            held = [one for one in offered(town, person, "#1") if "指挥" in "".join(one.labels)]
            assert held == []
        assert offered(town, LEADER, "没人接手") == []
        assert "⏹ #1 ⛈ 恶劣天气 已结束。" in storm.private(LEADER)
