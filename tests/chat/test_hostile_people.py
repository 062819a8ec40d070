"""Forged buttons, odd characters, foreign groups, colleagues who press what is not theirs."""

import pytest

from handlers.documents import PARKED
from tests.chat.town import Town

EAST, NORTH = "east_distribution", "north_distribution"


async def parked(town: Town) -> list[str]:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        return [p.error for p in await turn.find(PARKED)]


@pytest.mark.parametrize("who", ["p_lu", "p_an_ph", "p_ma"])
async def test_no_forged_button_breaks_anything_or_goes_unanswered(town: Town, who: str) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    person = town.person(who)
    await person.types("/language")
    shown = town.message(person, "语言")
    verbs = (
        "ack done only no why still give to swap again ok fact skip back fix ask plan moved note"
    )
    rests = ["", "1", "1:zzz", "1:send_spare", "1:send_spare:zzz", "1:stops_left:abc", "1:close"]
    rests += ["1:where:x", "1:blocked:maybe", "1:spare:none", "1:in_touch", "0:where", "0:where:x"]
    rests += [
        "1:fault:💥",
        "999999999:send_spare",
        "٣:x",
        "1:stops_left:٣",
        "1:workshop:x",
        "1:eta:0",
    ]
    for verb in [*verbs.split(), "drop", "show", "lang", "nothing"]:
        for rest in rests:
            data = f"{verb}:{rest}" if rest else verb
            query = town.stage.press(person.telegram, shown, data, stale=True)
            await town.settle()
            town.answer_to(query)
    assert await parked(town) == []


@pytest.mark.parametrize(
    "typed", ["\u200b", "\u200f\u200e", "\u2066\u2069", "\U000e0001", "\u2800"]
)
async def test_words_that_cannot_be_seen_are_no_place(town: Town, typed: str) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown")
    town.ignore()
    await driver.types(typed)
    town.sees({"p_lu": ["没听懂"]})


async def test_words_cannot_turn_the_rest_of_a_message_round(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    town.ignore()
    await town.person("p_lu").types("\u2067طريق\u202e桥\u200f")
    assert "📝 #1 路平安：طريق桥" in town.new()[EAST]


async def test_in_a_group_that_is_not_the_companys_nothing_is_told(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    town.stage.add_person(998, "Outsider", started=True)
    foreign = town.stage.add_group(-555, "外人群", [driver.telegram, 998]).id
    town.strangers.append(foreign)
    town.ignore()
    for text in ("/incidents", "/incident 1", "/mine", "/breakdown 这里"):
        town.stage.say(driver.telegram, foreign, text)
        await town.a_moment()
    town.sees({str(foreign): ["本群没有登记"] * 4})
    town.stage.say(driver.telegram, foreign, "/id")
    await town.a_moment()
    town.sees({str(foreign): ["本群编号：-555"]})


async def test_a_colleague_of_the_same_role_cannot_say_it_is_done(town: Town) -> None:
    """Every driver sees the group's card; only who is out there knows."""
    await town.person("p_lu").types("/breakdown 环城东路")
    await town.person("p_lu").presses("是", on="挡住车道")
    colleague = town.person("p_xing")
    assert await colleague.presses("①✅ 完成", in_group=EAST) == "这是路平安的事，您不能代办。"
    assert (await town.incident(1)).steps["make_safe"].status == "open"
    dispatcher = town.person("p_an_ph")
    assert await dispatcher.presses("①✅ 完成", in_group=EAST) == "已记为完成。"


async def test_only_the_driver_of_the_spare_or_those_above_have_brought_it(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    await town.person("p_an_ph").presses("✅ 完成", on="派备用车")
    colleague = town.person("p_cheng")
    answer = await colleague.presses("⑤✅ 完成", in_group=NORTH)
    assert answer == "这是贝用心的事，您不能代办。"
    assert await town.person("p_bi").presses("⑤✅ 完成", in_group=NORTH) == "已记为完成。"


async def test_a_spare_that_has_broken_down_itself_is_promised_to_nobody(town: Town) -> None:
    await town.person("p_bei").types("/breakdown 北环路")
    assert (await town.incident(1)).fact("vehicle") == "浙A10009"
    await town.person("p_cheng").types("/breakdown 北环路二号桥")
    assert (await town.incident(2)).promises["spare"].thing != "浙A10009"


async def test_a_spare_that_breaks_down_on_its_way_is_not_sent_on(town: Town) -> None:
    await town.person("p_lu").types("/breakdown 环城东路")
    assert (await town.incident(1)).promises["spare"].thing == "浙A10009"
    await town.person("p_bei").types("/breakdown 北环路")
    assert (await town.incident(2)).promises["spare"].thing != "浙A10009"
    await town.person("p_an_ph").presses("🔁 换一辆", on="#1 派备用车")
    await town.person("p_an_ph").presses("🔁 随便下一个")
    await town.person("p_cheng").types("/breakdown 北环路二号桥")
    assert "spare" not in (await town.incident(3)).promises


async def test_an_anonymous_administrator_who_talks_to_others_is_left_alone(town: Town) -> None:
    chat = {"id": town.chat(EAST), "type": "supergroup", "title": "东区配送群"}
    sender = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    message = {"message_id": 900, "date": 1783296000, "chat": chat, "from": sender}
    town.stage.raw_update({"message": {**message, "sender_chat": chat, "text": "大家吃饭了吗"}})
    await town.a_moment()
    town.sees({})


async def test_whoever_sends_a_contact_has_said_something(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    for question in ("挡住车道", "哪里坏了", "几户"):
        await driver.presses("跳过", on=question)
    town.ignore()
    town.stage.share_contact(driver.telegram, driver.telegram, 700013)
    await town.a_moment()
    assert any("📝 #1 路平安：☎ 修得快" in text for text in town.new()[EAST])
