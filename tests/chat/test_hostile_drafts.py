"""Drafts in odd company: plans that change, people who leave, time that passes, emergencies, words
behind a command that another form stands in the way of."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from handlers.documents import INCIDENTS, PARKED
from handlers.form.filling import NAMES_LIMIT
from tests.chat.own_plans import folder_of
from tests.chat.requests import FORM, REQUEST, a_town_of_requests, form_of
from tests.chat.test_hostile_forms import LEAK, OTHER
from tests.chat.town import Town, a_town

CHANG = "p_chang"
EAST = "east_marketing"
LINE = "早市 云杉 20 婚宴 周五"
FIRE = (
    LEAK.replace("plan: leak", "plan: fire")
    .replace("水管漏水", "着火")
    .replace("command: leak", "command: fire")
    .replace("words: {zh: [漏水], en: [leaking]}", "words: {zh: [着火], en: [fire]}")
)


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town_of_requests(tmp_path, OTHER, FIRE) as town:
        yield town


async def incidents(town: Town) -> int:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        return len(await turn.find(INCIDENTS))


async def test_only_a_remark_is_something_filled_in(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 门口那家要得急")
    assert "✅ 备注：门口那家要得急" in form_of(town, manager)
    town.ignore()
    await town.at(town.minute() + 11)
    town.sees({CHANG: ["“加货申请”还没提交。接着填？"]})
    await manager.types("/extra")
    assert "✅ 备注：门口那家要得急" in form_of(town, manager)


async def test_words_from_a_group_fill_a_form_in_which_nothing_stands_yet(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra")
    await manager.types(f"/extra {LINE}", in_group=EAST)
    await manager.starts("extra")
    assert "✅ 数量：20" in form_of(town, manager)


async def test_words_from_a_group_go_on_the_form_that_is_under_way(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市")
    await manager.types("/extra 云杉 20", in_group=EAST)
    await manager.starts("extra")
    assert "✅ 数量：20" in form_of(town, manager)


async def test_words_behind_the_second_command_are_not_lost(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉")
    await manager.types("/back_goods 满口香 青松 5 生日 周五")
    await manager.presses("放下，另填")
    lines = form_of(town, manager, "退货申请")
    assert "✅ 数量：5" in lines
    assert "✅ 货品：青松（条）" in lines


@pytest.mark.parametrize("typed", ["/extra 早市", f"/extra {LINE}"])
async def test_an_emergency_is_no_answer_whatever_is_asked(town: Town, typed: str) -> None:
    manager = town.person(CHANG)
    await manager.types(typed)
    before = form_of(town, manager)
    town.ignore()
    await manager.types("着火了")
    assert "着火" in town.new()[CHANG][0]
    assert form_of(town, manager) == before
    await manager.presses("是，报告")
    await manager.types("环城东路")
    assert (await town.incident(1)).plan == "fire"


async def test_words_asked_for_are_an_answer_and_may_be_an_emergency_too(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉 20 其他 周五")
    town.ignore()
    await manager.types("隔壁着火了，断货")
    assert "着火" in town.new()[CHANG][0]
    assert "✅ 什么事：隔壁着火了，断货" in form_of(town, manager)


async def test_what_names_its_own_form_is_an_answer(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉 20 其他 周五")
    await manager.types("加货给老客户")
    assert "✅ 什么事：加货给老客户" in form_of(town, manager)


async def test_a_moment_that_has_passed_is_asked_for_again(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra 早市 云杉 20 婚宴 今天10点")
    await town.at(3 * 60)
    await manager.presses("📨 提交")
    assert await incidents(town) == 0
    assert "👉 何时要" in form_of(town, manager, "📦 加货申请")


@pytest.mark.parametrize(
    "changed",
    [
        REQUEST.replace("  quantity:\n", "  how_many:\n").replace("quantity", "how_many"),
        REQUEST.replace("type: number", "type: text").replace(", offer: [5, 10, 20, 50]", "")
        .replace("  too_many:\n    when: {quantity: {over: 100}}\n"
                 "    refuse: {zh: 一次最多 100。, en: At most 100 at a time.}\n", "")
        .replace(", quantity: {over: {of: customer.grade, is: {二档: 30}, else: 20}}", ""),
        REQUEST.replace("form: true\n", ""),
    ],
    ids=["renamed", "another_type", "no_form"],
)  # fmt: skip
async def test_a_plan_that_changes_under_a_draft(tmp_path: Path, changed: str) -> None:
    after = tmp_path / "after"
    after.mkdir()
    async with a_town(tmp_path, plans=folder_of(tmp_path, REQUEST)) as town:
        async with town.running():
            manager = town.person(CHANG)
            await manager.types("/extra 早市 云杉")
            asked = town.message(manager, FORM)
        town.takes_up(folder_of(after, changed))
        async with town.running():
            assert town.store is not None
            await manager.types("/extra")
            town.stage.press(manager.telegram, asked, "20", stale=True)
            await manager.types("30")
            await town.at(25 * 60)
            async with town.store.turn(at=town.clock.now()) as turn:
                assert not await turn.find(PARKED)


async def test_in_english_from_line_to_request(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/language")
    await manager.presses("English")
    await manager.types("/extra 0301 yunshan 20 wedding friday")
    lines = form_of(town, manager, "Extra goods")
    assert "✅ Quantity: 20" in lines
    assert "✅ Occasion: Wedding" in lines
    await manager.presses("📨 Send")
    assert (await town.incident(1)).fact("quantity") == 20


async def test_ten_thousand_letters_do_no_harm(town: Town) -> None:
    manager = town.person(CHANG)
    await manager.types("/extra " + "早市 云杉 甲 " * 450)
    assert len(town.card(manager, FORM)) < 2000


async def test_only_so_many_words_of_a_line_are_looked_for_among_customers(town: Town) -> None:
    manager = town.person(CHANG)
    words = [f"qx{n}z" for n in range(NAMES_LIMIT - 1)]
    await manager.types(f"/extra {' '.join(words)} 0301")
    assert "✅ 客户：早市便利店 · 二档 · 东线 · 0301" in form_of(town, manager)
    await manager.presses("✖ 取消")
    await manager.types(f"/extra {' '.join(words)} qxz 0301")
    assert "👉 客户" in form_of(town, manager)
    note = next(line for line in form_of(town, manager) if line.startswith("✅ 备注"))
    assert note.endswith("qxz 0301")
