"""Answers to button presses."""

from pathlib import Path

from bot.budget import Rates
from bot.outbox.answers import UNDER_WAY_LIMIT
from simulator import Fault
from storage.delivery import Answer
from tests.bot.harness import DRIVER, Town, a_town


async def _press(town: Town) -> str:
    await town.deliver(town.text(DRIVER, "card", buttons=("收到",)))
    return town.sim.stage.press(DRIVER, town.shown(DRIVER)[0], "收到")


async def test_a_press_is_answered_right_after_the_commit_whatever_waits(tmp_path: Path) -> None:
    async with a_town(tmp_path, rates=Rates()) as town:
        query = await _press(town)
        await town.deliver(*(town.urgent(DRIVER, f"{n}") for n in range(10)))
        await town.answer(Answer(query_id=query, text="记下了", alert=True))
        answered = town.sim.world.answers[query]
        assert (answered.text, answered.show_alert) == ("记下了", True)


async def test_an_expired_press_with_a_refusal_is_told_privately(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        await town.answer(
            Answer(query_id="77", text="只有 <b>调度</b> 可以", refusal=True, person_chat=DRIVER)
        )
        assert town.texts(DRIVER) == ["只有 <b>调度</b> 可以"]


async def test_an_expired_press_without_a_refusal_is_let_go(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        await town.answer(Answer(query_id="77", text="记下了", person_chat=DRIVER))
        assert town.texts(DRIVER) == []


async def test_an_answer_is_never_repeated(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        query = await _press(town)
        town.sim.stage.set_fault(Fault("cut_before", method="answerCallbackQuery"))
        await town.answer(Answer(query_id=query, text="记下了"))
        await town.advance(100)
        assert query not in town.sim.world.answers
        assert town.sim.world.stats.calls["answercallbackquery"] == 1


async def test_beyond_the_bound_a_refusal_still_reaches_the_person(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        async with town.store.turn(at=town.clock.now()) as turn:
            for n in range(UNDER_WAY_LIMIT):
                turn.answer(Answer(query_id=f"{n}"))
            turn.answer(Answer(query_id="over", text="不行", refusal=True, person_chat=DRIVER))
            turn.answer(Answer(query_id="gone", text="好"))
        await town.settle()
        assert town.texts(DRIVER) == ["不行"]
        assert town.sim.world.stats.calls["answercallbackquery"] == UNDER_WAY_LIMIT
