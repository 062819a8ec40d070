"""The chapter on vehicles, V1 to V5, as it is lived through in either language: who is told in
which chat, by when, and what stands on record."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.settings import SAMPLE_COMPANY
from handlers.catalogue import say
from handlers.documents import VEHICLES
from plans.events import Event
from plans.format import Plan
from plans.incident import StepStatus
from plans.plate import show_plate
from plans.text import Lang
from plans.vehicles import VehicleState
from tests.chat.town import Person, Town, a_town

EAST, NORTH, SECURITY = "east_distribution", "north_distribution", "security"
MARKET, LEADERS = "east_marketing", "leading_group"
PHONE_SCREENS = 1000


@dataclass
class Chapter:
    """A town whose people and groups all read one language, and one of its plans."""

    town: Town
    lang: Lang
    plan: Plan

    def person(self, id_: str) -> Person:
        return self.town.person(id_)

    def do(self, step: str) -> str:
        return self.plan.steps[step].do.in_(self.lang)

    def word(self, key: str, **values: object) -> str:
        return say(self.lang, key, **values).unescape()

    def title(self) -> str:
        return self.plan.title.in_(self.lang)

    async def reports(self, by: str, where: str) -> None:
        await self.person(by).types(f"/{self.plan.command} {where}")

    async def answers(self, by: str, **facts: str) -> None:
        """Press yes or no on each of these questions."""
        for name, answer in facts.items():
            text = self.plan.ask[name].text.in_(self.lang)
            await self.person(by).presses(self.word(f"report.{answer}"), on=text)

    async def does(self, by: str, step: str, *typed: str) -> None:
        """Press done, and type what is asked then."""
        await self.person(by).presses(self.word("steps.complete"), on=self.do(step))
        for words in typed:
            await self.person(by).types(words)

    def is_asked(self, who: str, step: str, by: str, *shown: str, group: str | None = None) -> None:
        """They were pinged in private, by that time on the clock, with all they need; and in their
        group by name."""
        ping = self.town.message(self.person(who), f"🔔 #1 {self.do(step)}")
        assert self.word("steps.complete") in ping.labels or self.word("calling.all_done") in (
            ping.labels
        )
        for words in (by, *shown):
            assert words in ping.text, f"{words!r} not in {ping.text!r}"
        if group is not None:
            there = self.town.card(group, f"🔔 #1 {self.do(step)}")
            assert f"👉 {self.person(who).name}" in there
            assert by in there
            assert "☎" not in there

    def is_told(self, who: str, *words: str) -> None:
        for one in words:
            assert self.town.card(self.person(who), one)

    async def of(self, step: str) -> StepStatus:
        return (await self.town.incident(1)).steps[step].status

    async def lines(self, type_: str) -> list[Event]:
        return [event for event in await self.town.record(1) if event.type == type_]

    async def without_spares(self) -> None:
        assert self.town.store is not None
        company = self.town.desk.company
        async with self.town.store.turn(at=self.town.clock.now()) as turn:
            for plate, vehicle in company.vehicles.items():
                if vehicle.spare:
                    turn.put(VEHICLES, VehicleState(plate=plate, ready=False))

    def fits_a_phone(self) -> None:
        longest = max(self.town.sim.world.messages(by_bot=True), key=lambda shown: len(shown.text))
        assert len(longest.text) <= PHONE_SCREENS, longest.text


def company_in(lang: Lang, folder: Path) -> Path:
    """The sample company, everybody and every group of which reads that language."""
    text = SAMPLE_COMPANY.read_text("utf-8")
    for other in ("zh", "en"):
        text = text.replace(f"language: {other}", f"language: {lang}")
    first = "[zh, en]" if lang == "zh" else "[en, zh]"
    path = folder / "company.yaml"
    path.write_text(text.replace("languages: [zh, en]", f"languages: {first}"), "utf-8")
    return path


@pytest_asyncio.fixture(params=["zh", "en"])
async def chapter(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Chapter]:
    lang: Lang = request.param
    store = tmp_path / "store"
    store.mkdir()
    company = company_in(lang, tmp_path)
    async with a_town(store, company=company) as quiet_town, quiet_town.running():
        yield Chapter(quiet_town, lang, quiet_town.desk.plans["vehicle-accident"])


def breakdown(chapter: Chapter) -> Chapter:
    return Chapter(chapter.town, chapter.lang, chapter.town.desk.plans["vehicle-breakdown"])


async def test_v1_a_breakdown_is_reported_made_safe_taken_over_and_repaired(
    chapter: Chapter,
) -> None:
    broken, town = breakdown(chapter), chapter.town
    await broken.person("p_lu").shares_place(30.2, 120.4)
    await broken.person("p_lu").presses(
        f"{broken.plan.icon} {broken.plan.offered_at_place.in_(chapter.lang)}"  # type: ignore[union-attr]
    )
    # The exact place stands in the ping and as a pin in the group; the way is kept safe.
    broken.is_asked("p_an_ph", "send_spare", "08:15", "30.20000, 120.40000", group=EAST)
    broken.is_asked("p_xiu", "repair", "09:00", group=EAST)
    assert any("location" in shown.body for shown in town.sim.world.messages(town.chat(EAST)))
    await broken.answers("p_lu", blocked="yes")
    broken.is_asked("p_lu", "make_safe", "08:10", group=EAST)
    broken.is_asked("p_shi", "clear_way", "08:20", group=SECURITY)
    # Still in touch? Silence sends somebody.
    await town.at(31)
    broken.is_told("p_lu", broken.plan.checks["in_touch"].ask.in_(chapter.lang))
    await town.at(42)
    broken.is_asked("p_an_ph", "find_driver", "08:55", group=EAST)
    await broken.person("p_lu").presses(chapter.word("steps.all_right"), on="💬")
    assert await broken.of("find_driver") is StepStatus.SKIPPED
    await broken.does("p_xiu", "repair", "East garage")
    broken.is_told("p_lu", "East garage")
    assert await broken.of("repair") is StepStatus.DONE
    assert len(await broken.lines("check_missed")) == 1


async def test_v2_spares_are_shared_in_order_and_free_again_in_the_end(chapter: Chapter) -> None:
    broken, town = breakdown(chapter), chapter.town
    await broken.reports("p_lu", "K12+300")
    # East has none: the nearest marketing department's is promised, and its group told.
    broken.is_asked("p_an_ph", "send_spare", "08:15", show_plate("浙A10009"), group=EAST)
    assert show_plate("浙A10009") in town.card(NORTH)
    await broken.does("p_an_ph", "send_spare")
    broken.is_asked("p_bei", "take_over", "09:30", group=NORTH)
    await broken.does("p_bei", "take_over")
    await broken.does("p_xiu", "repair", "East garage")
    await broken.person("p_an_ph").presses(
        chapter.word("steps.complete"), on=broken.plan.close.do.in_(chapter.lang)
    )
    assert not (await town.incident(1)).is_open
    [released] = await broken.lines("resource_released")
    assert released.thing == "浙A10009"  # type: ignore[union-attr]
    assert show_plate("浙A10009") in town.card(NORTH)


async def test_v2_without_any_spare_the_customers_of_the_run_are_told(chapter: Chapter) -> None:
    broken = breakdown(chapter)
    await broken.without_spares()
    await broken.reports("p_lu", "K12+300")
    broken.is_asked("p_song", "no_spare", "08:30", group=EAST)
    await broken.does("p_song", "no_spare", "a carrier's van at ten")
    broken.is_asked(
        "p_chang", "tell_customers", "09:00", "a carrier's van at ten", "+86 10 5550 0301",
        group=MARKET,
    )  # fmt: skip
    await broken.person("p_chang").presses(chapter.word("calling.all_done"))
    await broken.person("p_chang").presses(chapter.word("calling.all_yes"))
    assert await broken.of("tell_customers") is StepStatus.DONE


async def test_v3_no_spare_of_ones_own_so_the_insurer_is_asked_for_the_type(
    chapter: Chapter,
) -> None:
    await chapter.without_spares()
    await chapter.reports("p_lu", "K12+300")
    await chapter.answers("p_lu", hurt="no", drivable="no", fit="yes")
    kind = "厢式货车" if chapter.lang == "zh" else "van"
    chapter.is_asked(
        "p_xiu", "stand_in", "09:00", f"{show_plate('浙A10001')} {kind}", "江州平稳财险",
        "\n☎ +86 10 5550 0201", "\n☎ +86 10 5550 0202", group=EAST,
    )  # fmt: skip
    # The insurer and the police are told of the accident in any case.
    chapter.is_asked("p_xiu", "insurer", "09:00", "+86 10 5550 0201", group=EAST)
    chapter.is_asked("p_shi", "police", "08:20", "+86 10 5550 0213", group=SECURITY)

    await chapter.does("p_xiu", "stand_in", "a van at eleven")
    chapter.is_told("p_lu", "a van at eleven")
    chapter.is_told("p_an_ph", "a van at eleven")
    chapter.is_asked("p_chang", "tell_delay", "09:00", "a van at eleven", group=MARKET)
    assert (await chapter.town.incident(1)).fact("arrangement") == "a van at eleven"
    # Arranged is not yet there: the dispatcher sees it through.
    chapter.is_asked("p_an_ph", "see_through", "12:00", "a van at eleven", group=EAST)
    await chapter.does("p_an_ph", "see_through")
    chapter.is_told("p_lu", chapter.plan.steps["see_through"].tell_reporter.in_(chapter.lang))  # type: ignore[union-attr]


async def test_v4_nobody_hurt_people_are_sent_and_deliveries_go_on(chapter: Chapter) -> None:
    await chapter.reports("p_lu", "K12+300")
    for leader in ("p_ding", "p_fu", "p_song", "p_an_rs"):
        chapter.is_told(leader, chapter.plan.title.in_(chapter.lang))
    chapter.is_asked("p_an_ph", "phone_driver", "08:10", group=EAST)
    await chapter.answers("p_lu", hurt="no", drivable="yes", fit="yes")
    chapter.is_asked("p_an_ph", "send_people", "08:30", group=EAST)
    await chapter.does("p_shi", "police")
    chapter.is_asked("p_lu", "go_on", "09:00", group=EAST)
    await chapter.does("p_lu", "go_on")
    for step in ("rescue", "decide_time", "safety", "send_spare", "guide", "tell_customers"):
        assert await chapter.of(step) is StepStatus.SKIPPED


async def test_v4_a_truck_that_is_out_is_replaced_by_a_spare(chapter: Chapter) -> None:
    await chapter.reports("p_lu", "K12+300")
    await chapter.answers("p_lu", hurt="no", drivable="no", fit="yes")
    chapter.is_asked("p_an_ph", "send_spare", "08:15", show_plate("浙A10009"), group=EAST)
    await chapter.does("p_an_ph", "send_spare")
    chapter.is_asked("p_bei", "take_over", "09:30", group=NORTH)
    assert await chapter.of("stand_in") is StepStatus.SKIPPED


async def test_v4_somebody_hurt_rescue_safety_plan_and_a_new_time(chapter: Chapter) -> None:
    town = chapter.town
    await chapter.reports("p_lu", "K12+300")
    await chapter.answers("p_lu", hurt="yes")
    chapter.is_asked("p_lu", "rescue", "08:20", group=EAST)
    chapter.is_asked("p_song", "go_there", "08:45", group=EAST)
    chapter.is_asked("p_ding", "decide_time", "08:30", group=LEADERS)
    # The safety plan is carried out as an incident of its own, known on both.
    safety = await town.incident(2)
    assert (safety.plan, safety.parent and safety.parent.number) == ("safety-accident", 1)
    assert "#2" in town.card(chapter.person("p_an_rs"), chapter.do("safety"))

    # The leader decides when; driver, dispatcher and head are told, and the customers of the run
    # through whoever looks after them.
    typed = "明天9点" if chapter.lang == "zh" else "tomorrow 9"
    new_time = "7月7日周二 09:00" if chapter.lang == "zh" else "Tue 7 Jul 09:00"
    await chapter.does("p_ding", "decide_time", typed)
    for person in ("p_lu", "p_an_ph", "p_song"):
        chapter.is_told(person, new_time)
    assert (await town.incident(1)).fact("new_time") == "2026-07-07T09:00+08:00"
    chapter.is_asked("p_an_ph", "arrange", "09:00", new_time, group=EAST)
    chapter.is_asked(
        "p_chang", "tell_customers", "09:00", new_time, "1. 早市便利店", "\n☎ +86 10 5550 0301",
        group=MARKET,
    )  # fmt: skip
    assert chapter.word("calling.left_of", who="常问候", left=4) in town.card(
        MARKET, "#1 " + chapter.title()
    )

    # One after the other; whoever does not answer is tried again.
    manager = chapter.person("p_chang")
    await manager.presses(chapter.word("calling.no_answer", n=1))
    for n in (2, 3, 4):
        await manager.presses(f"✅ {n} {chapter.word('calling.told')}")
    assert chapter.word("calling.left_of", who="常问候", left=1) in town.card(
        MARKET, "#1 " + chapter.title()
    )
    assert await chapter.of("tell_customers") is StepStatus.SHARED
    toast = await manager.presses(f"✅ 1 {chapter.word('calling.told')}")
    assert toast == chapter.word("calling.last_toast")
    assert await chapter.of("tell_customers") is StepStatus.DONE
    called = [event.result for event in await chapter.lines("call_ticked")]  # type: ignore[union-attr]
    assert called == ["no_answer", "reached", "reached", "reached", "reached"]
    chapter.fits_a_phone()


async def test_v5_somebody_who_knows_the_route_guides_or_drives(chapter: Chapter) -> None:
    town, dispatcher = chapter.town, chapter.person("p_an_ph")
    await chapter.reports("p_lu", "K12+300")
    await chapter.answers("p_lu", hurt="no", drivable="yes", fit="no")
    # The account manager of the region first; then an inspector.
    chapter.is_asked("p_an_ph", "send_guide", "08:20", "常问候", "东线", group=EAST)
    await dispatcher.presses(chapter.word("guides.swap"), on=chapter.do("send_guide"))
    toast = await dispatcher.presses(chapter.word("directing.spare_next"))
    assert "杜细察" in toast
    await chapter.does("p_an_ph", "send_guide")
    chapter.is_asked("p_du", "guide", "10:00", "东线")
    await chapter.person("p_du").presses(chapter.word("steps.acknowledge"), on=chapter.do("guide"))
    await chapter.person("p_du").types("40")
    chapter.is_told("p_lu", "08:40")
    assert (await town.incident(1)).fact("guide") == "p_du"
    await chapter.does("p_du", "guide")
    assert await chapter.of("go_on") is StepStatus.SKIPPED
    chapter.fits_a_phone()


async def test_v5_nobody_who_knows_the_route_is_free(chapter: Chapter) -> None:
    """The only two who could go are out with other drivers."""
    await chapter.reports("p_xing", "K1")
    await chapter.answers("p_xing", hurt="no", drivable="yes", fit="no")
    await chapter.reports("p_lu", "K12+300")
    town = chapter.town
    for question in ("hurt", "drivable", "fit"):
        answer = "no" if question != "drivable" else "yes"
        text = f"#2 {chapter.plan.ask[question].text.in_(chapter.lang)}"
        await chapter.person("p_lu").presses(chapter.word(f"report.{answer}"), on=text)
    guides = [(await town.incident(n)).fact("guide") for n in (1, 2)]
    assert guides == ["p_chang", "p_du"]
