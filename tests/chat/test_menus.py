"""Menus and /help: only what one may do, and words for every command of the table of rights."""

from handlers.access import COMMANDS
from handlers.catalogue import catalogue
from handlers.menus import TOPICS, UNLISTED
from tests.chat.town import Town


def test_every_command_has_its_place_and_its_words() -> None:
    listed = [name for names in TOPICS.values() for name in names]
    assert len(listed) == len(set(listed))
    assert set(COMMANDS) <= {*listed, *UNLISTED}, "say in handlers/menus.py where it is shown"
    assert not UNLISTED & set(listed)
    for name in COMMANDS:
        assert f"menus.{name}" in catalogue(), "say in handlers/wording/menus.yaml what it does"


async def test_help_says_what_one_may_do(town: Town) -> None:
    await town.person("p_lu").types("/help")
    [said] = town.new()["p_lu"]
    assert "/breakdown 送货车辆途中故障" in said
    assert "/mine 我的任务" in said
    assert len(said) < 1500


async def test_strangers_and_groups_are_offered_little(town: Town) -> None:
    town.stage.add_person(799999, "Somebody")
    east = town.chat("east_distribution")
    assert "help" in dict(town.stage.menu(town.person("p_lu").telegram, east))
    assert "language" not in dict(town.stage.menu(town.person("p_lu").telegram, east))
