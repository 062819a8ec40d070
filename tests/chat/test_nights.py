"""A request at night: nobody is woken for what can wait, and whoever asked knows when it is looked
at."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from handlers.documents import PEOPLE
from tests.chat.town import Town, a_town

HOUR = 60
NIGHT, DEEP, MORNING_AGAIN = 15.5 * HOUR, 19 * HOUR, 23 * HOUR  # 23:30, 03:00, 07:00
STEP = "#1 审批应急货源"
REVIEW, REVIEWER = "#1 等不到订货日的补货", "p_shang"


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town(tmp_path) as quiet_town, quiet_town.running():
        yield quiet_town


async def asks(town: Town, by: str = "下周五", cannot_wait: str = "否") -> None:
    manager = town.person("p_chang")
    await manager.types(f"/stock 早市 云杉 20 婚宴 {by}")
    await manager.presses(cannot_wait, on="等不到")
    await manager.presses("📨 提交")


async def test_what_is_asked_at_night_wakes_nobody_and_says_when_it_is_looked_at(
    town: Town,
) -> None:
    await town.at(NIGHT)
    await asks(town)
    new = town.new()
    assert set(new) == {"p_chang"}
    assert "🌙 审批应急货源：夜里不打扰，07-07 07:00 起找人" in new["p_chang"][-1]
    await town.at(DEEP)
    assert town.new() == {}

    await town.at(MORNING_AGAIN + 1)
    assert STEP in town.card(town.person("p_ke"), "请在 09:00 前决定")
    assert "⏳ 审批应急货源：等 客常来（07:00 起），09:00 前" in town.card(
        town.person("p_chang"), "已受理"
    )
    await town.at(MORNING_AGAIN + 21)
    assert "客常来 没有应答" in town.card(town.person("p_xu"), STEP)


async def test_what_nobody_has_answered_by_night_goes_on_in_the_morning(town: Town) -> None:
    await town.at(13 * HOUR + 50)  # 21:50
    await asks(town)
    assert STEP in town.card(town.person("p_ke"))
    town.ignore()
    await town.at(MORNING_AGAIN - 1)
    assert town.new() == {}

    await town.at(MORNING_AGAIN + 1)
    assert [text.splitlines()[0] for text in town.new()["p_ke"]] == ["⏰ #1 审批应急货源"]
    await town.at(MORNING_AGAIN + 21)
    assert STEP in town.card(town.person("p_xu"), "客常来 没有应答")


async def test_whoever_has_taken_it_is_not_chased_at_night(town: Town) -> None:
    await town.at(13 * HOUR + 30)
    await asks(town)
    await town.person("p_ke").presses("🙋 我来", on=STEP)
    town.ignore()
    await town.at(MORNING_AGAIN - 1)

    assert town.new() == {}
    assert (await town.incident(1)).steps["approve"].taken_by == "p_ke"


async def test_what_is_needed_by_the_morning_rings_at_once(town: Town) -> None:
    await town.at(NIGHT)
    await asks(town, "明天 11:00", cannot_wait="是")

    # From 07:00 on the advice, the decision and the delivery take five hours.
    assert REVIEW in town.card(town.person(REVIEWER))


async def test_what_can_be_decided_and_delivered_after_the_night_waits(town: Town) -> None:
    await town.at(NIGHT)
    await asks(town, "明天 12:00", cannot_wait="是")
    assert REVIEWER not in town.new()

    await town.at(MORNING_AGAIN + 1)
    assert REVIEW in town.card(town.person(REVIEWER))


async def test_an_emergency_rings_at_any_hour(town: Town) -> None:
    await town.at(NIGHT)
    await town.person("p_chang").types("/supply 早市 后天")
    await town.person("p_chang").types("冷柜压缩机一台")
    await town.person("p_chang").presses("📨 提交")

    assert "#1 紧急供货" in town.card(town.person("p_fu"))


async def test_whoever_wants_no_quiet_hours_is_asked_at_any_hour(town: Town) -> None:
    assert town.store is not None
    await town.at(NIGHT)
    async with town.store.turn(at=town.clock.now()) as turn:
        state = (await town.desk.roster(turn)).state("p_ke")
        assert state is not None
        turn.put(PEOPLE, state.model_copy(update={"quiet": False}))
    await asks(town)

    assert STEP in town.card(town.person("p_ke"))


async def test_it_is_changed_and_withdrawn_before_anybody_has_seen_it(town: Town) -> None:
    await town.at(NIGHT)
    await asks(town)
    manager = town.person("p_chang")
    await manager.presses("✏️ 更正", on="已受理")
    await manager.presses("最晚什么时候要", on="要更正哪一项")
    await manager.types("明天 8:00")
    assert "比客户下一个订货日早" in town.card(manager)
    await manager.presses("✏️ 更正", on="已受理")
    await manager.presses("等不到订货日", on="要更正哪一项")
    await manager.presses("是", on="等不到")
    assert REVIEWER not in town.new()
    await manager.presses("✏️ 更正", on="已受理")
    await manager.presses("最晚什么时候要", on="要更正哪一项")
    await manager.types("明天 8:00")
    assert REVIEW in town.card(town.person(REVIEWER))  # now it cannot wait
    town.ignore()
    await manager.presses("↩️ 撤回", on="已受理")
    await manager.types("客户不要了")

    assert (await town.incident(1)).status == "cancelled"
