"""Requests on a bad line: double taps, old copies, two forms, silence, restarts, changed minds."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from handlers.documents import INCIDENTS
from handlers.form.documents import DRAFTS
from handlers.records.registers import CUSTOMERS, RegisteredCustomer
from simulator.messages import Shown
from tests.chat.own_plans import folder_of
from tests.chat.requests import FORM, REQUEST, a_town_of_requests, form_of
from tests.chat.town import Person, Town, a_town

CHANG = "p_chang"
LINE = "早市 云杉 20 婚宴 周五"
STREET = "街角小卖部 · 一档 · 东线 · 0303"
OTHER = (
    REQUEST.replace("plan: extra-goods", "plan: other-goods")
    .replace("加货申请", "退货申请")
    .replace("Extra goods", "Returned goods")
    .replace("command: extra", "command: back_goods")
)
LEAK = """\
plan: leak
title: {zh: 水管漏水, en: Leak}
icon: 🚰
command: leak
words: {zh: [漏水], en: [leaking]}
received: {zh: 先关阀。, en: Shut the valve.}
ask:
  where: {type: place, required: true, text: {zh: 在哪里？, en: Where?}}
  deep: {type: number, text: {zh: 多深？, en: How deep?}}
steps:
  shut: {owner: dispatcher, do: {zh: 关阀, en: Shut it}, due: {in: 10 min, acknowledge: 5 min}}
close:
  by: dispatcher
  when: [shut]
  do: {zh: 结束, en: Close}
  due: {in: 60 min}
  tell_reporter: {zh: 好了, en: Done}
"""


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town_of_requests(tmp_path, OTHER, LEAK) as town:
        yield town


async def presses_on(
    town: Town, person: Person, shown: Shown, label: str, *, stale: bool = False
) -> str:
    """That very copy, however old it is; `stale`: though the message has changed."""
    query = town.stage.press(person.telegram, shown, label, stale=stale)
    await town.a_moment()
    return town.answer_to(query)


async def incidents(town: Town) -> int:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        return len(await turn.find(INCIDENTS))


async def has_draft(town: Town) -> bool:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        return await turn.get(DRAFTS, CHANG) is not None


async def test_two_taps_on_send_make_one_request(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types(f"/extra {LINE}")
    shown = town.message(manager, FORM)
    first = town.stage.press(manager.telegram, shown, "📨 提交")
    second = town.stage.press(manager.telegram, shown, "📨 提交")
    await town.a_moment()
    assert town.answer_to(first) == "已提交，编号 #1"
    assert town.answer_to(second) == "已经提交过了，是 #1。"
    assert await incidents(town) == 1


async def test_two_taps_on_an_answer_are_one(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉")
    shown = town.message(manager, FORM)
    for _ in range(2):
        town.stage.press(manager.telegram, shown, "20")
    await town.a_moment()
    lines = form_of(town, manager)
    assert "✅ 数量：20" in lines
    assert "👉 事由" in lines
    assert len(town.new()[CHANG]) == 1


async def test_what_is_sent_is_what_was_read(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types(f"/extra {LINE}")
    complete = town.message(manager, FORM)
    town.stage.say(manager.telegram, manager.telegram, "/extra 50")
    await town.a_moment()
    # The old copy still shows 20.
    assert "最新" in await presses_on(town, manager, complete, "📨 提交")
    assert await incidents(town) == 0
    assert "✅ 数量：50" in form_of(town, manager)
    await manager.presses("📨 提交")
    assert (await town.incident(1)).fact("quantity") == 50


async def test_an_old_copy_works_and_brings_the_form_to_the_bottom(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉")
    old = town.message(manager, FORM)
    await manager.types("/extra")
    town.ignore()
    await presses_on(town, manager, old, "50")
    town.sees({CHANG: ["✅ 数量：50"]})


async def test_buttons_of_a_form_that_was_given_up_do_nothing(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types(f"/extra {LINE}")
    old = town.message(manager, FORM)
    sends = next(b for b in old.buttons if b["text"] == "📨 提交")["callback_data"]
    await manager.types("取消")
    assert form_of(town, manager)[-1] == "🗑 没有提交，已取消。"
    await manager.types("/back_goods 满口香 青松 5 生日 周五")
    assert "失效" in await presses_on(town, manager, old, sends, stale=True)
    assert await incidents(town) == 0
    assert "✅ 数量：5" in form_of(town, manager, "退货申请")


async def test_a_second_request_asks_what_becomes_of_the_first(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉")
    await manager.types("/back_goods")
    assert "“加货申请”还有一份没提交" in town.card(manager, "放下")
    await manager.presses("接着填")
    lines = form_of(town, manager, "👉 数量")
    assert lines[0] == "您还有一份没提交，接着填："
    assert "✅ 货品：云杉（条）" in lines
    await manager.types("/back_goods")
    await manager.presses("放下，另填")
    assert "👉 客户" in form_of(town, manager, "退货申请")
    assert "🗑 没有提交，已取消。" in town.card(manager, "📦 加货申请")


async def test_the_same_command_goes_on_with_what_is_there(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉")
    await manager.types("/extra")
    lines = form_of(town, manager)
    assert lines[0] == "您还有一份没提交，接着填："
    assert "✅ 客户：早市便利店 · 二档 · 东线 · 0301" in lines
    await manager.presses("🔄 重新填")
    lines = form_of(town, manager)
    assert lines[1] == "👉 客户"


async def test_an_emergency_is_not_held_up_and_the_request_waits(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉")
    await manager.types("/leak 环城东路")
    assert (await town.incident(1)).plan == "leak"
    assert "多深？" in town.card(manager, "#1 多深")
    await manager.types("30")  # asked last, so it is the answer
    assert (await town.incident(1)).fact("deep") == 30
    await manager.types("20")  # nothing else asks any more
    assert "✅ 数量：20" in form_of(town, manager)


async def test_words_about_an_emergency_are_heard_while_a_form_is_open(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉")
    town.ignore()
    await manager.types("仓库漏水了")
    assert "水管漏水" in town.new()[CHANG][-1]
    assert "👉 数量" in form_of(town, manager)
    assert not any("没认出" in line for line in form_of(town, manager))


async def test_silence_is_recalled_once_and_a_day_later_it_is_given_up(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉")
    town.ignore()
    await town.at(town.minute() + 11)
    town.sees({CHANG: ["“加货申请”还没提交。接着填？"]})
    await town.at(town.minute() + 23 * 60)
    town.sees({})
    await town.at(town.minute() + 60)
    town.sees({CHANG: ["“加货申请”一天没动，已放弃，没有提交。"]})
    assert form_of(town, manager, "📦 加货申请")[-1] == "🗑 没有提交，已取消。"
    assert not await has_draft(town)
    assert await incidents(town) == 0


async def test_a_form_in_which_nothing_was_answered_goes_without_a_word(town: Town) -> None:
    await town.person(CHANG).types("/extra")
    town.ignore()
    await town.at(25 * 60)
    town.sees({})
    assert not await has_draft(town)


async def test_after_the_reminder_one_press_goes_on(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉")
    await town.at(town.minute() + 45)  # too long ago for words to be meant for it
    town.ignore()
    await manager.presses("接着填")
    town.sees({CHANG: ["👉 数量"]})
    await manager.types("20")
    assert "✅ 数量：20" in form_of(town, manager)


async def test_words_long_after_the_form_are_not_taken_for_it(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉")
    await town.at(town.minute() + 45)
    await manager.types("20")
    assert "▫️ 数量" not in form_of(town, manager)[3:4]
    assert not any("数量：" in line for line in form_of(town, manager, "📦 加货申请"))


async def test_a_sent_request_is_forgotten_after_a_day_and_no_button_sends_it_again(
    town: Town,
) -> None:
    manager = town.person(CHANG)
    await manager.types(f"/extra {LINE}")
    await manager.presses("📨 提交")
    await town.at(town.minute() + 25 * 60)
    assert not await has_draft(town)
    await manager.types("/extra")
    assert form_of(town, manager, "👉 客户")[1] == "👉 客户"


async def test_a_restart_forgets_nothing(tmp_path: Path) -> None:
    async with a_town(tmp_path, plans=folder_of(tmp_path, REQUEST)) as town:
        async with town.running():
            manager = town.person(CHANG)
            await manager.types("/extra 早市 云杉")
        async with town.running():
            await manager.presses("20")
            assert "✅ 数量：20" in form_of(town, manager)
            await manager.types("婚宴 周五")
            await manager.presses("📨 提交")
            assert (await town.incident(1)).fact("customer") == "k_01"


async def test_another_persons_customer_is_neither_found_nor_taken(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 转角 云杉")  # a customer in the south
    assert "👉 客户" in form_of(town, manager)
    assert "✅ 备注：转角" in form_of(town, manager)


async def test_a_driver_has_no_customers_to_choose(town: Town) -> None:
    driver = town.person("p_lu")
    await driver.types("/extra")
    assert "您没有可选的客户" in town.card(driver, FORM)
    assert town.message(driver, FORM).labels == ["☰ 全部项目", "✖ 取消"]


async def test_giving_up_by_the_command_for_it(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市")
    await manager.types("/cancel")
    assert form_of(town, manager, "📦 加货申请")[-1] == "🗑 没有提交，已取消。"
    assert not await has_draft(town)


async def test_the_command_for_it_means_the_form_and_not_the_request_sent_before(
    town: Town,
) -> None:
    manager = town.person(CHANG)
    await manager.types(f"/extra {LINE}")
    await manager.presses("📨 提交")
    await manager.types("/extra 来福")
    await manager.types("/cancel")
    assert not await has_draft(town)
    assert (await town.incident(1)).is_open


async def test_names_of_sixty_letters_and_html_do_no_harm(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉 20 其他 周五")
    await manager.types("<b>" + "很" * 400 + "</b> & <i>")
    shown = town.card(manager, FORM)
    assert "<b>很很" in shown
    assert len(shown) < 1500
    await manager.presses("📨 提交")
    assert str((await town.incident(1)).fact("which")).endswith("</b> & <i>")


async def test_a_customer_who_has_left_the_register_meanwhile_is_asked_for_again(
    town: Town,
) -> None:
    manager = town.person(CHANG)
    await manager.types(f"/extra {LINE}")
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        turn.put(CUSTOMERS, RegisteredCustomer(id="k_01", record=None))
    assert "填齐" in await manager.presses("📨 提交")
    assert "👉 客户" in form_of(town, manager)
    assert await incidents(town) == 0


async def test_a_button_with_nonsense_in_it_changes_nothing(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉")
    shown = town.message(manager, FORM)
    for data in (
        "form:1:ask:nothing",
        "form:1:nothing:-",
        "form:1:page:x",
        "form:1:send:0",
        "form:2:send:0",
        "fill:1:quantity:-5",
        "fill:1:quantity:9999999999",
        "fill:1:occasion:nothing",
        "fill:1:goods:0000000000",
        "fill:1:needed:1",
        "fill:1:note:text",
        "form:1:anew:leak",
    ):
        await presses_on(town, manager, shown, data, stale=True)
    lines = form_of(town, manager)
    assert [line for line in lines if line.startswith("✅")] == [
        "✅ 客户：早市便利店 · 二档 · 东线 · 0301",
        "✅ 货品：云杉（条）",
    ]
    assert await incidents(town) == 0
