"""Quiet hours: what can wait comes in the morning, as one message; what is urgent comes at once."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest_asyncio

from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from handlers.telling.quiet import HELD_LIMIT
from storage.delivery import Button, Message, Urgency
from tests.chat.town import Town, a_town

SPARE = "派备用车前去接替"
H = 60
ELEVEN_PM = 15 * H


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose mornings begin with nothing of their own."""
    async with a_town(tmp_path, routines=()) as quiet_town, quiet_town.running():
        yield quiet_town


def _said(message: Message, _: Reader) -> Message:
    return message


async def told(town: Town, person: str, *texts: str, urgency: Urgency = Urgency.NORMAL) -> None:
    """Something of no incident is to be told to the person now."""
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        letters = Letters(turn, await town.desk.roster(turn))
        for text in texts:
            said = Message(text=text)
            await letters.person(person, partial(_said, said), urgency)
    await town.settle()


async def test_what_can_wait_comes_in_the_morning_as_one_message(town: Town) -> None:
    await town.at(ELEVEN_PM)
    await told(town, "p_dai", "请核对联系人", "周一开会")
    town.sees({})
    await told(town, "p_dai", "着火了", urgency=Urgency.URGENT)
    town.sees({"p_dai": ["着火了"]})

    await town.at(ELEVEN_PM + 8 * H - 1)
    town.sees({})
    await town.at(ELEVEN_PM + 8 * H + 1)
    town.sees({"p_dai": ["🌙 您休息时来了 2 条不急的消息：\n\n请核对联系人\n\n周一开会"]})


async def test_by_day_nothing_is_held(town: Town) -> None:
    await told(town, "p_dai", "请核对联系人")
    town.sees({"p_dai": ["请核对联系人"]})


async def test_whoever_writes_at_night_is_awake(town: Town) -> None:
    await town.at(ELEVEN_PM)
    await town.person("p_dai").types("/mine")
    town.ignore()
    await told(town, "p_dai", "请核对联系人")
    town.sees({"p_dai": ["请核对联系人"]})
    await town.at(ELEVEN_PM + 20)
    await told(town, "p_dai", "周一开会")
    town.sees({})


async def test_quiet_hours_can_be_turned_off(town: Town) -> None:
    await town.person("p_dai").types("/duty")
    town.ignore()
    answer = await town.person("p_dai").presses("🌙 免打扰 22:00–07:00：开")
    assert answer == "夜里也照常通知。"
    await town.at(ELEVEN_PM)
    await told(town, "p_dai", "请核对联系人")
    town.sees({"p_dai": ["请核对联系人"]})


async def test_an_incident_of_one_s_own_goes_on_at_night(town: Town) -> None:
    await town.at(ELEVEN_PM)
    await town.person("p_lu").types("/breakdown 环城东路K12+300")
    new = town.new()
    assert any(SPARE in text for text in new["p_an_ph"])


async def test_what_comes_while_away_waits_for_the_return(town: Town) -> None:
    dispatcher = town.person("p_an_ph")
    await dispatcher.types("/duty")
    await dispatcher.presses("😴 下班")
    await dispatcher.presses("不用代理")
    await town.at(H)
    town.ignore()
    await told(town, "p_an_ph", "请核对联系人")
    await town.at(6 * H)
    assert "p_an_ph" not in town.new()

    await dispatcher.types("/duty")
    await dispatcher.presses("🟢 我回来了")
    said = town.new()["p_an_ph"]
    assert "🟢 欢迎回来" in said[-2]
    assert "请核对联系人" in said[-1]


async def test_back_at_night_it_still_waits_for_the_morning(town: Town) -> None:
    await town.person("p_an_ph").types("/duty 今晚23:30")
    await town.person("p_an_ph").presses("不用代理")
    await town.at(14 * H)
    town.ignore()
    await told(town, "p_an_ph", "请核对联系人")
    await town.at(ELEVEN_PM + 31)
    new = town.new()["p_an_ph"]
    assert ["欢迎回来" in text for text in new] == [True]
    await town.at(23 * H + 1)
    assert any("请核对联系人" in text for text in town.new()["p_an_ph"])


async def test_at_most_so_many_are_held_and_the_rest_is_counted(town: Town) -> None:
    await town.at(ELEVEN_PM)
    await told(town, "p_dai", *(f"第 {n} 条" for n in range(HELD_LIMIT + 3)))
    await town.at(ELEVEN_PM + 8 * H + 1)
    (bundle,) = town.new()["p_dai"]
    assert f"🌙 您休息时来了 {HELD_LIMIT + 3} 条" in bundle
    assert f"第 {HELD_LIMIT - 1} 条" in bundle
    assert "还有 3 条没有列出。" in bundle


async def test_what_has_buttons_keeps_them(town: Town) -> None:
    await town.at(ELEVEN_PM)
    assert town.store is not None
    press = Button(text="看看", data="lang:zh")
    async with town.store.turn(at=town.clock.now()) as turn:
        letters = Letters(turn, await town.desk.roster(turn))
        asks = Message(text="请选择", buttons=((press,),))
        await letters.person("p_dai", lambda _: asks)
    await town.at(ELEVEN_PM + 8 * H + 1)
    town.sees({"p_dai": ["请选择"]})
    assert town.message(town.person("p_dai"), "请选择").labels == ["看看"]
