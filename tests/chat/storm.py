"""A storm as a company lives it: the library's plan, in one language, every message counted."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from handlers.catalogue import say
from plans.events import Event
from plans.format import Plan
from plans.incident import Share, StepState, StepStatus
from plans.text import Lang
from tests.chat.test_chapter_vehicles import company_in
from tests.chat.town import Person, Town, a_town

OFFICE, HEAD, MANAGER, KEEPER, DISPATCHER = "p_ye", "p_song", "p_chang", "p_cang", "p_an_ph"
MARKETING, FINANCE, LEADER, DEPUTY = "p_mei", "p_qian", "p_ding", "p_fu"
CUSTOMERS = 7


@dataclass
class Counted(Person):
    """Somebody whose words and presses make others hear: `heard` counts that."""

    heard: Counter[str] = field(default_factory=Counter)

    async def types(self, text: str, *, in_group: str | None = None) -> None:
        before = _lengths(self.town)
        await super().types(text, in_group=in_group)
        self._note(before)

    async def presses(self, label: str, *, in_group: str | None = None, on: str = "") -> str:
        before = _lengths(self.town)
        toast = await super().presses(label, in_group=in_group, on=on)
        self._note(before)
        return toast

    def _note(self, before: dict[str, int]) -> None:
        for person, count in _lengths(self.town).items():
            if person != self.id and count > before[person]:
                self.heard[person] += count - before[person]


def _lengths(town: Town) -> dict[str, int]:
    """How many messages each person has in private."""
    people = town.desk.company.people.items()
    return {
        id_: len(town.sim.world.messages(one.telegram, by_bot=True))
        for id_, one in people
        if one.telegram
    }


@dataclass
class Storm:
    """A town whose people and groups all read one language."""

    town: Town
    lang: Lang
    plan: Plan
    heard: Counter[str] = field(default_factory=Counter)
    number: int = 1

    def person(self, id_: str) -> Counted:
        one = self.town.person(id_)
        return Counted(self.town, one.id, one.name, one.telegram, self.heard)

    def word(self, key: str, **values: object) -> str:
        return say(self.lang, key, **values).unescape()

    def do(self, step: str) -> str:
        return f"#{self.number} {self.plan.step(step).do.in_(self.lang)}"

    def answer(self, fact: str, choice: str) -> str:
        return self.plan.asked()[fact].choices[choice].in_(self.lang)

    def asks(self, fact: str) -> str:
        return self.plan.asked()[fact].text.in_(self.lang)

    def either(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    # What people do

    async def does(self, by: str, *steps: str) -> None:
        for step in steps:
            await self.person(by).presses(self.word("steps.complete"), on=self.do(step))

    async def says(self, by: str, fact: str, choice: str) -> None:
        await self.person(by).presses(self.answer(fact, choice), on=self.asks(fact))

    async def corrects(self, by: str, fact: str, choice: str) -> None:
        """From the incident's card."""
        one = self.person(by)
        await one.types("/incident 1")
        await one.presses(self.word("steps.correct"), on="📄")
        await one.presses(
            self.plan.asked()[fact].called(self.lang), on=self.word("report.what_to_correct")
        )
        await self.says(by, fact, choice)

    async def corrects_text(self, by: str, fact: str, words: str) -> None:
        """The same in one's own words."""
        one, called = self.person(by), self.plan.asked()[fact].called(self.lang)
        await one.types("/incident 1")
        await one.presses(self.word("steps.correct"), on="📄")
        await one.presses(called, on=self.word("report.what_to_correct"))
        await one.types(words)

    async def sends(self, step: str, by: str = OFFICE) -> None:
        """Preview what the step broadcasts, and send it."""
        sender = self.person(by)
        await sender.presses(self.word("broadcast.step_button"), on=self.do(step))
        preview = self.word("broadcast.preview_head")
        label = self.town.message(sender, preview).labels[0]
        assert label.startswith("📨")
        await sender.presses(label, on=preview)

    async def warned(self, colour: str = "orange") -> None:
        zh = {"yellow": "黄色", "orange": "橙色", "red": "红色"}[colour]
        office = self.person(OFFICE)
        await office.types(
            self.either(f"/weather {zh} 台风 明天18点", f"/weather {colour} typhoon tomorrow 18:00")
        )
        await office.types(self.either("东区", "East"))
        await office.presses(self.word("form.send"))
        await self.sends("warn")

    async def made_safe(self) -> None:
        await self.does(KEEPER, "prepare", "watch_store")
        await self.says(KEEPER, "water", "dry")
        await self.does(DISPATCHER, "stop_driving")

    async def proposed(self, proposal: str = "suspend", affected: str = "few") -> None:
        await self.does(HEAD, "propose")
        await self.says(HEAD, "proposal", proposal)
        await self.says(HEAD, "affected", affected)
        await self.arranged()

    async def arranged(self) -> None:
        """From now on, until tomorrow morning."""
        head = self.person(HEAD)
        await self.does(HEAD, "adjust")
        await head.presses(self.word("report.now"), on=self.asks("stop_from"))
        await head.types(self.either("明天 9点", "tomorrow 9:00"))
        await head.types(self.either("东线停送，明早补", "no deliveries today, tomorrow morning"))
        await head.types(self.either("请停止接单", "take no orders"))

    async def decided(self) -> str:
        """Whoever is asked first agrees."""
        decides = (await self.state("decide")).asked[0]
        await self.person(decides).presses(self.word("approving.agree"), on=self.do("decide"))
        return decides

    async def suspended(self, affected: str = "few") -> None:
        await self.warned()
        await self.made_safe()
        await self.proposed(affected=affected)
        await self.decided()
        await self.sends("tell_staff")

    async def ticks(self, step: str, *places: int, result: str = "reached") -> None:
        ticked = self.plan.step(step).for_each.ticked  # type: ignore[union-attr]
        for place in places:
            label = self.word("calling.no_answer", n=place)
            if result == "reached" and ticked is not None:
                label = f"✅ {place} {ticked.in_(self.lang)}"
            await self.person(MANAGER).presses(label, on=self.do(step))

    async def coloured(self, colour: str, by: str = OFFICE) -> None:
        one, label = self.person(by), self.answer("level", colour)
        await one.types("/level 1")
        await one.presses(label)
        await one.presses(self.word("levels.yes", value=label))

    async def everybody_confirms(self, *but: str) -> None:
        """Whoever has a letter to confirm says so at once."""
        got = self.word("broadcast.got")
        for id_, one in self.town.desk.company.people.items():
            if one.telegram is None or id_ in but:
                continue
            for shown in self.town.sim.world.messages(one.telegram, by_bot=True):
                if shown.labels == [got] and id_ != OFFICE:
                    self.town.stage.press(one.telegram, shown, got)
        await self.town.a_moment()

    async def leaves(self, person: str) -> None:
        one = self.person(person)
        await one.types("/duty")
        await one.presses(self.word("duty.rest"))

    # What is to be seen

    def is_asked(self, who: str, step: str, by: str, *shown: str, group: str | None = None) -> None:
        """In private, by that time on the clock, with all they need; in their group by name."""
        ping = self.town.message(self.person(who), f"🔔 {self.do(step)}")
        for words in (by, *shown):
            assert words in ping.text, f"{words!r} not in {ping.text!r}"
        assert ping.labels
        if group is not None:
            there = self.town.card(group, f"🔔 {self.do(step)}")
            assert self.person(who).name in there
            assert "☎" not in there

    async def state(self, step: str) -> StepState:
        return (await self.town.incident(self.number)).steps[step]

    async def of(self, step: str) -> StepStatus:
        return (await self.state(step)).status

    async def calls(self, step: str) -> Share:
        share = (await self.state(f"{step}/1")).share
        assert share is not None
        return share

    async def lines(self, type_: str) -> list[Event]:
        return [event for event in await self.town.record(1) if event.type == type_]

    def private(self, person: str) -> list[str]:
        shown = self.town.sim.world.messages(self.person(person).telegram, by_bot=True)
        return [one.text for one in shown]


@asynccontextmanager
async def a_storm(lang: Lang, folder: Path) -> AsyncIterator[Storm]:
    """Nothing begins by the clock in it, so that numbers are known."""
    store = folder / "store"
    store.mkdir()
    company = company_in(lang, folder)
    async with a_town(store, company=company, routines=()) as quiet, quiet.running():
        yield Storm(quiet, lang, quiet.desk.plans["severe-weather"])
