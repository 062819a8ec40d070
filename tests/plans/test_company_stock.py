"""The stock that the company file begins with, and what lies over it since."""

from datetime import UTC, datetime

from plans.company import CompanyFile, Goods, Register, read_company, with_register
from plans.roster import Roster, stores
from plans.stock import RESERVED_LIMIT, Holding
from plans.yaml_source import Problems
from tests.plans.small_company import SMALL, read
from tests.plans.test_samples import COMPANY

NOW = datetime(2026, 7, 6, tzinfo=UTC)
STOCK = """
goods:
  salt: {name: 盐, unit: 包}
stock:
  north:
    salt: {count: 3, minimum: 5}
"""


def told(text: str) -> str:
    found = read_company(text, "company.yaml")
    assert isinstance(found, Problems)
    return found.said("en")


def test_the_file_says_what_there_is_until_somebody_counts() -> None:
    company = read(SMALL + STOCK).company
    begun = Roster(company).holding("north", "salt")
    assert (begun.count, begun.minimum, begun.is_low, begun.counted_at) == (3, 5, True, None)

    counted = begun.counted(9, NOW, "p_top")
    roster = Roster(company, stock={("north", "salt"): counted})
    assert roster.holding("north", "salt").count == 9
    assert list(roster.holdings) == [("north", "salt")]


def test_names_in_it_are_checked() -> None:
    assert "no region called nort" in told(SMALL + STOCK.replace("north:", "nort:"))
    assert "goods called salz" in told(SMALL + STOCK.replace("  salt: {count", "  salz: {count"))
    keeper = STOCK.replace("minimum: 5", "minimum: 5, keeper: p_nobody")
    assert "no person called p_nobody" in told(SMALL + keeper)


def test_a_store_that_nobody_keeps_is_a_warning() -> None:
    found = read(SMALL + STOCK)
    assert isinstance(found, CompanyFile)
    assert any("nobody keeps the store of north" in w.message.en for w in found.warnings)
    kept = read(SMALL + STOCK.replace("minimum: 5", "minimum: 5, keeper: p_top"))
    assert not any("nobody keeps the store" in w.message.en for w in kept.warnings)


def test_goods_that_are_no_more_are_in_no_store_and_come_back_as_they_were() -> None:
    gone = with_register(COMPANY, Register(goods={"yunshan": None}))
    assert ("east", "yunshan") not in Roster(gone).holdings
    again = with_register(gone, Register(goods={"yunshan": Goods(name="云杉")}))
    assert Roster(again).holdings["east", "yunshan"].count == 400


def test_the_nearest_store_that_has_as_many_comes_first() -> None:
    roster = Roster(COMPANY)
    offers = stores(roster, "east", "zilan", 20)
    assert [(o.region, o.free, o.tier) for o in offers] == [
        ("east", 30, "own"),
        ("hq", 200, "nearest"),
    ]
    assert [o.region for o in stores(roster, "east", "zilan", 31)] == ["hq"]
    assert stores(roster, "east", "zilan", 0) == ()


def test_a_holding_gives_back_no_more_than_it_was_given() -> None:
    held = Holding(region="east", goods="salt", count=10)
    kept = held.reserve(1, 4).reserve(1, 2).reserve(2, 3)

    assert (kept.free, kept.free_for(1), kept.free_for(2)) == (1, 7, 4)
    assert kept.release(1, 99).reserved == {2: 3}
    assert (kept.use(2, 3).count, kept.use(2, 3).reserved) == (7, {1: 6})
    low = kept.counted(5, NOW, "p_top")
    assert (low.free, low.lacking) == (0, 4)


def test_at_its_limit_of_promises_a_holding_has_nothing_free() -> None:
    held = Holding(region="east", goods="salt", count=100_000)
    for number in range(RESERVED_LIMIT):
        held = held.reserve(number, 1)

    assert (held.free, held.free_for(3) > 0) == (0, True)
