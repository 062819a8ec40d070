"""Words out of the blue that are the answer a step waits for: one press, in its own words."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from plans.incident import StepStatus
from tests.chat.storm import DISPATCHER, HEAD, KEEPER, Storm, a_storm


@pytest_asyncio.fixture
async def storm(tmp_path: Path) -> AsyncIterator[Storm]:
    async with a_storm("zh", tmp_path) as storm:
        await storm.warned()
        storm.town.ignore()
        yield storm


async def answers(storm: Storm) -> list[object]:
    parts = (await storm.town.incident(1)).parts_of("watch_store").values()
    return [part.share.answers.get("water") for part in parts if part.share]


async def test_what_the_step_asks_to_be_answered_at_once_is_offered_at_once(storm: Storm) -> None:
    keeper = storm.person(KEEPER)
    await keeper.types("进水了！")
    [offer] = storm.town.new()[KEEPER][:1]
    assert offer == (
        "已记入 #1 并转告相关人员。\n#1 恶劣天气 · 东区\n盯住仓库，进水马上答“进水了”\n"
        "要记为“仓库：进水了”，这一步就算完成吗？"
    )
    await keeper.presses("✅ 记为 #1 仓库：进水了")
    assert await answers(storm) == ["flooded"]
    assert await storm.of("watch_store") is StepStatus.DONE
    assert (await storm.town.incident(2)).plan == "warehouse-flood"


async def test_others_hear_of_it_even_if_nobody_presses(storm: Storm) -> None:
    await storm.person(KEEPER).types("进水了好多，快来人")
    assert "📝 #1 仓有余：进水了好多，快来人" in "".join(storm.town.new()[DISPATCHER])
    assert await answers(storm) == [None]


async def test_as_much_of_the_answer_as_people_say(storm: Storm) -> None:
    await storm.person(KEEPER).types("渗水")
    labels = storm.town.message(storm.person(KEEPER), "要记为").labels
    assert labels == ["✅ 记为 #1 仓库：渗水，能控制"]


async def test_it_has_become_worse_after_the_step_was_done(storm: Storm) -> None:
    keeper = storm.person(KEEPER)
    await storm.does(KEEPER, "watch_store")
    await storm.says(KEEPER, "water", "seeping")
    await keeper.types("渗水")  # that is known
    assert "要记为" not in "".join(storm.town.card(keeper, "已记入"))
    await keeper.types("进水了")
    assert "要记为“仓库：进水了”吗？" in storm.town.card(keeper, "要记为")
    await keeper.presses("✅ 记为 #1 仓库：进水了")
    assert await answers(storm) == ["flooded"]
    assert (await storm.town.incident(2)).plan == "warehouse-flood"


async def test_whose_step_it_is_not_has_said_something_and_no_more(storm: Storm) -> None:
    await storm.person(DISPATCHER).types("进水了")
    assert "要记为" not in "".join(storm.town.new()[DISPATCHER])


async def test_in_two_incidents_one_is_asked_which_in_words(storm: Storm) -> None:
    driver, dispatcher = storm.person("p_lu"), storm.person(DISPATCHER)
    await driver.types("/breakdown 环城东路")
    storm.town.ignore()
    await dispatcher.types("今晚没人来接班")
    labels = storm.town.message(dispatcher, "记到哪个事件").labels
    assert labels == ["#2 送货车辆途中故障 · 环城东路", "#1 恶劣天气 · 东区"]


async def test_who_has_a_step_has_its_few_answers_to_press(storm: Storm) -> None:
    keeper = storm.person(KEEPER)
    asked = storm.town.message(keeper, f"🔔 {storm.do('watch_store')}")
    assert "没进水" not in asked.labels
    await keeper.presses("🙋 我来", on=storm.do("watch_store"))
    taken = storm.town.message(keeper, storm.do("watch_store")).labels
    assert taken[:3] == ["没进水", "渗水，能控制", "进水了"]
    await keeper.presses("进水了", on=storm.do("watch_store"))
    assert await answers(storm) == ["flooded"]
    assert await storm.of("watch_store") is StepStatus.DONE


async def test_a_step_with_more_to_say_asks_it_when_it_is_done(storm: Storm) -> None:
    await storm.made_safe()
    head = storm.person(HEAD)
    await head.presses("🙋 我来", on=storm.do("propose"))
    assert "暂停送货" not in storm.town.message(head, storm.do("propose")).labels
    await head.types("暂停送货")
    await head.presses("✅ 记为 #1 送货：暂停送货")
    await storm.says(HEAD, "affected", "few")
    assert await storm.of("propose") is StepStatus.DONE
