"""Routines that nobody heeds: no alarm all night for what is none."""

from tests.chat.town import Town

READY = "查本区备用车"
TUESDAY_0730 = 23.5 * 60
HOUR = 60


async def test_command_hears_of_a_check_nobody_does_once_and_not_all_night(town: Town) -> None:
    await town.at(TUESDAY_0730 + 3 * HOUR)
    climbed = town.new()
    assert sum("任何一位指挥成员" in text for text in climbed["p_ding"]) == 3

    await town.at(TUESDAY_0730 + 23 * HOUR)

    town.sees({})


async def test_the_next_morning_asks_anew_whom_it_is_for(town: Town) -> None:
    await town.at(TUESDAY_0730 + 23 * HOUR)
    town.ignore()

    await town.at(TUESDAY_0730 + 24 * HOUR + 1)

    assert set(town.new()) == {"p_che", "p_you", "p_song"}
