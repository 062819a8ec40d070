"""Texts are drawn with their entities and nothing in them is ever taken for HTML."""

from typing import Any

import pytest
from playwright.async_api import expect

from simulator.server import Simulator
from tests.page.conftest import OpenDesk
from tests.page.desk import Desk
from tests.page.echo_bot import EchoBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

DRIVER = 501
NASTY = "<img src=x onerror=alert(1)><script>alert(2)</script>&amp;"
DRAW = """async ([text, entities]) => {
    const { richText } = await import("/page/richtext.js");
    const box = document.createElement("div");
    box.append(...richText(text, entities));
    return box.innerHTML;
}"""


COPIED = "async (text) => (await navigator.clipboard.readText()) === text"


async def drawn(desk: Desk, text: str, *entities: dict[str, Any]) -> str:
    return str(await desk.page.evaluate(DRAW, [text, list(entities)]))


async def test_markup_in_names_and_texts_stays_text(
    open_desk: OpenDesk, sim: Simulator, bot: EchoBot
) -> None:
    sim.stage.add_person(504, NASTY, note=NASTY, started=True)
    sim.stage.add_group(-504, NASTY, [504])
    sim.world.front = [504]
    desk = await open_desk()
    await bot.say(504, NASTY, reply_markup={"inline_keyboard": [[{"text": NASTY, "url": "t.me"}]]})
    await desk.phone(504).sees(NASTY)
    assert await desk.page.locator("img:not(.brand img)").count() == 0
    assert await desk.page.locator("body script").count() == 0


async def test_bold_links_and_phones_are_drawn(desk: Desk, bot: EchoBot) -> None:
    words = "<b>急</b> <i>快</i> <code>E-7</code> 电话 +86 138 0000 0002 <a href='https://a.example/'>看</a>"
    await bot.say(DRIVER, words, parse_mode="HTML")
    message = desk.phone(DRIVER).bubble("急").locator(".text")
    await expect(message.locator("strong")).to_have_text("急")
    await expect(message.locator("em")).to_have_text("快")
    await expect(message.locator("code")).to_have_text("E-7")
    await expect(message.get_by_role("link").first).to_have_attribute("href", "tel:+8613800000002")
    await expect(message.get_by_role("link").last).to_have_attribute("href", "https://a.example/")


async def test_words_in_a_fixed_font_and_copy_buttons_are_copied_by_a_tap(
    desk: Desk, bot: EchoBot
) -> None:
    await desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = {"text": "复制", "copy_text": {"text": "车上"}}
    markup = {"inline_keyboard": [[button]]}
    words = "<pre>货到了，\n请收。</pre> <code>E-7</code>"
    await bot.say(DRIVER, words, parse_mode="HTML", reply_markup=markup)
    message = desk.phone(DRIVER).bubble("货到了").last
    for pressed, copied in (
        (message.locator("pre"), "货到了，\n请收。"),
        (message.locator(".text > code"), "E-7"),
        (message.get_by_role("button", name="复制"), "车上"),
    ):
        await pressed.click()
        await expect(desk.phone(DRIVER).pane.locator(".toast").last).to_have_text("已复制")
        await desk.page.wait_for_function(COPIED, arg=copied)


async def test_entities_count_in_utf16_and_nest(desk: Desk) -> None:
    html = await drawn(
        desk,
        "😀 甲乙丙",
        {"type": "bold", "offset": 3, "length": 3},
        {"type": "italic", "offset": 4, "length": 1},
    )
    assert html == "😀 <strong>甲<em>乙</em>丙</strong>"


async def test_a_dangerous_link_is_no_link(desk: Desk) -> None:
    link = {"type": "text_link", "offset": 0, "length": 1, "url": "javascript:alert(1)"}
    assert await drawn(desk, "点", link) == "<span>点</span>"


async def test_dates_and_coordinates_are_no_phone_numbers(desk: Desk) -> None:
    text = "2026-07-01 12:30 31.2345678,121.4567890 20260701"
    assert await drawn(desk, text) == text


async def test_overlapping_and_overlong_entities_do_no_harm(desk: Desk) -> None:
    html = await drawn(
        desk,
        "abc",
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "italic", "offset": 1, "length": 99},
    )
    assert "".join(part.split(">")[-1] for part in html.split("<")) == "abc"
