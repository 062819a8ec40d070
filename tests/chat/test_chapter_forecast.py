"""W6 in either language: each morning each department of each region, and the order department,
look up the forecast; a warning of yellow or above starts the plan for it, or joins it there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from plans.text import Lang
from tests.chat.storm import DISPATCHER, KEEPER, OFFICE, Storm
from tests.chat.test_chapter_vehicles import company_in
from tests.chat.town import a_town

SALES, ORDERS = "p_shang", "p_dan"
SEVEN = 23 * 60 + 1
LANGUAGES = ("zh", "en")


@asynccontextmanager
async def morning_of(routine: str, lang: Lang, folder: Path) -> AsyncIterator[Storm]:
    """Seven o'clock of the next day, with that routine and no other."""
    store = folder / "store"
    store.mkdir()
    company = company_in(lang, folder)
    async with a_town(store, company=company, routines=(routine,)) as town, town.running():
        await town.at(SEVEN)
        yield Storm(town, lang, town.desk.routines[routine])


async def numbered(day: Storm, person: str) -> Storm:
    """The same of the incident that the person has been asked about last."""
    asked = day.town.message(day.person(person), day.plan.step("look_up").do.in_(day.lang))
    return replace(day, number=int(asked.text.split("#")[1].split()[0]))


async def looked_up(day: Storm, person: str, level: str) -> Storm:
    here = await numbered(day, person)
    await here.does(person, "look_up")
    await here.says(person, "level", level)
    return here


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_w6_the_first_to_find_a_warning_starts_the_plan_and_a_higher_one_is_one_press(
    tmp_path: Path, lang: Lang
) -> None:
    async with morning_of("weather-forecast", lang, tmp_path) as day:
        town = day.town
        here = await numbered(day, DISPATCHER)
        # Each of the three departments, privately, until half past eight.
        for person in (DISPATCHER, SALES, KEEPER):
            here.is_asked(person, "look_up", "08:30")
        told = town.new()
        assert "east_distribution" not in told
        await looked_up(day, DISPATCHER, "yellow")
        await looked_up(day, SALES, "none_out")
        await looked_up(day, KEEPER, "orange")

        assert (await town.incident(here.number)).fact("level") == "orange"
        begun = await town.incident(7)
        assert (begun.plan, begun.region) == ("severe-weather", "east")
        assert begun.fact("level") == "yellow"
        storm = Storm(town, lang, town.desk.plans["severe-weather"], number=7)
        office = storm.person(OFFICE)
        storm.is_asked(OFFICE, "warn", "07:2")
        learned = storm.either("有新情况", "there is news")
        offer = town.message(office, learned)
        assert storm.answer("level", "orange") in offer.labels[0]
        await office.presses(offer.labels[0], on=learned)
        assert (await town.incident(7)).fact("level") == "orange"
        # Whoever looks it up is asked what kind of weather it is.
        assert town.message(day.person(DISPATCHER), storm.asks("kind"))


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_w6_without_a_warning_the_morning_is_over_when_all_have_looked(
    tmp_path: Path, lang: Lang
) -> None:
    async with morning_of("weather-forecast", lang, tmp_path) as day:
        for person, level in ((DISPATCHER, "none_out"), (SALES, "blue"), (KEEPER, "none_out")):
            here = await looked_up(day, person, level)
        looked = await day.town.incident(here.number)
        assert (looked.status, looked.fact("level")) == ("closed", "blue")


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_w6_the_order_department_looks_it_up_for_the_whole_city(
    tmp_path: Path, lang: Lang
) -> None:
    async with morning_of("weather-orders", lang, tmp_path) as day:
        here = await numbered(day, ORDERS)
        assert here.number == 1
        here.is_asked(ORDERS, "look_up", "08:30")
        await looked_up(day, ORDERS, "red")
        begun = await day.town.incident(2)
        assert (begun.plan, begun.fact("level")) == ("severe-weather", "red")
        assert begun.headquarters is not None
