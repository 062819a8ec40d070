"""Places, live location, pictures, voice notes, files, contacts."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from simulator.server import Simulator
from tests.page.desk import Desk, Phone

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

DRIVER = 501


def coordinates(sim: Simulator) -> tuple[float, float]:
    """Where the driver's last place is."""
    shown = [one for one in sim.world.messages(DRIVER) if "location" in one.body]
    place = shown[-1].body["location"]
    return place["latitude"], place["longitude"]


async def choose(driver: Phone, name: str, end: str) -> None:
    await driver.press(name)
    await driver.press(end)


async def test_a_named_place_is_shared(desk: Desk, sim: Simulator) -> None:
    driver = desk.phone(DRIVER)
    await driver.attach("位置")
    await choose(driver, "西区仓库", "发送位置")
    await driver.sees("在 31.200,121.380")
    card = driver.pane.locator(".place")
    await expect(card).to_contain_text("西区仓库附近")
    await expect(card).to_contain_text("31.20000, 121.38000")
    await expect(card.locator("svg.map")).to_be_visible()


async def test_a_point_on_the_map_is_shared(desk: Desk, sim: Simulator) -> None:
    driver = desk.phone(DRIVER)
    await driver.attach("位置")
    await driver.pane.locator(".picker-map").click()  # in its middle, once it stands still
    await driver.press("发送位置")
    await driver.sees("在 31.2")
    lat, lon = coordinates(sim)
    assert (lat, lon) == pytest.approx((31.225, 121.445), abs=0.002), "the middle of the places"


async def test_names_on_the_map_do_not_cover_each_other(desk: Desk) -> None:
    driver = desk.phone(DRIVER)
    await driver.attach("位置")
    for _ in range(8):
        await driver.press("缩小")
    names = driver.pane.locator(".picker-map .map-label")
    await expect(names).not_to_have_count(0)
    boxes = [box for one in await names.all() if (box := await one.bounding_box())]
    for at, one in enumerate(boxes):
        for other in boxes[:at]:
            assert (
                one["x"] >= other["x"] + other["width"]
                or other["x"] >= one["x"] + one["width"]
                or one["y"] >= other["y"] + other["height"]
                or other["y"] >= one["y"] + one["height"]
            )


async def test_the_map_is_used_with_the_keyboard_alone(desk: Desk, sim: Simulator) -> None:
    driver = desk.phone(DRIVER)
    await driver.attach("位置")
    await expect(driver.pane.locator(".picker-map")).to_be_focused()
    for key in ("ArrowDown", "ArrowDown", "ArrowLeft"):
        await desk.page.keyboard.press(key)
    await driver.button("发送位置").press("Enter")
    await driver.sees("在 31.2")
    lat, lon = coordinates(sim)
    assert lat < 31.25
    assert lon < 121.51


async def test_the_keyboard_button_shares_the_place_it_asks_for(desk: Desk) -> None:
    driver = desk.phone(DRIVER)
    await driver.press("开始")
    await driver.press("📍 我的位置")
    await choose(driver, "东区仓库", "共享我的位置")
    await driver.sees("在 31.250,121.510")


async def test_a_live_location_starts_moves_and_stops(desk: Desk, sim: Simulator) -> None:
    driver = desk.phone(DRIVER)
    await driver.attach("实时位置")
    await choose(driver, "东区仓库", "共享 60 分钟")
    await driver.sees("共享3600秒 31.250,121.510")
    await expect(driver.pane.locator(".live-badge")).to_have_text("实时 · 剩 60 分钟")
    await desk.button("把时间拨快 30 分钟").click()
    await expect(driver.pane.locator(".live-badge")).to_have_text("实时 · 剩 30 分钟")
    await driver.attach("移动实时位置")
    await choose(driver, "西区仓库", "移到这里")
    await expect(driver.pane.locator(".place")).to_contain_text("31.20000, 121.38000")
    assert coordinates(sim) == (31.2, 121.38)
    await driver.attach("停止共享")
    await expect(driver.pane.locator(".live-badge")).to_have_count(0)


async def test_a_live_location_ends_by_itself(desk: Desk) -> None:
    driver = desk.phone(DRIVER)
    await driver.attach("实时位置")
    await choose(driver, "东区仓库", "共享 15 分钟")
    await expect(driver.pane.locator(".live-badge")).to_have_text("实时 · 剩 15 分钟")
    await desk.button("把时间拨快 30 分钟").click()
    await expect(driver.pane.locator(".live-badge")).to_have_text("实时位置已结束")


async def test_the_sample_photo_arrives_as_a_picture(desk: Desk, sim: Simulator) -> None:
    driver = desk.phone(DRIVER)
    await driver.attach("样例照片")
    await driver.sees("收到 photo")
    picture = driver.pane.locator(".photo img")
    await expect(picture).to_have_js_property("complete", value=True)
    await expect(picture).to_have_js_property("naturalWidth", 960)
    await driver.pane.locator(".photo").click()
    await expect(desk.page.locator(".enlarged img")).to_be_visible()


async def test_a_file_goes_with_the_text_as_its_caption(
    desk: Desk, sim: Simulator, tmp_path: Path
) -> None:
    driver = desk.phone(DRIVER)
    (tmp_path / "记录.txt").write_text("样例", encoding="utf-8")
    await driver.pane.locator("textarea").fill("见附件")
    await driver.send_file(tmp_path / "记录.txt")
    await driver.sees("回声:见附件")
    await expect(driver.pane.locator("a.file")).to_contain_text("记录.txt")
    document = sim.world.messages(DRIVER)[-2].body["document"]
    stored = sim.world.files.by_id(document["file_id"])
    assert stored is not None
    assert stored.data.decode() == "样例"


async def test_the_sample_voice_note_can_be_played(desk: Desk) -> None:
    driver = desk.phone(DRIVER)
    await driver.attach("样例语音")
    await driver.sees("收到 voice")
    await expect(driver.pane.locator(".voice")).to_contain_text("0:02")
    length = await driver.pane.locator("audio").evaluate(
        """(sound) => new Promise((done) => {
            sound.addEventListener("loadedmetadata", () => done(sound.duration));
            sound.load();
            sound.preload = "metadata";
        })"""
    )
    assert length == pytest.approx(2)


async def test_ones_own_number_is_shared_and_can_be_called(desk: Desk) -> None:
    driver = desk.phone(DRIVER)
    await driver.attach("我的电话")
    await driver.press("共享我的号码")
    await driver.sees("本人的号码 8613800000001")
    link = driver.pane.get_by_role("link", name="+86 138 0000 0001")
    await expect(link).to_have_attribute("href", "tel:+8613800000001")
