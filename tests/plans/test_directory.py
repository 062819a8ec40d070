"""Finding people by whatever is typed: pure, without who may see them."""

import pytest

from plans.company import Company, Customer, Person, Post
from plans.directory import Directory, directory_of
from plans.directory.pinyin import SPELLINGS_LIMIT, spellings
from plans.directory.search import HITS_LIMIT, one_slip_apart
from tests.plans.test_samples import COMPANY

DIRECTORY = directory_of(COMPANY)


def names(typed: str, directory: Directory = DIRECTORY) -> list[str]:
    company = directory.company
    known = {"person": company.people, "contact": company.contacts, "customer": company.customers}
    return [
        getattr(known[hit.kind][hit.id], "name") if hit.kind in known else hit.id  # noqa: B009
        for hit in directory.find(typed)
    ]


def staff(*people: str) -> Directory:
    """A company of people with these names, all drivers of east."""
    posts = (Post(role="driver", region="east"),)
    found = {f"p_{n}": Person(name=name, roles=posts) for n, name in enumerate(people)}
    update = {"people": found, "contacts": {}, "customers": {}, "vehicles": {}}
    return Directory(COMPANY.model_copy(update=update))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("单雄信", "shan"), ("单雄信", "danxiongxin"), ("曾国强", "zeng"), ("曾国强", "cgq"),
        ("解放", "xiefang"), ("仇英", "qiu"), ("区小海", "ou xiao hai"), ("吕布", "lv"),
        ("吕布", "lu bu"), ("吕布", "lü"), ("重阳", "cy"), ("乐山", "yue"), ("万俟卨", "moqi"),
        ("Max Packet", "packet"), ("Max Packet", "mp"), ("路平安", "ping an"), ("路平安", "lùpíng"),
    ],
)  # fmt: skip
def test_every_reading_finds_the_name(name: str, typed: str) -> None:
    assert names(typed, staff("钱多多", name, "孙小小")) == [name]


@pytest.mark.parametrize(
    "typed",
    [
        "路平安",
        "路 平安",
        "找路平安",
        "路平安的电话",
        "电话 路平安",
        "call 路平安",
        "lupngan",
        "lupinagn",
    ],
)
def test_what_is_said_around_a_name_and_a_slip_do_not_matter(typed: str) -> None:
    assert names(typed) == ["路平安"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("东区 调度", ["安排好", "戴理勤"]),
        ("东区的调度员", ["安排好", "戴理勤"]),
        ("调度 东", ["安排好", "戴理勤"]),
        ("dispatcher east", ["安排好", "戴理勤"]),
        ("组长", ["丁海针", "傅领航"]),
        ("西区 market", ["金满仓", "准其行"]),
        ("交警", ["交警指挥中心"]),
        ("平稳财险", ["保常在", "理赔快"]),
    ],
)
def test_by_role_region_kind_and_organisation(typed: str, found: list[str]) -> None:
    assert names(typed) == found


def test_a_plate_finds_the_vehicle_and_its_driver() -> None:
    assert names("浙Ａ·10001") == ["路平安", "浙A10001"]
    assert names("10001") == ["路平安", "浙A10001"]


@pytest.mark.parametrize("typed", ["0101", "5550 0101", "010-5550-0101", "+86 10 5550 0101"])
def test_a_phone_by_its_last_digits_or_whole(typed: str) -> None:
    assert names(typed)[0] == "路平安"


@pytest.mark.parametrize(
    "typed", ["", "  ", "？？", "🚚", "\x01", "|", "x" * 5000, "阿" * 5000, "%_'"]
)
def test_what_can_fit_nobody(typed: str) -> None:
    assert names(typed) == []


def test_the_retired_are_not_found() -> None:
    gone = COMPANY.people["p_lu"].model_copy(update={"retired": True})
    company = COMPANY.model_copy(update={"people": {"p_lu": gone}})
    assert not [hit for hit in Directory(company).find("路平安") if hit.kind == "person"]


def test_the_exact_name_comes_first() -> None:
    assert names("王安", staff("王安国", "王安", "小王安"))[0] == "王安"


def test_hits_are_bounded_and_people_come_first() -> None:
    shops = {
        f"k_{n}": Customer(name=f"好店{n}", region="east", address="东区") for n in range(1000)
    }
    directory = Directory(COMPANY.model_copy(update={"customers": shops}))

    hits = directory.find("east")

    assert len(hits) == HITS_LIMIT
    assert hits[0].kind == "person"


def test_spellings_of_a_long_name_are_bounded() -> None:
    assert len(spellings("和" * 30)) <= SPELLINGS_LIMIT


def test_the_index_is_kept_for_the_same_company() -> None:
    assert directory_of(COMPANY) is directory_of(COMPANY)
    other = COMPANY.model_copy()
    assert directory_of(other) is not directory_of(COMPANY)


def changed(company: Company, **fields: object) -> Directory:
    """The index of the company after that change, made after the one before it."""
    before = Directory(company)
    return Directory(company.model_copy(update=fields), before)


def test_whoever_has_changed_is_found_by_what_is_new_only() -> None:
    someone = COMPANY.people["p_lu"]
    people = {**COMPANY.people, "p_lu": someone.model_copy(update={"name": "陆改名"})}
    directory = changed(COMPANY, people=people)
    assert [hit.id for hit in directory.find("陆改名")] == ["p_lu"]
    assert [hit.id for hit in directory.find("lugaiming")] == ["p_lu"]
    assert not [hit for hit in directory.find(someone.name) if hit.id == "p_lu"]


def test_whoever_has_left_or_come_is_no_more_or_is_found() -> None:
    people = dict(COMPANY.people)
    gone = people.pop("p_lu")
    people["p_new"] = gone.model_copy(update={"name": "艾新来"})
    directory = changed(COMPANY, people=people)
    assert not [hit for hit in directory.find(gone.name) if hit.kind == "person"]
    assert [hit.id for hit in directory.find("艾新来")] == ["p_new"]


def test_whose_region_is_called_otherwise_is_found_by_its_new_name() -> None:
    region = COMPANY.regions["east"]
    name = region.name.model_copy(update={"zh": "滨海新区"})
    regions = {**COMPANY.regions, "east": region.model_copy(update={"name": name})}
    assert not Directory(COMPANY).find("滨海新区")
    assert changed(COMPANY, regions=regions).find("滨海新区")


def test_whoever_drives_another_vehicle_now_is_found_by_it() -> None:
    plate, vehicle = next((p, v) for p, v in COMPANY.vehicles.items() if v.driver is not None)
    driver = next(p for p in COMPANY.people if p != vehicle.driver)
    vehicles = {**COMPANY.vehicles, plate: vehicle.model_copy(update={"driver": driver})}
    found = {hit.id for hit in changed(COMPANY, vehicles=vehicles).find(plate)}
    assert driver in found
    assert vehicle.driver not in found


def test_made_after_another_it_is_as_if_made_anew() -> None:
    people = {**COMPANY.people, "p_new": COMPANY.people["p_lu"]}
    company = COMPANY.model_copy(update={"people": people})
    after, anew = Directory(company, Directory(COMPANY)), Directory(company)
    for typed in ("lu", "东区", "driver east", "0301", "浙A", "调度"):
        assert after.find(typed) == anew.find(typed)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("luping", "luping", True), ("luping", "lupng", True), ("luping", "lupiing", True),
        ("luping", "lupang", True), ("luping", "lupign", True), ("luping", "lupgin", False),
        ("luping", "lup", False), ("ab", "ba", True), ("", "a", True),
    ],
)  # fmt: skip
def test_one_slip(one: str, other: str, apart: bool) -> None:
    assert one_slip_apart(one, other) is apart
    assert one_slip_apart(other, one) is apart
