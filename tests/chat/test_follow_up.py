"""What begins by itself after an incident has closed: once, late rather than never, by day."""

from pathlib import Path

from plans.plan_check import check_calls, read_plan
from plans.plan_check.read import PlanFile
from tests.chat.own_plans import folder_of
from tests.chat.town import Town, a_town

LEAK = """\
plan: leak
title: {zh: 漏水, en: Leak}
icon: 💧
command: leak
received: {zh: 收到。, en: Received.}
ask:
  bad: {type: yes_no, required: true, text: {zh: 严重吗?, en: Bad?}}
  room: {type: text, text: {zh: 哪间?, en: Which room?}}
steps:
  mend:
    owner: dispatcher
    do: {zh: 修好, en: Mend it}
    due: {in: 60 min}
close: {auto: true, by: dispatcher, when: [mend]}
follow_up:
  - {plan: look-again, in: 3 d, when: {bad: yes}}
"""
LOOK = """\
plan: look-again
title: {zh: 回头看漏水, en: Look again}
icon: 🔁
command: look
received: {zh: 收到。, en: Received.}
ask:
  room: {type: text, text: {zh: 哪间?, en: Which room?}}
  dry: {type: yes_no, text: {zh: 干了吗?, en: Dry?}}
steps:
  look:
    owner: market_manager
    show: [room]
    do: {zh: 去看看还漏不漏, en: See whether it still leaks}
    due: {in: 4 h}
close: {auto: true, by: dispatcher, when: [look]}
"""
DAY = 24 * 60
LOOKING = "去看看还漏不漏"


async def mended(town: Town, *, bad: str = "是") -> None:
    """A leak, closed ten past eight in the morning."""
    driver = town.person("p_lu")
    await driver.types("/leak")
    await driver.presses(bad, on="严重吗")
    await driver.types("东仓二楼")
    await town.person("p_an_ph").presses("✅ 完成", on="#1 修好")


async def test_it_begins_days_later_knows_what_was_known_and_says_what_it_follows(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path, plans=folder_of(tmp_path, LEAK, LOOK)) as town, town.running():
        await mended(town)
        assert "🔁 7月9日周四 08:00 跟进：回头看漏水" in town.card(town.person("p_lu"), "跟进")
        await town.at(3 * DAY - 1)
        town.ignore()
        await town.at(3 * DAY + 1)

        keeper = town.person("p_shang")
        assert "东仓二楼" in town.card(keeper, LOOKING)
        assert "↩️ #1 漏水 结束后的跟进" in town.card("east_marketing", "🔁 #2")
        begun = await town.incident(2)
        assert begun.reporter == "p_lu"
        assert begun.fact("room") == "东仓二楼"
        assert "干了吗" in town.card(town.person("p_lu"), "干了吗")
        await keeper.presses("✅ 完成", on=LOOKING)
        assert (await town.incident(2)).status == "closed"
        town.ignore()
        await town.at(8 * DAY)
        assert not any("#3" in text for texts in town.new().values() for text in texts)


async def test_nothing_follows_where_the_facts_ask_for_nothing(tmp_path: Path) -> None:
    async with a_town(tmp_path, plans=folder_of(tmp_path, LEAK, LOOK)) as town, town.running():
        await mended(town, bad="否")
        assert not any("跟进" in text for texts in town.new().values() for text in texts)
        town.ignore()
        await town.at(4 * DAY)
        town.sees({})


async def test_a_mistake_is_followed_by_nothing(tmp_path: Path) -> None:
    async with a_town(tmp_path, plans=folder_of(tmp_path, LEAK, LOOK)) as town, town.running():
        driver = town.person("p_lu")
        await driver.types("/leak")
        await driver.presses("是", on="严重吗")
        await driver.types("/cancel 1")
        await driver.presses("点错了")
        town.ignore()
        await town.at(4 * DAY)
        assert not any("#2" in text for texts in town.new().values() for text in texts)


async def test_after_days_of_standing_still_it_begins_late_and_once(tmp_path: Path) -> None:
    async with a_town(tmp_path, plans=folder_of(tmp_path, LEAK, LOOK)) as town:
        async with town.running():
            await mended(town)
        await town.clock.advance(5 * DAY * 60)
        for _ in range(2):
            async with town.running():
                await town.settle()
        async with town.running():
            assert (await town.incident(2)).plan == "look-again"
            shown = town.sim.world.messages(town.person("p_shang").telegram, by_bot=True)
            assert sum(LOOKING in message.text for message in shown) == 1


async def test_by_night_it_waits_for_the_morning(tmp_path: Path) -> None:
    async with a_town(tmp_path, plans=folder_of(tmp_path, LEAK, LOOK)) as town, town.running():
        await town.at(15 * 60)  # 23:00
        await mended(town)
        town.ignore()
        await town.at(3 * DAY + 22 * 60)  # 06:00
        assert not any(LOOKING in text for texts in town.new().values() for text in texts)
        await town.at(3 * DAY + 23 * 60 + 1)
        assert LOOKING in town.card(town.person("p_shang"), LOOKING)


def test_what_cannot_follow_is_told_by_line() -> None:
    def told(leak: str, *others: str) -> list[str]:
        files = [read_plan(text, f"{place}.yaml") for place, text in enumerate((leak, *others))]
        return [
            p.message.en for p in check_calls(f for f in files if isinstance(f, PlanFile)).problems
        ]

    assert told(LEAK, LOOK) == []
    [unknown] = told(LEAK.replace("look-again", "look-agian"), LOOK)
    assert "look-again" in unknown
    endless = LEAK.replace("plan: look-again, in: 3 d, when: {bad: yes}", "plan: leak, in: 3 d")
    assert told(endless) == [
        "plans follow each other without end: leak → leak; add a when to one of them"
    ]
