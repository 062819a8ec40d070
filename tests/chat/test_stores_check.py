"""D12: each store holds enough goods, parts and tools under a named keeper, and somebody looks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.settings import OWN_PLANS
from handlers.documents import INCIDENTS
from plans.incident import Incident
from tests.chat.own_plans import folder_of
from tests.chat.town import Town, a_town

CHECK = "清点仓库的货品"
FRIDAY_1400 = 4 * 24 * 60 + 6 * 60


@pytest_asyncio.fixture
async def friday(tmp_path: Path) -> AsyncIterator[Town]:
    """Friday, 14:01; no other routine has begun."""
    plan = (OWN_PLANS / "stores-check.yaml").read_text(encoding="utf-8")
    folder = folder_of(tmp_path, plan)
    async with a_town(tmp_path, plans=folder, routines=None) as town, town.running():
        await town.at(FRIDAY_1400 + 1)
        yield town


async def check_of(town: Town, region: str) -> Incident:
    assert town.store is not None
    async with town.store.turn(at=town.clock.now()) as turn:
        return next(i for i in await turn.find(INCIDENTS) if i.region == region)


async def test_each_keeper_is_asked_with_the_list_and_what_is_low_on_top(friday: Town) -> None:
    new = friday.new()

    assert set(new) == {"p_cang", "p_ku", "p_shou", "p_gong"}
    assert len(new["p_ku"]) == 2  # of the south and of the west
    assert "🟢 云杉 400条" in new["p_cang"][0]
    assert (await check_of(friday, "hq")).steps["count"].asked == ("p_gong",)


async def test_all_there_is_one_press_and_on_record(friday: Town) -> None:
    keeper = friday.person("p_cang")
    await keeper.types("/stores 云杉 410")
    await keeper.presses("✅ 完成", on=CHECK)
    await keeper.presses("都够", on="该有的都够吗")

    check = await check_of(friday, "east")
    assert (check.status, check.fact("found")) == ("closed", "all")
    friday.ignore()
    await keeper.types(f"/incident {check.number}")
    assert "清点结果 都够" in friday.card(keeper, f"#{check.number} 仓库检查")


async def test_what_lacks_is_ordered_by_a_day_and_counted_when_it_comes(friday: Town) -> None:
    keeper, manager = friday.person("p_cang"), friday.person("p_shang")
    await keeper.types("/stores 云杉 20")
    await keeper.presses("✅ 完成", on=CHECK)
    await keeper.presses("缺货品", on="该有的都够吗")

    asked = friday.card(manager, "货品不够")
    assert "⚠️ 云杉 20条，低于下限 100条" in asked
    await manager.presses("✅ 完成", on="货品不够")
    await manager.types("云杉 200 条，从总部仓库调")
    await manager.types("明天 10:00")

    assert "云杉 200 条，从总部仓库调" in friday.card(keeper, "补货")
    assert "7月11日周六 10:00" in friday.card(keeper, "货品到：")
    friday.ignore()
    await friday.at(FRIDAY_1400 + 19 * 60 + 50)
    assert not any("货品到了吗" in text for text in friday.new().get("p_cang", []))
    await friday.at(FRIDAY_1400 + 20 * 60 + 1)
    assert "云杉 200 条" in friday.card(keeper, "货品到了吗")
    await keeper.types("/stores 云杉 220")
    await keeper.presses("✅ 完成", on="货品到了吗")
    assert (await check_of(friday, "east")).status == "closed"


async def test_silence_reaches_the_head_of_distribution(friday: Town) -> None:
    friday.ignore()
    await friday.at(FRIDAY_1400 + 62)

    assert any("仓有余 没有应答" in text for text in friday.new()["p_song"])


async def test_in_english_too(friday: Town) -> None:
    keeper = friday.person("p_cang")
    await keeper.types("/language")
    await keeper.presses("English")
    await keeper.types("/mine")
    assert "Count goods, parts and tools" in friday.card(keeper, "Count goods")
    await keeper.types("/stores")
    assert "East store: 9 things, 0 below their minimum" in friday.card(keeper, "East store")
    await keeper.presses("✏️ Count", on="East store")
    await keeper.types("pump 1")
    await keeper.types("抽水泵 1")
    assert "⚠️ 抽水泵 2 → 1 台" in friday.card(keeper, "Noted for the East store")
