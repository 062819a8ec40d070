"""Customers and goods as answers: chosen from the register by pressing or by typing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from handlers.records.registers import CUSTOMERS, RegisteredCustomer
from plans.incident import FactValue
from tests.chat.own_plans import folder_of
from tests.chat.requests import REQUEST, form_of
from tests.chat.town import Person, Town, a_town

CHANG = "p_chang"
VISIT = """\
plan: visit
title: {zh: 走访, en: Visit}
icon: 👣
command: visit
received: {zh: 记下了。, en: Noted.}
ask:
  shop: {type: customer, required: true, text: {zh: 走访了谁？, en: Whom did you visit?}}
  short: {type: goods, text: {zh: 缺什么货？, en: What was short?}, label: {zh: 缺货, en: Short}}
steps:
  look:
    owner: market_manager
    do: {zh: 看一看, en: Look at it}
    show: [shop]
    due: {in: 60 min, acknowledge: 30 min}
    record:
      next: {type: customer, required: true, text: {zh: 下一个去谁那里？, en: Who is next?}}
close:
  by: market_manager
  when: [look]
  do: {zh: 结束, en: Close}
  due: {in: 60 min}
  tell_reporter: {zh: 好了, en: Done}
"""


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    plans = folder_of(tmp_path, VISIT, REQUEST)
    async with a_town(tmp_path, plans=plans) as town, town.running():
        yield town


async def fact(town: Town, name: str) -> FactValue | None:
    return (await town.incident(1)).fact(name)


async def many_customers(town: Town, count: int, **other: object) -> None:
    """More customers of the same account manager, all with one name."""
    assert town.store is not None
    like = town.desk.company.customers["k_01"]
    for n in range(count):
        shop = like.model_copy(update={"name": "好又来", "phone": f"+86 10 5551 {n:04}", **other})
        async with town.store.turn(at=town.clock.now()) as turn:
            turn.put(CUSTOMERS, RegisteredCustomer(id=f"k_x{n:02}", record=shop))


def answers(town: Town, person: Person, on: str) -> list[str]:
    return town.message(person, on).labels


async def test_one_question_after_the_other(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/visit")
    assert answers(town, manager, "走访了谁")[0] == "早市便利店 · 二档 · 东线 · 0301"
    await manager.presses("早市便利店 · 二档 · 东线 · 0301")
    assert await fact(town, "shop") == "k_01"
    await manager.types("qs")
    assert await fact(town, "short") == "qingsong"
    assert "缺货：青松（条）" in town.card("east_marketing", "走访")


async def test_in_english(town: Town) -> None:
    manager = town.person("p_ivy")
    await manager.types("/visit")
    await manager.types("柳下")
    assert await fact(town, "shop") == "k_15"
    await manager.types("nothing at all")
    assert "No such goods" in town.card(manager, "No such goods")
    await manager.presses("青松 (条)")
    assert await fact(town, "short") == "qingsong"


async def test_pages_of_eight_in_the_questions_own_message(town: Town) -> None:
    await many_customers(town, 20)
    manager = town.person(CHANG)
    await manager.types("/visit")
    town.ignore()
    assert len(answers(town, manager, "走访了谁")) == 8 + 1 + 1  # an arrow, and to give up
    await manager.presses("2/4 ›")
    await manager.presses("3/4 ›")
    town.sees({})
    assert "好又来 · 二档 · 东线 · 0010" in answers(town, manager, "走访了谁")
    await manager.presses("好又来 · 二档 · 东线 · 0010")
    assert await fact(town, "shop") == "k_x10"


async def test_twins_are_told_apart_by_route_and_number(town: Town) -> None:
    await many_customers(town, 3)
    manager = town.person(CHANG)
    await manager.types("/extra 好又来 云杉")
    offered = [label for label in answers(town, manager, "哪一个") if "好又来" in label]
    assert offered == [f"好又来 · 二档 · 东线 · 000{n}" for n in range(3)]
    await manager.presses(offered[1])
    assert form_of(town, manager)[1] == "✅ 客户：好又来 · 二档 · 东线 · 0001"


async def test_more_than_eight_that_fit_are_leafed_through_on_a_form(town: Town) -> None:
    await many_customers(town, 20)
    manager = town.person(CHANG)
    await manager.types("/extra")
    await manager.presses("2/4 ›")
    assert "好又来 · 二档 · 东线 · 0005" in answers(town, manager, "加货")
    await manager.presses("‹ 1/4")
    assert "早市便利店 · 二档 · 东线 · 0301" in answers(town, manager, "加货")


async def test_a_long_name_leaves_room_for_what_tells_it_apart(town: Town) -> None:
    await many_customers(town, 1, name="长" * 60, route="线" * 40)
    manager = town.person(CHANG)
    await manager.types("/extra")
    label = next(one for one in answers(town, manager, "加货") if "长长" in one)
    assert label.endswith("0000")
    await manager.presses(label)
    assert "👉 货品" in form_of(town, manager)


async def test_ordinary_goods_come_first_and_the_others_say_what_they_are(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市")
    offered = answers(town, manager, "加货")
    assert offered[:4] == ["云杉（条）", "青松（条）", "金穗（条）", "紫岚（条） · 紧俏"]
    assert offered[4] == "白鹭（条） · 管控"


async def test_in_a_group_customers_are_typed_and_not_listed(town: Town) -> None:
    await town.person(CHANG).types("/visit")
    await town.person(CHANG).types("早市")
    leader = town.person("p_shang")
    await leader.presses("①✅ 完成", in_group="east_marketing")
    asked = town.message("east_marketing", "下一个去谁那里")
    assert asked.labels == []
    await leader.replies("满口香", asked)
    assert await fact(town, "next") == "k_02"


async def test_the_customer_of_another_region_is_refused_also_as_a_button(town: Town) -> None:
    """What a button carries is data: a mark of a customer that one may not see is none."""
    manager, other = town.person(CHANG), town.person("p_hao")
    await other.types("/visit")
    await manager.types("/visit")
    theirs = town.message(other, "走访了谁").buttons[0]["callback_data"]
    own = town.message(manager, "走访了谁")
    query = town.stage.press(manager.telegram, own, theirs, stale=True)
    await town.a_moment()
    assert "失效" in town.answer_to(query)
