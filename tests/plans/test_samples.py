"""The sample company holds together, shows what the demo is to show, and agrees with the cast."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from plans.company import Company, CompanyFile, Group, Person, read_company
from plans.place import Place
from plans.roster import Roster, ladder, spares

ROOT = Path(__file__).parents[2]


def read_sample() -> CompanyFile:
    found = read_company((ROOT / "plans/samples/company.yaml").read_text(encoding="utf-8"))
    assert isinstance(found, CompanyFile), found.said("en")
    return found


SAMPLE = read_sample()
COMPANY = SAMPLE.company
ROSTER = Roster(COMPANY)
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
CAST: dict[str, Any] = YAML(typ="safe").load(
    (ROOT / "simulator/cast.yaml").read_text(encoding="utf-8")
)


def test_the_sample_has_neither_problems_nor_warnings() -> None:
    assert SAMPLE.warnings == ()


def test_the_east_has_no_spare_and_the_north_s_is_nearest() -> None:
    offers = [(o.tier, o.region) for o in spares(ROSTER, "east")]
    on_the_ring = Place(lat=30.241, lon=120.452)

    assert offers == [("nearest", "north"), ("city", "south"), ("city", "hq")]
    assert spares(ROSTER, "east", on_the_ring)[0].region == "north"


def test_every_spare_has_somebody_who_brings_it() -> None:
    assert all(offer.driver for offer in spares(ROSTER, "east"))


def test_the_east_has_a_deputy_dispatcher() -> None:
    assert [rung.kind for rung in ladder(ROSTER, "dispatcher", "east", NOON)][:3] == [
        "holder", "deputy", "superior",
    ]  # fmt: skip


def test_phones_are_from_the_made_up_range() -> None:
    assert all(
        person.phone and person.phone.startswith("+86 10 5550 01")
        for person in COMPANY.people.values()
    )


# The cast


def of_company(company: Company) -> dict[int, Person]:
    return {person.telegram: person for person in company.people.values() if person.telegram}


def test_the_cast_are_the_people_of_the_company() -> None:
    people = of_company(COMPANY)
    cast = {entry["id"]: entry for entry in CAST["people"]}

    assert cast.keys() == people.keys()
    for telegram, person in people.items():
        entry = cast[telegram]
        assert (entry["first_name"], entry["phone"], entry["language"]) == (
            person.name,
            person.phone,
            person.language,
        )


def test_each_note_names_role_and_region_in_both_languages() -> None:
    people = of_company(COMPANY)
    for entry in CAST["people"]:
        for post in people[entry["id"]].roles:
            names = [COMPANY.roles[post.role].name]
            names += [COMPANY.regions[post.region].name] if post.region else []
            for name in names:
                assert name.zh in entry["note"]["zh"]
                assert name.en.lower() in entry["note"]["en"].lower()


def test_all_pressed_start_but_one_deputy() -> None:
    [silent] = [entry["id"] for entry in CAST["people"] if not entry["started"]]

    person = ROSTER.person_by_telegram(silent)
    assert person is not None
    assert {post.rank for post in ROSTER.roles_of(person)} == {"deputy"}


def belongs(person: Person, group: Group) -> bool:
    for post in person.roles:
        role = COMPANY.roles[post.role]
        heads = role.reports_to in COMPANY.command or post.role == "market_manager"
        if group.department == "leading_group" and heads:
            return True
        if role.department == group.department and (
            group.region is None or post.region in (None, group.region)
        ):
            return True
    return False


@pytest.mark.parametrize("group", COMPANY.groups, ids=lambda group: group.id)
def test_a_group_holds_those_whose_roles_sit_there(group: Group) -> None:
    [entry] = [entry for entry in CAST["groups"] if entry["id"] == group.chat]

    assert entry["title"] == group.title
    assert set(entry["members"]) == {
        person.telegram for person in COMPANY.people.values() if belongs(person, group)
    }


def test_the_cast_has_no_other_groups() -> None:
    assert {entry["id"] for entry in CAST["groups"]} == {group.chat for group in COMPANY.groups}


def test_the_panes_shown_first_follow_a_breakdown_in_the_east() -> None:
    driver, dispatcher, group, *heads = CAST["front"]
    people = [driver, dispatcher, *heads]

    assert [ROSTER.person_by_telegram(person) for person in people] == [
        *ROSTER.holders("driver", "east")[:1],
        *ROSTER.holders("dispatcher", "east"),
        *ROSTER.holders("head_distribution", None),
        *ROSTER.holders("leader", None),
    ]
    assert ROSTER.group_by_chat(group) == ROSTER.group_for("distribution", "east")
    [keeper] = [ROSTER.person_by_telegram(one) for one in CAST["front_as"].values()]
    assert keeper in ROSTER.holders("fleet_keeper", "east")


def test_depots_among_the_places_are_where_the_company_says() -> None:
    depots = {
        region.depot.name.zh: (region.depot.lat, region.depot.lon)
        for region in COMPANY.regions.values()
        if region.depot
    }
    places = {place["name"]["zh"]: (place["lat"], place["lon"]) for place in CAST["places"]}

    assert places.items() >= depots.items()
