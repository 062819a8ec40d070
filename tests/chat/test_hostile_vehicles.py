"""Vehicles in hostile hands: double taps, a plate that is gone, endless notes."""

from tests.chat.town import Town


async def test_a_button_of_a_vehicle_since_retired_says_so(town: Town) -> None:
    chief, keeper = town.person("p_max"), town.person("p_che")
    await keeper.types("/vehicles 10004")
    await chief.sends_file("车牌,区域,停用\n浙A10004,南区,是\n".encode(), "v.csv")
    await chief.presses("✅ Import 1")
    town.ignore()

    said = await first_red(town)

    assert said
    assert "p_che" not in town.new()


async def first_red(town: Town) -> str:
    keeper = town.person("p_che")
    shown = town.message(keeper, "10004")
    rows = shown.body["reply_markup"]["inline_keyboard"]
    label = next(b["text"] for row in rows for b in row if b["text"].startswith("🔴"))
    return await keeper.presses(label, on="10004")


async def test_pressed_twice_the_region_hears_once(town: Town) -> None:
    keeper = town.person("p_che")
    await keeper.types("/vehicles 10004")
    town.ignore()
    await first_red(town)
    first = town.new()
    await first_red(town)

    assert sum(map(len, first.values())) >= 1
    town.sees({})


async def test_the_note_of_a_vehicle_is_cut_where_it_is_too_long(town: Town) -> None:
    await town.person("p_che").types("/vehicles 10004 " + "坏" * 600)

    state = (await town.roster()).vehicle_state("浙A10004")
    assert not state.ready
    assert len(state.note) == 100
