"""A customer's name with signs in it is shown as it is, wherever a request is told of."""

from pathlib import Path

from bot.settings import SAMPLE_COMPANY
from tests.chat.stock_chapter import ASKER, HEAD, Chapter
from tests.chat.town import a_town

NAME = "早市 M&N <24h>"


async def test_no_name_is_escaped_twice(tmp_path: Path) -> None:
    company = tmp_path / "company.yaml"
    text = SAMPLE_COMPANY.read_text("utf-8").replace("name: 早市便利店", f"name: '{NAME}'")
    assert NAME in text
    company.write_text(text, "utf-8")
    folder = tmp_path / "store"
    folder.mkdir()
    async with a_town(folder, company=company) as town, town.running():
        chapter = Chapter(town, "zh", town.desk.plans["emergency-stock"])
        await chapter.asks()
        await chapter.approves(HEAD, 20)
        shown = [one.text for one in town.sim.world.messages(by_bot=True)]
        assert not [text for text in shown if "&amp;" in text or "&lt;" in text]
        assert NAME in town.card(town.person(ASKER), "✅ #1 应急货源")
