"""Everyone in command is away: out of town is not out of reach; silence still ends with them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from plans.text import Lang
from tests.chat.own_plans import folder_of
from tests.chat.storm import DEPUTY, HEAD, KEEPER, LEADER, OFFICE, Storm, a_storm
from tests.chat.test_gathered import THREE, a_plan
from tests.chat.town import Town, a_town

LEADERS = "leading_group"
TAKE = "🙋 #1 里等我的全接"
AWAY = {
    "zh": "🌙 指挥成员都不在岗，仍请您处理：接手，或打电话安排。",
    "en": (
        "🌙 Everyone in command is away, so you are asked all the same: take it, or phone somebody."
    ),
}
PROPOSED = {
    "zh": "指挥成员都不在，也没有指挥长，所以也请您：接手，或打电话找他们。",
    "en": (
        "Everyone in command is away and nobody commands, so you are asked, too: "
        "take it, or phone them."
    ),
}
LOOKS_AFTER = "机器人找不到任何指挥成员，所以告诉您（管理员）：请打电话找他们，或接手。"


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    plans = folder_of(tmp_path, a_plan("cut", THREE))
    async with a_town(tmp_path / "store", plans=plans) as quiet, quiet.running():
        yield quiet


@pytest_asyncio.fixture(params=["zh", "en"])
async def storm(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Storm]:
    lang: Lang = request.param
    async with a_storm(lang, tmp_path) as one:
        yield one


async def leaves(town: Town, *people: str) -> None:
    for one in people:
        await town.person(one).types("/duty")
        await town.person(one).presses("😴 下班")


async def test_both_leaders_away_are_told_all_the_same_and_take_it_from_afar(town: Town) -> None:
    await leaves(town, "p_ding", "p_fu")
    await town.person("p_lu").types("/cut")
    town.ignore()
    await town.at(16)
    new = town.new()
    for leader in ("p_ding", "p_fu"):
        assert len([text for text in new[leader] if text.endswith(AWAY["zh"])]) == 3
    await town.at(26)
    again = town.new()["p_fu"][-1]
    assert again == (
        "🚨 #1 🔌 停电：3 件没人接手\n最久的已等 25 分钟。请任何一位指挥成员接手。\n"
        "🔴 查照明（安排好）剩 35 分钟\n🔴 查冷库 <1 号> & 锁好（安排好）剩 45 分钟\n"
        f"🔴 守大门（安排好）剩 55 分钟\n☎ 安排好 +86 10 5550 0111\n{AWAY['zh']}"
    )
    assert await town.person("p_fu").presses(TAKE) == "3 件都交给您了，谢谢。"
    assert {s.taken_by for s in (await town.incident(1)).steps.values()} == {"p_fu", None}


async def test_one_who_is_there_is_told_and_the_other_is_left_in_peace(town: Town) -> None:
    await leaves(town, "p_fu")
    await town.person("p_lu").types("/cut")
    town.ignore()
    await town.at(36)
    new = town.new()
    assert "p_fu" not in new
    assert not [text for text in new["p_ding"] if AWAY["zh"] in text]


async def test_whoever_is_out_of_reach_is_left_out(town: Town) -> None:
    await leaves(town, "p_ding", "p_fu")
    town.person("p_ding").blocks_bot()
    await town.person("p_lu").types("/cut")
    town.ignore()
    await town.at(30)
    new = town.new()
    assert "p_ding" not in new
    assert AWAY["zh"] in new["p_fu"][-1]


async def test_nobody_in_command_can_be_reached_so_the_administrators_are_told(
    town: Town,
) -> None:
    for person in ("p_ding", "p_fu"):
        town.person(person).blocks_bot()
    await town.person("p_lu").types("/cut")
    await town.at(45)
    text = town.card(town.person("p_max"), "3")
    assert "3 not taken" in text
    assert "you are told as administrator" in text
    await town.person("p_max").presses("🙋 I take all that waits for me in #1")
    assert {s.taken_by for s in (await town.incident(1)).steps.values()} == {"p_max", None}


async def test_quiet_hours_hold_nothing_of_it(town: Town) -> None:
    """At night, for whoever is off duty."""
    await leaves(town, "p_ding", "p_fu")
    await town.at(15 * 60)  # eleven at night
    await town.person("p_lu").types("/cut")
    town.ignore()
    await town.at(15 * 60 + 36)
    assert AWAY["zh"] in town.new()["p_ding"][-1]


async def test_while_nobody_commands_whoever_is_proposed_hears_of_the_steps(storm: Storm) -> None:
    town, lang = storm.town, storm.lang
    await storm.leaves(LEADER)
    await storm.leaves(DEPUTY)
    office = storm.person(OFFICE)
    await office.types(
        storm.either("/weather 红色 台风 明天18点", "/weather red typhoon tomorrow 18:00")
    )
    await office.types(storm.either("东区", "East"))
    await office.presses(storm.word("form.send"))
    await town.at(34)
    number = storm.either("5 件没人接手", "5 not taken")
    nobody = storm.word("command.line_nobody")
    for leader in (LEADER, DEPUTY):
        text = town.card(storm.person(leader), number)
        assert nobody in text
        assert text.endswith(AWAY[lang])
        # One message asks for both: who takes the steps, and who commands.
        shown = town.message(storm.person(leader), number)
        assert storm.word("command.authorise", name="宋必达") in shown.labels
        assert not town.message(storm.person(leader), storm.word("command.below", number=1)).labels
    head = town.card(storm.person(HEAD), number)
    assert storm.word("command.ask_phone") in head
    assert "☎ 丁海针" in head
    assert head.endswith(PROPOSED[lang])
    assert number not in "".join(storm.private(KEEPER))
    # One press from afar, and the others are not asked any more.
    await storm.person(DEPUTY).presses(storm.word("command.authorise", name="宋必达"), on=number)
    for leader in (LEADER, DEPUTY):
        labels = town.message(storm.person(leader), number).labels
        assert storm.word("command.authorise", name="宋必达") not in labels
        assert storm.word("gathered.take", number=1) in labels


async def test_a_silent_commander_has_one_message_a_round(storm: Storm) -> None:
    town = storm.town
    office = storm.person(OFFICE)
    await office.types(
        storm.either("/weather 红色 台风 明天18点", "/weather red typhoon tomorrow 18:00")
    )
    await office.types(storm.either("东区", "East"))
    await office.presses(storm.word("form.send"))
    await town.at(60)
    town.ignore()
    await town.at(3 * 60)
    heard = town.new()
    number = storm.either("件没人接手", "not taken")
    assert len(heard[LEADER]) == len(heard[DEPUTY]) <= 14
    reminded = storm.word("command.remind", number=1).replace("<b>", "").replace("</b>", "")
    shown = town.message(storm.person(LEADER), number)
    assert reminded in shown.text
    note = storm.word("command.note")
    assert note in shown.labels
    assert "☎ 丁海针" in town.card(storm.person(DEPUTY), storm.word("command.ask_silent"))
    await storm.person(LEADER).presses(note, on=number)
    after = town.message(storm.person(LEADER), number)
    assert note not in after.labels
    assert reminded not in after.text
    assert (
        storm.word("command.authorise", name="宋必达")
        not in town.message(storm.person(DEPUTY), number).labels
    )
