"""An area is ticked or typed: regions, single routes, the whole company; and said in few words."""

import pytest

from handlers.areas import Pick, line, read_area, rows, show_area, take
from handlers.buttons import button
from plans.area import Area
from plans.company import Company
from storage.delivery import Button
from tests.plans.engine.town import sample_company


@pytest.fixture(scope="module")
def company() -> Company:
    return sample_company()


def press(label: str, what: str) -> Button:
    return button(label, "area", 123456789, "a" * 32, what)


def labels(pick: Pick, company: Company) -> list[str]:
    return [one.text for row in rows(pick, company, "zh", press) for one in row]


def pressed(pick: Pick, label: str, company: Company) -> Pick | Area | None:
    found = [one for row in rows(pick, company, "zh", press) for one in row if one.text == label]
    assert found, labels(pick, company)
    return take(pick, found[0].data.split(":")[3], company)


def test_regions_are_ticked_and_confirmed(company: Company) -> None:
    pick = Pick()
    assert labels(pick, company)[:2] == ["⬜ 东区", "⬜ 南区"]
    assert labels(pick, company)[-2:] == ["🛣 按线路", "🏢 全公司"]

    for label in ("⬜ 南区", "⬜ 东区"):
        then = pressed(pick, label, company)
        assert isinstance(then, Pick)
        pick = then

    assert labels(pick, company)[:2] == ["✅ 东区", "✅ 南区"]
    assert line(pick, company, "zh") == "已选：东区、南区"
    assert pressed(pick, "确定：东区、南区", company) == Area(regions=("east", "south"))
    assert pressed(pick, "✅ 东区", company) == Pick(regions=("south",))


def test_single_routes_stand_on_pages_of_their_own(company: Company) -> None:
    routes = pressed(Pick(regions=("east",)), "🛣 按线路", company)
    assert isinstance(routes, Pick)
    assert labels(routes, company)[0].startswith("⬜ ")
    second = pressed(routes, "2/2 ›", company)
    assert isinstance(second, Pick)
    every = [*labels(routes, company), *labels(second, company)]
    assert "⬜ 南线" in every
    page = routes if "⬜ 南线" in labels(routes, company) else second

    then = pressed(page, "⬜ 南线", company)

    assert isinstance(then, Pick)
    assert then.area == Area(regions=("east",), routes=("南线",))
    assert "确定：东区、南区（南线）" in labels(then, company)
    assert len(rows(then, company, "zh", press)) <= 11


def test_the_whole_company_at_once_and_back(company: Company) -> None:
    everything = pressed(Pick(routes=("南线",)), "🏢 全公司", company)
    assert everything == Pick(regions=tuple(company.regions))
    assert isinstance(everything, Pick)
    assert "确定：全公司" in labels(everything, company)
    assert pressed(everything, "全部不选", company) == Pick()


@pytest.mark.parametrize("what", ["ok", "x", "r0000000000", "p", ""])
def test_a_button_that_means_nothing(company: Company, what: str) -> None:
    assert take(Pick(), what, company) is None


@pytest.mark.parametrize(
    ("typed", "area"),
    [
        ("东区", Area(regions=("east",))),
        ("东区、南区", Area(regions=("east", "south"))),
        ("East and south", Area(regions=("east", "south"))),
        ("西区,南线", Area(regions=("west",), routes=("南线",))),
        ("东环线", Area(routes=("东环线",))),
        ("城中区和老街线", Area(regions=("centre",), routes=("老街线",))),
    ],
)
def test_typed_names(company: Company, typed: str, area: Area) -> None:
    assert read_area(typed, company) == area


@pytest.mark.parametrize("typed", ["all", "全公司", " 全部 "])
def test_typed_everything(company: Company, typed: str) -> None:
    assert read_area(typed, company) == Area(regions=tuple(company.regions))


@pytest.mark.parametrize("typed", ["", "火星", "东区、火星", "、、", "<b>", "x" * 5000])
def test_typed_nonsense(company: Company, typed: str) -> None:
    assert read_area(typed, company) == ()


def test_a_typed_name_that_could_mean_several_is_asked_back(company: Company) -> None:
    marks = read_area("东", company)
    assert isinstance(marks, tuple)
    shown = labels(Pick.among(marks), company)
    assert shown[:3] == ["⬜ 东区", "⬜ 东环线", "⬜ 东线"]
    assert shown[3:] == ["🗺 按区域", "🛣 按线路", "🏢 全公司"]


@pytest.mark.parametrize(
    ("area", "zh", "en"),
    [
        (Area(regions=("east",)), "东区", "East"),
        (Area(regions=("south", "east"), routes=("西线",)), "南区、东区、西区（西线）", ""),
        (Area(routes=("东线", "东环线")), "东区（东线、东环线）", "East (东线, 东环线)"),
        (Area(routes=("没有的线",)), "没有的线", "没有的线"),
        (Area(regions=("gone",)), "gone", "gone"),
        (
            Area(regions=("east", "south", "west", "north", "centre")),
            "东区等 5 个区域",
            "East and 4 more regions",
        ),
    ],
)
def test_said_in_a_few_words(company: Company, area: Area, zh: str, en: str) -> None:
    assert show_area(area, company, "zh") == zh
    assert en in show_area(area, company, "en")


def test_the_whole_company_in_words(company: Company) -> None:
    everything = Area(regions=tuple(company.regions))
    assert show_area(everything, company, "en") == "the whole company"
