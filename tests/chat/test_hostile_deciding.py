"""Deciding at its worst: many requests of one person, odd numbers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.chat.old_buttons import Old
from tests.chat.own_plans import folder_of
from tests.chat.town import Town, a_town
from tests.plans.engine.approvals import APPROVAL
from tests.plans.workbooks import workbook

DECIDE = "#1 审批加量"


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town(tmp_path, plans=folder_of(tmp_path, APPROVAL)) as quiet, quiet.running():
        yield quiet


async def asks_for(town: Town, count: str, who: str = "p_chang") -> None:
    person = town.person(who)
    await person.types("/extra")
    await person.types(count)
    await person.types("婚宴")
    town.ignore()


async def test_whoever_has_asked_for_very_much_sees_that_there_is_more(town: Town) -> None:
    for _ in range(12):
        await asks_for(town, "40")
    person = town.person("p_chang")
    await person.types("/mine")
    assert "……还有 2 件，看 /incidents" in town.card(person, "您申请的")


async def test_who_leaves_by_a_table_leaves_the_decision_to_the_next(town: Town) -> None:
    await asks_for(town, "40")
    await town.person("p_ke").presses("🙋 我来", on=DECIDE)
    chief = town.person("p_max")
    rows = [("姓名", "手机", "停用"), ("客常来", "+86 10 5550 0116", "是")]
    await chief.sends_file(workbook({"人员": rows}), "gone.xlsx")
    await chief.presses("✅ Import 1")

    assert "客常来 联系不上。请您处理。" in town.card(town.person("p_xu"), DECIDE)
    assert await town.person("p_xu").presses("✅ 同意 40", on=DECIDE) == "已记录：同意 40。"


async def test_what_is_not_known_is_asked_also_of_who_would_refuse(tmp_path: Path) -> None:
    at_once = folder_of(tmp_path, APPROVAL.replace("    after: [review]\n", ""))
    async with a_town(tmp_path, plans=at_once) as town, town.running():
        await town.person("p_chang").types("/extra")
        await town.at(30)  # the answer never comes, and it begins all the same
        head = town.person("p_ke")

        # A phone that shows it as it was before the number was known.
        late = Old.of(head, "❌ 不同意", DECIDE)
        assert await head.presses("❌ 不同意", on=DECIDE) == "完成前请先填写要求的内容。"
        await head.types("30")

        said = await late.pressed()
        assert said == "数量已经改了，请看最新消息再决定。"
        assert "· 数量：30" in town.card(head)
        await head.presses("❌ 不同意", on=DECIDE)
        await head.types("用不了")
        decision = (await town.incident(1)).steps["approve"].decision
        assert decision is not None
        assert (decision.outcome, decision.asked, decision.reason) == ("refused", 30, "用不了")
