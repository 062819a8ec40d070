"""The command of a major incident, as a storm and tired people make it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.chat.own_plans import folder_of
from tests.chat.test_command import leaves, storms_while_both_are_away
from tests.chat.town import Town, a_town
from tests.plans.engine.storm import STORM


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    plans = folder_of(tmp_path, STORM)
    async with a_town(tmp_path / "store", plans=plans) as quiet, quiet.running():
        yield quiet


async def lowered(town: Town) -> None:
    """The duty officer makes it yellow."""
    officer = town.person("p_ye")
    await officer.types("/incident 1")
    await officer.presses("✏️ 更正")
    await officer.presses("几级", on="哪一项")
    await officer.presses("黄色")


async def test_the_level_falls_while_nobody_commands_and_a_chief_far_away_ends_it(
    town: Town,
) -> None:
    """Else the chiefs would be asked for a commander of what needs none, until it closes."""
    await storms_while_both_are_away(town)
    town.ignore()
    await lowered(town)
    new = town.new()
    for chief in ("p_ding", "p_fu"):
        assert any("不再要求指挥部。要解除吗" in text for text in new[chief]), chief
    await town.at(15)
    asked = town.message(town.person("p_fu"), "请授权一位代理指挥长")
    assert "也可以直接解除" in asked.text
    assert asked.labels[-1] == "解除指挥部"
    assert await town.person("p_fu").presses("解除指挥部", on="请授权") == "指挥部已解除。"
    assert (await town.incident(1)).headquarters is None
    town.ignore()
    await town.at(60)
    words = [text for texts in town.new().values() for text in texts]
    assert not [text for text in words if "指挥长" in text]


async def test_while_the_level_stands_nobody_is_offered_to_end_it(town: Town) -> None:
    await storms_while_both_are_away(town)
    assert "解除指挥部" not in town.message(town.person("p_fu"), "请授权").labels


async def test_a_button_forged_from_a_chiefs_authorises_nobody(town: Town) -> None:
    """A head of department, and a driver, press what only a chief was shown."""
    await storms_while_both_are_away(town)
    offered = town.message(town.person("p_fu"), "请授权").button("授权 宋必达")
    assert offered is not None
    for who in ("p_song", "p_lu"):
        person = town.person(who)
        await person.types("/duty")
        shown = town.message(person, "")
        query = town.stage.press(person.telegram, shown, offered["callback_data"], stale=True)
        await town.a_moment()
        assert town.answer_to(query), who
    known = (await town.incident(1)).headquarters
    assert known is not None
    assert known.appointed is None


async def test_whoever_is_authorised_goes_away_before_they_have_read_it(town: Town) -> None:
    await storms_while_both_are_away(town)
    await town.person("p_fu").presses("授权 宋必达")
    await leaves(town.person("p_song"))
    assert "没有指挥长：宋必达 不在岗" in town.card(town.person("p_fu"), "没有指挥长")
    old = await town.person("p_ding").presses("授权 安如山", on="没有指挥长")
    assert old == "已授权 安如山。"
    assert not (await town.roster()).acts_somewhere("p_song")
