"""A request on one screen: filled in by pressing or in one line, sent once when it is complete."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from plans.incident import FactValue
from tests.chat.own_plans import folder_of
from tests.chat.requests import FORM, REQUEST, a_town_of_requests, form_of
from tests.chat.town import Person, Town, a_town

CHANG = "p_chang"  # account manager in the east
MORNING_MARKET = "早市便利店 · 二档 · 东线 · 0301"
LINE = "早市 云杉 20 婚宴 周五"
FILLED = [
    "✅ 客户：早市便利店 · 二档 · 东线 · 0301",
    "✅ 货品：云杉（条）",
    "✅ 数量：20",
    "✅ 事由：婚宴",
    "✅ 何时要：7月10日周五 09:00",
]


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town_of_requests(tmp_path) as town:
        yield town


async def said_in(town: Town, number: int) -> dict[str, FactValue]:
    """What the incident was told, without what follows from the register."""
    facts = (await town.incident(number)).facts
    return {name: fact.value for name, fact in facts.items() if "." not in name}


def labels(town: Town, person: Person, on: str = FORM) -> list[str]:
    return town.message(person, on).labels


async def test_a_request_takes_the_command_and_six_presses(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra")
    town.sees({CHANG: ["👉 客户"]})
    taps = [MORNING_MARKET, "云杉（条）", "20", "婚宴", "明天 09:00", "📨 提交"]
    for label in taps:
        await manager.presses(label)
    assert len(taps) + 1 <= 7
    assert await said_in(town, 1) == {
        "customer": "k_01",
        "goods": "yunshan",
        "quantity": 20,
        "occasion": "wedding",
        "needed": "2026-07-07T09:00+08:00",
    }
    assert (await town.incident(1)).reporter == CHANG
    # One message for the form, edited to the last; then the card of what it has become.
    new = town.new()
    assert [text.partition("\n")[0] for text in new[CHANG]] == ["📦 #1 已受理"]
    assert form_of(town, manager)[-1] == "📨 已提交，编号 #1"
    assert labels(town, manager) == []


async def test_the_same_in_english(town: Town) -> None:
    leader = town.person("p_ivy")  # account manager in the west, who reads English
    await leader.types("/extra")
    assert form_of(town, leader, "Extra goods")[1] == "👉 Customer"
    await leader.types("石桥 qs 5")
    assert form_of(town, leader, "Extra goods")[2:4] == ["✅ Goods: 青松 (条)", "✅ Quantity: 5"]
    await leader.presses("Birthday")
    await leader.presses("order day tomorrow 09:00")
    assert "All there." in form_of(town, leader, "Extra goods")[-1]
    assert await leader.presses("📨 Send") == "Sent as #1"
    assert form_of(town, leader, "Extra goods")[-1] == "📨 Sent as #1"
    assert (await said_in(town, 1))["occasion"] == "birthday"


async def test_one_line_behind_the_command_fills_everything_in(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types(f"/extra {LINE}")
    lines = form_of(town, manager)
    assert lines[1:6] == FILLED
    assert lines[-1].startswith("都齐了")
    assert (await manager.presses("📨 提交")) == "已提交，编号 #1"
    assert (await said_in(town, 1))["needed"] == "2026-07-10T09:00+08:00"


@pytest.mark.parametrize(
    "line",
    [
        "早市便利店，云杉，20条，婚宴，周五",
        "zs ys 20 婚宴 周五 9点",  # initials
        "云杉20条 早市 周五 婚宴",  # nothing between goods and number
        "zaoshi yunshan 20 wedding 7月10日 9:00",
        "20 条 0301 云杉 婚宴 周五上午9点",  # the end of a phone number
    ],
)
async def test_a_line_may_come_in_any_order_and_writing(town: Town, line: str) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra")
    await manager.types(line)
    assert form_of(town, manager)[1:6] == FILLED


async def test_what_fits_nothing_is_named_until_there_is_a_text_for_it(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 呜呼")
    lines = form_of(town, manager)
    assert "✅ 备注：呜呼" in lines  # the first empty text; read before it is sent
    await manager.types("/extra 云杉 哀哉")
    lines = form_of(town, manager)
    assert "✅ 货品：云杉（条）" in lines
    assert "🤔 没认出：“哀哉”" in lines
    assert "✅ 备注：呜呼" in lines


async def test_a_name_that_several_bear_is_asked_about(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 金穗 10")
    await manager.types("东线")  # a route; while a customer is asked for, whoever is on it
    assert "有几个对得上，是哪一个？" in form_of(town, manager)
    offered = [label for label in labels(town, manager) if "东线" in label]
    assert len(offered) == 4
    await manager.presses("满口香副食 · 三档 · 东线 · 0302")
    assert form_of(town, manager)[1] == "✅ 客户：满口香副食 · 三档 · 东线 · 0302"


async def test_a_field_is_changed_by_going_back_to_it(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types(f"/extra {LINE}")
    await manager.presses("✏️ 数量")
    await manager.types("三十来条")
    assert "🤔 “三十来条”：这里要一个数字（确切的整数），例如 12。" in form_of(town, manager)
    await manager.types("三十条")
    assert "✅ 数量：30" in form_of(town, manager)
    await manager.presses("📨 提交")
    assert (await said_in(town, 1))["quantity"] == 30


async def test_a_field_is_there_only_where_an_earlier_answer_calls_for_it(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉 20 其他 周五")
    assert "👉 什么事" in form_of(town, manager)
    assert "📨 提交" not in labels(town, manager)
    await manager.types("店庆")
    assert "✅ 什么事：店庆" in form_of(town, manager)
    await manager.presses("✏️ 事由")
    await manager.presses("生日")
    assert "什么事" not in "".join(form_of(town, manager))
    await manager.presses("📨 提交")
    assert "which" not in await said_in(town, 1)


async def test_the_customers_next_order_day_is_offered(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 亮灯 云杉 20 婚宴")  # orders on Thursdays
    assert "订货日 7月9日周四 09:00" in labels(town, manager)
    await manager.presses("订货日 7月9日周四 09:00")
    assert "✅ 何时要：7月9日周四 09:00" in form_of(town, manager)


async def test_an_optional_field_may_be_filled_in_or_passed_over(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types(f"/extra {LINE}")
    await manager.presses("＋ 备注")
    await manager.presses("跳过")
    assert "· 备注（可不填）" in form_of(town, manager)
    await manager.presses("＋ 备注")
    await manager.types("别送早了 <急>")
    assert "✅ 备注：别送早了 <急>" in form_of(town, manager)


async def test_in_a_group_the_way_leads_to_the_private_chat_with_what_was_typed(
    town: Town,
) -> None:
    manager = town.person(CHANG)
    await manager.types(f"/extra {LINE}", in_group="east_marketing")
    town.sees({"east_marketing": ["私聊"]})
    await manager.starts("extra")
    assert form_of(town, manager)[2:7] == FILLED


async def test_somebody_files_it_for_somebody_else(town: Town) -> None:
    leader = town.person("p_shang")  # market manager
    await leader.types("/for")
    await leader.presses("📦 加货申请")
    await leader.types("常")
    who = next(label for label in town.message(leader, "哪").labels if "常" in label)
    await leader.presses(who)
    assert form_of(town, leader)[1].startswith("替 常")
    await leader.types(LINE)
    await leader.presses("📨 提交")
    incident = await town.incident(1)
    assert (incident.reporter, incident.filed_by) == (CHANG, "p_shang")


async def test_whom_one_chose_last_comes_first_the_next_time(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 来福 云杉 5 婚宴 周五")
    await manager.presses("📨 提交")
    await manager.types("/extra")
    assert labels(town, manager, "👉 客户")[0] == "来福烟酒 · 二档 · 东环线 · 0307"


async def test_who_says_it_in_plain_words_finds_it_filled_in(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("来福要加货 云杉20条 婚宴")
    await manager.presses("是，报告")
    lines = form_of(town, manager, "👉 客户")
    assert lines[2:5] == ["✅ 货品：云杉（条）", "✅ 数量：20", "✅ 事由：婚宴"]
    assert "备注：" not in "".join(lines)
    await manager.types("来福 周五")
    await manager.presses("📨 提交")
    notes = [event.text for event in await town.record(1) if event.type == "note_added"]
    assert notes == ["来福要加货 云杉20条 婚宴"]


async def test_who_has_a_request_under_way_may_want_another(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types(f"/extra {LINE}")
    await manager.presses("📨 提交")
    await manager.types("再加货 金穗 5")
    await manager.presses("是，报告")
    assert "✅ 货品：金穗（条）" in form_of(town, manager, "👉 客户")


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("1,000", "⛔ 数量：1000"),
        ("1，000条", "⛔ 数量：1000"),
        ("1 000", "⛔ 数量：1000"),
        ("三十", "✅ 数量：30"),
        ("一百二", "⛔ 数量：120"),
        ("要二十条", "✅ 数量：20"),
        ("30 周五", "✅ 数量：30"),
    ],
)
async def test_a_number_is_read_whole(town: Town, typed: str, line: str) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉")
    await manager.types(typed)
    assert line in form_of(town, manager)


@pytest.mark.parametrize("typed", ["1e3", "20-30", "1.5", "二十来条", "两三条", "30多", "20条 1e3"])
async def test_half_a_number_is_no_answer(town: Town, typed: str) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉")
    await manager.types(typed)
    lines = form_of(town, manager)
    assert "👉 数量" in lines
    assert any(line.startswith("🤔") and typed in line for line in lines)
    await manager.types(f"婚宴 {typed}")
    assert "✅ 数量" not in "".join(form_of(town, manager))


async def test_boxes_are_not_what_is_counted_singly(tmp_path: Path) -> None:
    counted = REQUEST.replace("{type: number,", "{type: number, unit_of: goods,")
    own = folder_of(tmp_path, counted)
    async with a_town(tmp_path, plans=own) as town, town.running():
        manager = town.person(CHANG)
        await manager.types("/extra 早市 云杉 婚宴 周五")
        assert "✅ 货品：云杉（条）" in form_of(town, manager)
        await manager.types("两箱")
        assert "👉 数量" in form_of(town, manager)
        assert "🤔 “两箱”：这里按“条”算，请打多少条，例如 12条。" in form_of(town, manager)
        await manager.types("二十条")
        assert {"✅ 货品：云杉", "✅ 数量：20条"} <= set(form_of(town, manager))
        await manager.types("/extra 2 箱 云杉")  # named behind the number
        assert "🤔 “2箱”：这里按“条”算，请打多少条，例如 12条。" in form_of(town, manager)
        assert "✅ 数量：20条" in form_of(town, manager)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2028-02-29 10:00", "太远了，请写 30 天以内的时间。"),
        ("7月5日 9点", "这个时间已经过了，请写以后的时间。"),
        ("昨天", "这个时间已经过了，请写以后的时间。"),
        ("2月30日 10:00", "没有这一天，请看一下日期。"),
    ],
)
async def test_of_a_moment_that_cannot_be_meant_it_is_said_why(
    town: Town, typed: str, why: str
) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉 20 婚宴")
    await manager.types(typed)
    assert f"🤔 “{typed}”：{why}" in form_of(town, manager)
    assert "👉 何时要" in form_of(town, manager)
    await manager.types("后天")
    assert "🤔" not in "".join(form_of(town, manager))
    await manager.types(f"/extra 金穗 {typed} 30")  # in a line, what else is read is kept
    lines = form_of(town, manager)
    assert {"✅ 货品：金穗（条）", "✅ 数量：30", f"🤔 “{typed}”：{why}"} <= set(lines)
    assert "✅ 何时要：7月8日周三 09:00" in lines


async def test_an_hour_is_no_answer_without_the_day_it_was_typed_with(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉 20 婚宴")
    await manager.types("2028,3,45 10:00")
    assert "✅ 何时要" not in "".join(form_of(town, manager))
    assert "🤔 没认出：“2028,3,45 10:00”" in form_of(town, manager)


@pytest.mark.parametrize(
    "line", ["早市 云杉三十条 婚宴 周五", "早市 三十 云杉 婚宴 周五", "1,000条 早市 云杉"]
)
async def test_a_line_may_say_numbers_in_words(town: Town, line: str) -> None:
    manager = town.person(CHANG)
    await manager.types(f"/extra {line}")
    assert {"✅ 数量：30", "⛔ 数量：1000"} & set(form_of(town, manager))
