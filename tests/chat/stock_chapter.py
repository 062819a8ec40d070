"""The chapter on emergency stock in either language: who asks, decides and does, in words of the
plan itself.

In: a town, a language, a plan. Out: presses, what stands on record. Forbidden here: plans of a
test's own.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from handlers.catalogue import say
from handlers.documents import PEOPLE
from plans.format import Plan
from plans.incident import StepStatus
from plans.text import Lang
from tests.chat.town import Person, Town

ASKER, HEAD, DEPUTY = "p_chang", "p_ke", "p_xu"


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

    def title(self) -> str:
        return self.plan.title.in_(self.lang)

    def word(self, key: str, **values: object) -> str:
        return say(self.lang, key, **values).unescape()

    def amount(self, count: int) -> str:
        """So many of what is asked for, which is counted in 条."""
        return f"{count}条" if self.lang == "zh" else f"{count} 条"

    def choice(self, name: str, answer: str) -> str:
        return self.plan.known()[name].choices[answer].in_(self.lang)

    def ping(self, step: str, *, number: int = 1) -> str:
        return f"🔔 #{number} {self.do(step)}"

    def of(self, plan: str) -> "Chapter":
        return Chapter(self.town, self.lang, self.town.desk.plans[plan])

    def filled(self, occasion: str, quantity: int, customer: str, goods: str, by: str) -> str:
        """A line that fills in the whole form but the last question."""
        return f"/stock {customer} {goods} {quantity} {self.choice('occasion', occasion)} {by}"

    async def asks(
        self,
        quantity: int = 20,
        *,
        waits: bool = True,
        occasion: str = "wedding",
        customer: str = "早市",
        by: str = "",
    ) -> None:
        asker = self.person(ASKER)
        friday = by or ("周五" if self.lang == "zh" else "Friday")
        await asker.types(self.filled(occasion, quantity, customer, "云杉", friday))
        answer = self.word("report.no" if waits else "report.yes")
        await asker.presses(answer, on=self.plan.ask["urgent"].text.in_(self.lang))
        await asker.presses(self.word("form.send"), on=self.title())

    async def does(self, by: str, step: str, *answers: str) -> None:
        """Press done, then the answers; those that are no buttons are typed."""
        await self.person(by).presses(self.word("steps.complete"), on=self.do(step))
        for answer in answers:
            newest = self.town.sim.world.messages(self.person(by).telegram, by_bot=True)[-1]
            if answer in newest.labels:
                await self.person(by).presses(answer)
            else:
                await self.person(by).types(answer)

    async def approves(self, by: str, count: int, step: str = "approve") -> None:
        label = self.word("approving.agree_to", count=self.amount(count))
        await self.person(by).presses(label, on=self.do(step))

    async def refuses(self, by: str, step: str = "approve") -> str:
        """With the first reason offered, which is returned."""
        await self.person(by).presses(self.word("approving.refuse"), on=self.do(step))
        reason = self.word("approving.because_short")
        await self.person(by).presses(reason)
        return reason

    async def away(self, *people: str) -> None:
        assert self.town.store is not None
        async with self.town.store.turn(at=self.town.clock.now()) as turn:
            for person in people:
                state = (await self.town.desk.roster(turn)).state(person)
                assert state is not None
                until = datetime(2026, 12, 1, tzinfo=UTC)
                turn.put(PEOPLE, state.model_copy(update={"away_until": until}))

    async def status(self, step: str) -> StepStatus:
        return (await self.town.incident(1)).steps[step].status

    async def recorded(self, *types: str, number: int = 1) -> list[str]:
        """Which of these kinds of events stand on record, in order."""
        return [e.type for e in await self.town.record(number) if e.type in types]

    def fits_a_phone(self) -> None:
        longest = max(self.town.sim.world.messages(by_bot=True), key=lambda shown: len(shown.text))
        assert len(longest.text) <= (500 if self.lang == "zh" else 600), longest.text
