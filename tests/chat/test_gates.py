"""Gates: who is refused learns why at once, about which answer, and may give another."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from handlers.records.registers import CUSTOMERS, RegisteredCustomer
from tests.chat.requests import FORM, REQUEST, a_town_of_requests, form_of
from tests.chat.town import Town

CHANG = "p_chang"
STREET = "街角小卖部 · 一档 · 东线 · 0303"
WHY = "⛔ 只给守法的客户加货。"
# The same request, asked one question after the other.
STEP_BY_STEP = (
    REQUEST.replace("plan: extra-goods", "plan: spoken-goods")
    .replace("加货申请", "口头申请")
    .replace("command: extra", "command: spoken")
    .replace("form: true\n", "")
)


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town_of_requests(tmp_path, STEP_BY_STEP) as town:
        yield town


async def no_longer_lawful(town: Town, customer: str) -> None:
    assert town.store is not None
    known = town.desk.company.customers[customer]
    assert known.lawful
    changed = known.model_copy(update={"lawful": False})
    async with town.store.turn(at=town.clock.now()) as turn:
        turn.put(CUSTOMERS, RegisteredCustomer(id=customer, record=changed))


async def test_the_reason_stands_on_the_form_as_soon_as_it_holds(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra")
    await manager.presses(STREET)
    lines = form_of(town, manager)
    assert lines[1] == "⛔ 客户：街角小卖部 · 一档 · 东线 · 0303"
    assert WHY in lines
    # Nothing more is asked before another customer is chosen: they are offered at once.
    await manager.presses("早市便利店 · 二档 · 东线 · 0301")
    lines = form_of(town, manager)
    assert WHY not in lines
    assert "👉 货品" in lines


async def test_a_refused_request_cannot_be_sent_and_any_answer_can_be_changed(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 紫岚 20 婚宴 周五")
    lines = form_of(town, manager)
    assert "⛔ 货品：紫岚（条）" in lines
    assert "⛔ 紧俏和管控的货不能加。" in lines
    await manager.presses("☰ 全部项目")
    assert "📨 提交" not in town.message(manager, FORM).labels
    await manager.presses("✏️ 货品")
    await manager.presses("青松（条）")
    await manager.presses("📨 提交")
    assert (await town.incident(1)).fact("goods") == "qingsong"


async def test_a_typed_number_meets_the_gate_too(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉 500 婚宴 周五")
    assert "⛔ 一次最多 100。" in form_of(town, manager)
    await manager.types("100")
    assert "✅ 数量：100" in form_of(town, manager)


async def test_in_english(town: Town) -> None:
    manager = town.person("p_ivy")
    await manager.types("/extra 石桥 紫岚")
    lines = form_of(town, manager, "Extra goods")
    assert "⛔ Scarce and controlled goods are not given out." in lines


async def test_the_register_may_change_before_it_is_sent(town: Town) -> None:
    """What the form was let through with counts again when it is sent."""
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉 20 婚宴 周五")
    await no_longer_lawful(town, "k_01")
    await manager.presses("📨 提交")
    assert WHY in form_of(town, manager)
    assert town.message(manager, FORM).labels[-1] == "✖ 取消"


async def test_a_request_given_up_at_a_gate_is_counted(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    manager = town.person(CHANG)
    with caplog.at_level(logging.INFO, logger="handlers.form.giving_up"):
        await manager.types("/extra 街角")
        await manager.presses("✖ 取消")
    assert [record.gate for record in caplog.records] == ["unlawful"]  # type: ignore[attr-defined]


async def test_asked_one_after_the_other_the_answer_is_refused_at_once(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/spoken")
    town.ignore()
    await manager.presses(STREET)
    town.sees({CHANG: [WHY, "哪个客户？"]})
    await manager.types("早市")
    town.sees({CHANG: ["要什么货？"]})


async def test_a_correction_that_would_be_refused_changes_nothing(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉 20 婚宴 周五")
    await manager.presses("📨 提交")
    await manager.presses("✏️ 更正")
    await manager.presses("数量")
    town.ignore()
    await manager.types("500")
    town.sees({CHANG: ["⛔ 一次最多 100。"]})
    assert (await town.incident(1)).fact("quantity") == 20
    await manager.presses("✏️ 更正")
    await manager.presses("数量")
    await manager.types("30")
    assert (await town.incident(1)).fact("quantity") == 30


async def test_asked_one_after_the_other_only_what_is_called_for_is_asked(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/spoken")
    for said in ("早市", "云杉", "20", "婚宴"):
        await manager.types(said)
    assert "什么时候要？" in town.new()[CHANG][-1]  # and not what other occasion it is


async def test_of_several_answers_the_number_is_the_one_to_change(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉 50")
    await manager.presses("生日")
    lines = form_of(town, manager)
    assert "⛔ 数量：50" in lines
    assert "⛔ 生日用不了这么多，请减少。" in lines
    await manager.types("30")  # what its grade allows
    assert "👉 何时要" in form_of(town, manager)
