"""D12: what each store must hold, looked at each Friday; O4: a request keeps to the plan it was
made on."""

from pathlib import Path

import pytest

from bot.settings import OWN_PLANS
from plans.text import Lang
from tests.chat.own_plans import folder_of
from tests.chat.stock_chapter import DEPUTY, HEAD, Chapter
from tests.chat.test_chapter_vehicles import company_in
from tests.chat.town import a_town

KEEPER = "p_cang"
DAY = 24 * 60


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_d12_the_keeper_counts_each_friday_and_what_lacks_is_ordered(
    tmp_path: Path, lang: Lang
) -> None:
    store = tmp_path / "store"
    store.mkdir()
    plans = folder_of(tmp_path, (OWN_PLANS / "stores-check.yaml").read_text("utf-8"))
    async with (
        a_town(store, company=company_in(lang, tmp_path), plans=plans, routines=None) as town,
        town.running(),
    ):
        await town.at(4 * DAY + 6 * 60 + 1)
        check = Chapter(town, lang, town.desk.routines["stores-check"])
        assert set(town.new()) == {KEEPER, "p_ku", "p_shou", "p_gong"}
        first = town.card(town.person(KEEPER), check.do("count"))
        number = int(first.split("#")[1].split()[0])
        assert "云杉 400" in first
        short = check.choice("found", "goods")
        await check.does(KEEPER, "count", short)
        await check.does(
            "p_shang", "order_goods", "200 of them", "明天9点" if lang == "zh" else "tomorrow 9"
        )
        assert town.card(town.person(KEEPER), "200 of them")
        await town.at(5 * DAY + 70)
        await check.does(KEEPER, "goods_there")
        assert (await town.incident(number)).status == "closed"


async def test_o4_a_request_keeps_to_the_plan_it_was_made_on(tmp_path: Path) -> None:
    store, newer = tmp_path / "store", tmp_path / "newer"
    store.mkdir()
    newer.mkdir()
    text = (OWN_PLANS / "emergency-stock.yaml").read_text("utf-8")
    follow_up = (OWN_PLANS / "stock-follow-up.yaml").read_text("utf-8")
    changed = text.replace("when: {urgent: no}, up_to: 30", "when: {urgent: no}, up_to: 5")
    assert changed != text
    plans = folder_of(tmp_path, text, follow_up)
    async with a_town(store, plans=plans, routines=()) as town:
        async with town.running():
            await Chapter(town, "zh", town.desk.plans["emergency-stock"]).asks()
        town.takes_up(folder_of(newer, changed, follow_up))
        async with town.running():
            chapter = Chapter(town, "zh", town.desk.plans["emergency-stock"])
            await chapter.asks()
            assert chapter.ping("approve", number=2) in town.card(chapter.person(DEPUTY))
            await chapter.approves(HEAD, 20)
            assert (await town.incident(1)).fact("granted") == 20
            assert (await town.incident(2)).fact("granted") is None
