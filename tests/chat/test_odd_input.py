"""What nobody expects: strangers, garbage, old buttons, groups that move. A clear answer each."""

import pytest

from tests.chat.town import Town

EAST = "east_distribution"


async def test_a_stranger_gets_one_polite_answer_then_silence(town: Town) -> None:
    stranger = town.newcomer(999, "Nobody")
    for text in ("你好", "/breakdown 环城路", "??"):
        await stranger.types(text)
    town.sees({"999": ["我只为登记在册的员工服务"]})
    await town.at(25 * 60)
    await stranger.types("hello")
    assert "999" not in town.new()
    await stranger.types("/start")
    assert "第一步" in town.new()["999"][0]


async def test_an_anonymous_administrator_is_refused_with_the_reason(town: Town) -> None:
    chat = town.chat(EAST)
    town.stage.raw_update(
        {
            "message": {
                "message_id": 900,
                "date": 1783296000,
                "chat": {"id": chat, "type": "supergroup", "title": "东区配送群"},
                "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
                "sender_chat": {"id": chat, "type": "supergroup", "title": "东区配送群"},
                "text": "/incidents",
                "entities": [{"type": "bot_command", "offset": 0, "length": 10}],
            }
        }
    )
    await town.a_moment()
    town.sees({EAST: ["您是匿名管理员身份"]})


@pytest.mark.parametrize(
    "update",
    [
        {"something_new": {"id": 1}},
        {"poll": {"id": "1", "question": "?"}},
        {"message": {"message_id": 1}},
        {"message": "not even an object"},
    ],
)
async def test_an_update_of_an_unknown_kind_stops_nothing(
    town: Town, update: dict[str, object]
) -> None:
    town.stage.raw_update(update)
    await town.person("p_lu").types("/mine")
    assert town.new()["p_lu"] == ["您现在没有要做的事。"]


@pytest.mark.parametrize(
    "data", ["x", "ack", "ack:1", "ack:zwei:send_spare", "done:99:send_spare", "fact:1:2", "💥" * 8]
)
async def test_a_button_that_is_none_of_ours(town: Town, data: str) -> None:
    driver = town.person("p_lu")
    await driver.types("/language")
    shown = town.message(driver, "语言")
    town.ignore()
    query = town.stage.press(driver.telegram, shown, data, stale=True)
    await town.a_moment()
    assert town.answer_to(query) == "这个按钮已失效，请看最新消息。"
    town.sees({})


async def test_words_nobody_understands_are_answered_with_what_can_be_done(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("在吗")
    town.sees({"p_lu": ["没听懂。要报告请点下面的按钮"]})
    await driver.presses("🚚 车坏了")
    town.sees({"p_lu": ["车在哪里？"]})


async def test_a_group_that_becomes_a_supergroup_gets_its_card_afresh(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    town.ignore()
    new_chat = town.stage.migrate(town.chat(EAST))
    await town.a_moment()
    await town.person("p_an_ph").presses("🙋 我来", on="派备用车")
    texts = [s.text for s in town.sim.world.messages(new_chat, by_bot=True)]
    assert any("安排好 · 08:15 前" in text for text in texts)


async def test_help_and_id(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/help")
    text = town.new()["p_lu"][0]
    assert "/breakdown 送货车辆途中故障" in text
    assert len(text) < 500
    await driver.types("/id")
    town.sees({"p_lu": ["您的 Telegram 编号：700001"]})
    await driver.types("/id", in_group=EAST)
    town.sees({EAST: [f"本群编号：{town.chat(EAST)}"]})
    await driver.types("/start")
    town.sees({"p_lu": ["您好，路平安"]})
