"""The line to Telegram is cut for half an hour: people go on pressing, and nobody hears them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from plans.incident import StepStatus
from simulator import Fault
from tests.chat.town import Town
from tests.fake_clock import a_few_turns

CALLS = ("getUpdates", "sendMessage", "editMessageText", "answerCallbackQuery")
MANY = 100_000
TURNS = 15


@asynccontextmanager
async def cut_off(town: Town) -> AsyncIterator[None]:
    """Nothing comes in and nothing goes out; what was the last to be heard is a word of Max's."""
    settle = town.clock.settle
    for method in CALLS:
        town.sim.faults.set(Fault("cut_before", method, None, MANY))
    max_ = town.person("p_max")
    town.stage.say(max_.telegram, max_.telegram, "/mine")
    town.clock.settle = _a_while
    await town.clock.advance(5)
    yield
    town.sim.faults.clear()
    await town.clock.advance(20)
    town.clock.settle = settle
    await town.a_moment()


async def _a_while() -> None:
    for _ in range(TURNS):
        await a_few_turns()


def answers(town: Town, person: str, label: str, on: str) -> None:
    """A press that waits at Telegram."""
    one = town.person(person)
    town.stage.press(one.telegram, town.message(one, on), label)


async def test_who_answered_while_nobody_heard_is_not_escalated_over(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    town.ignore()
    async with cut_off(town):
        answers(town, "p_an_ph", "🙋 我来", "派备用车")
        await town.clock.advance(30 * 60)
        # Nobody could be told, and nobody is blamed.
        incident = await town.incident(1)
        assert incident.steps["send_spare"].told == ("p_an_ph",)
    taken = (await town.incident(1)).steps["send_spare"]
    assert (taken.status, taken.taken_by) == (StepStatus.OPEN, "p_an_ph")
    said = [text for texts in town.new().values() for text in texts]
    assert not [text for text in said if "安排好 没有应答" in text]


async def test_who_did_not_answer_is_asked_about_as_soon_as_there_is_a_line(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    town.ignore()
    async with cut_off(town):
        await town.clock.advance(30 * 60)
    said = [text for texts in town.new().values() for text in texts]
    assert [text for text in said if "安排好 没有应答" in text]
