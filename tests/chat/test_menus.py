"""Menus and /help: only what one may do, and words for every command of the table of rights."""

from handlers.access import COMMANDS
from handlers.catalogue import catalogue
from handlers.keyboard import AT_WORK, OUT_THERE
from handlers.menus import IN_GROUPS, TOPICS, UNLISTED
from storage.delivery import Menu
from storage.port import DELIVERIES
from tests.chat.town import Person, Town


def test_every_command_has_its_place_and_its_words() -> None:
    listed = [name for names in TOPICS.values() for name in names]
    assert len(listed) == len(set(listed))
    assert set(COMMANDS) == {*listed, *UNLISTED}, "say in handlers/menus.py where it is shown"
    assert {*OUT_THERE, *AT_WORK, *IN_GROUPS} <= set(COMMANDS)
    assert not UNLISTED & set(listed)
    for name in COMMANDS:
        assert f"menus.{name}" in catalogue(), "say in handlers/wording/menus.yaml what it does"


async def test_help_says_what_one_may_do(town: Town) -> None:
    await town.person("p_lu").types("/help")
    [said] = town.new()["p_lu"]
    assert "/breakdown 送货车辆途中故障" in said
    assert "/mine 我的任务" in said
    assert len(said) < 1500


async def test_help_of_whoever_directs_and_administers(town: Town) -> None:
    for person, command in (("p_ding", "/direct "), ("p_max", "/people ")):
        await town.person(person).types("/help")
        [said] = town.new()[person]
        assert command in said
        assert len(said) < 1500
    await town.person("p_lu").types("/help")
    [said] = town.new()["p_lu"]
    assert "/direct" not in said
    assert "/people" not in said


async def test_groups_are_offered_little(town: Town) -> None:
    offered = dict(town.stage.menu(town.person("p_lu").telegram, town.chat("east_distribution")))
    assert {"breakdown", "mine", "help"} <= set(offered)
    assert not {"language", "call", "people"} & set(offered)


async def test_a_phone_offers_what_its_owner_may_do(town: Town) -> None:
    driver, dispatcher, administrator = (town.person(p) for p in ("p_lu", "p_an_ph", "p_max"))
    for person in (driver, dispatcher, administrator):
        assert "for" not in town.menu(person)  # everybody's, until they have said something
        await person.types("/mine")
    assert not {"for", "people"} & set(town.menu(driver))
    assert "for" in town.menu(dispatcher)
    assert "people" not in town.menu(dispatcher)
    assert town.menu(administrator)["people"] == "Applications, and looking after people"


async def test_a_menu_is_sent_once(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    for _ in range(3):
        await dispatcher.types("/mine")
    assert await _menus(town, dispatcher) == 1
    await town.person("p_lu").types("/mine")  # what everybody sees is right for a driver
    assert await _menus(town, town.person("p_lu")) == 0


async def test_in_the_language_of_the_person_not_of_the_phone(town: Town) -> None:
    driver = town.person("p_lu")
    town.sim.world.people[driver.telegram].language_code = "en"
    assert town.menu(driver)["mine"] == "My steps"
    await driver.types("/mine")
    assert town.menu(driver)["mine"] == "我的任务"
    await driver.types("/language")
    await driver.presses("English")  # as the phone: everybody's menu is right again
    assert town.menu(driver)["mine"] == "My steps"
    assert await _menus(town, driver) == 2


async def _menus(town: Town, person: Person) -> int:
    """How often the person's own menu was sent or taken back."""
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        sent = await turn.find(DELIVERIES)
    return sum(isinstance(d.content, Menu) and d.chat == person.telegram for d in sent)
