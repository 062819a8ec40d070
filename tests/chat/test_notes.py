"""What people send about an incident goes on record and is passed on."""

from base64 import b64decode

import pytest_asyncio

from handlers.documents import EVIDENCE
from tests.chat.town import Town

EAST = "east_distribution"
# The smallest picture there is.
PHOTO = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest_asyncio.fixture
async def broken(town: Town) -> Town:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    for question in ("挡住车道", "哪里坏了", "几户"):
        await driver.presses("跳过", on=question)
    town.ignore()
    return town


async def notes(town: Town) -> list[str]:
    return [e.text for e in await town.record(1) if e.type == "note_added"]


async def test_a_reply_to_the_groups_card(broken: Town) -> None:
    dispatcher = broken.person("p_an_ph")
    await dispatcher.replies("拖车已经在路上", broken.message(EAST, "途中故障"))
    broken.sees(
        {
            EAST: ["已记入 #1 并转告相关人员"],
            "p_lu": ["📝 #1 安排好：拖车已经在路上"],
            "p_xiu": ["📝 #1 安排好：拖车已经在路上"],
        }
    )
    assert await notes(broken) == ["拖车已经在路上"]


async def test_words_written_privately_belong_to_the_one_incident(broken: Town) -> None:
    await broken.person("p_lu").types("雨很大，看不清路")
    broken.sees(
        {
            "p_lu": ["已记入 #1 并转告相关人员"],
            EAST: ["📝 #1 路平安：雨很大，看不清路"],
            "p_an_ph": ["📝 #1 路平安：雨很大，看不清路"],
            "p_xiu": ["📝 #1 路平安：雨很大，看不清路"],
        }
    )


async def test_with_two_incidents_one_is_asked_which(broken: Town) -> None:
    await broken.person("p_xing").types("/breakdown 环城西路")
    dispatcher = broken.person("p_an_ph")
    broken.ignore()
    await dispatcher.types("两边都在催")
    broken.sees({"p_an_ph": ["记到哪个事件？"]})
    await dispatcher.presses("#2 送货车辆途中故障 · 环城西路")
    assert "已记入 #2" in "".join(broken.new()["p_an_ph"])


async def test_a_photo_is_passed_on_and_kept(broken: Town) -> None:
    await broken.person("p_lu").sends_photo(PHOTO, "发动机冒烟")
    await broken.at(2)
    assert "📎 #1 路平安\n发动机冒烟" in "".join(broken.new()[EAST])
    assert broken.store is not None
    async with broken.store.turn(at=broken.clock.now()) as turn:
        kept = await turn.find(EVIDENCE, incident=1)
    assert [k.state for k in kept] == ["kept"]
    assert await broken.store.file(kept[0].sha256) is not None


async def test_a_photo_where_a_number_is_asked_is_kept_and_the_question_stays(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/breakdown 环城东路")
    await driver.presses("跳过", on="挡住车道")
    await driver.presses("跳过", on="哪里坏了")
    town.ignore()
    await driver.sends_photo(PHOTO)
    new = town.new()
    assert new["p_lu"] == ["已记入 #1 并转告相关人员。\n这里要一个数字（确切的整数），例如 12。"]
    await driver.types("12")
    assert (await town.incident(1)).fact("stops_left") == 12


async def test_ten_thousand_characters(broken: Town) -> None:
    await broken.person("p_lu").types("雨" * 4096)
    new = broken.new()
    assert new["p_lu"] == [
        "已记入 #1 并转告相关人员。",
        "内容太长，只记下前 1000 个字；请分几条发。",
    ]
    assert await notes(broken) == ["雨" * 1000]


async def test_characters_that_html_writes_longer(broken: Town) -> None:
    await broken.person("p_lu").types("&" * 1000)
    assert f"📝 #1 路平安：{'&' * 1000}" in broken.new()[EAST]
    await broken.person("p_lu").sends_photo(PHOTO, "<" * 1000)
    assert f"📎 #1 路平安\n{'<' * 900}" in broken.new()[EAST]


async def test_long_words_leave_cards_and_lists_short(broken: Town) -> None:
    for n in range(12):
        await broken.person("p_lu").types(f"{n}" + "很长的话" * 200)
    await broken.person("p_xiu").presses("✅ 完成", on="拖车")
    await broken.person("p_xiu").types("东门汽修厂" * 90)
    broken.ignore()
    await broken.person("p_song").types("/incident 1")
    assert len(broken.new()["p_song"][0]) < 2500
    assert len(broken.card(EAST, "途中故障")) <= 500


async def test_what_is_typed_comes_back_escaped(broken: Town) -> None:
    await broken.person("p_lu").types("<b>急</b> & <script>")
    assert "📝 #1 路平安：<b>急</b> & <script>" in "".join(broken.new()[EAST])


async def test_a_place_sent_later_as_a_reply(broken: Town) -> None:
    spare_driver = broken.person("p_an_ph")
    broken.stage.share_location(
        spare_driver.telegram,
        spare_driver.telegram,
        30.3,
        120.3,
        reply_to=broken.message(spare_driver, "派备用车"),
    )
    await broken.a_moment()
    assert "📍 #1 安排好 发来位置：30.30000, 120.30000" in "".join(broken.new()["p_lu"])


async def test_one_picture_sent_to_two_incidents_is_evidence_of_both(broken: Town) -> None:
    await broken.person("p_xing").types("/breakdown 环城西路")
    dispatcher = broken.person("p_an_ph")
    picture = broken.stage.send_photo(dispatcher.telegram, dispatcher.telegram, PHOTO)
    await broken.a_moment()
    await dispatcher.presses("#1 送货车辆途中故障 · 环城东路")
    file_id = picture.body["photo"][-1]["file_id"]
    broken.stage.raw_update(
        {
            "message": {
                "message_id": 9000,
                "date": picture.body["date"],
                "chat": picture.body["chat"],
                "from": picture.body["from"],
                "photo": [{**picture.body["photo"][-1], "file_id": file_id}],
            }
        }
    )
    await broken.a_moment()
    await dispatcher.presses("#2 送货车辆途中故障 · 环城西路")
    await broken.at(3)
    assert broken.store is not None
    async with broken.store.turn(at=broken.clock.now()) as turn:
        kept = await turn.find(EVIDENCE)
    assert [(k.incident, k.state) for k in kept] == [(1, "kept"), (2, "kept")]
