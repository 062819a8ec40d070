"""Routes as people type them, and whom outside the company to turn to."""

import pytest

from plans.company import Company
from plans.company.contacts import contact_for
from plans.routes import known_routes, match_routes
from tests.plans.engine.town import sample_company

ROUTES = ("东线", "东环线", "西线", "Route 12", "Lake 3")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("东线", ("东线",)),
        ("东", ("东线",)),
        ("东环", ("东环线",)),
        ("跑的东环线", ("东线", "东环线")),
        ("ROUTE 12", ("Route 12",)),
        ("12", ("Route 12",)),
        ("ｌａｋｅ３", ("Lake 3",)),
        ("环", ("东环线",)),
        ("南线", ()),
        ("", ()),
        ("？！", ()),
    ],
)
def test_a_route_is_found_however_it_is_typed(typed: str, meant: tuple[str, ...]) -> None:
    assert match_routes(typed, ROUTES) == meant


def test_every_route_that_anybody_names_is_known() -> None:
    company = sample_company()

    assert {"东线", "东环线", "江边线"} <= set(known_routes(company))


def with_contacts(**contacts: dict[str, object]) -> Company:
    written = sample_company().model_dump()
    like = {"name": "甲", "kind": "insurer", "phone": "+86 10 5550 0299"}
    written["contacts"] = {id_: {**like, **given} for id_, given in contacts.items()}
    return Company.model_validate(written)


def found(company: Company, region: str = "east") -> list[str | None] | None:
    pair = contact_for(company, "insurer", region)
    return None if pair is None else [one.name if one else None for one in pair]


def test_the_region_s_own_contact_comes_before_the_company_s() -> None:
    company = with_contacts(all={"name": "全"}, east={"name": "东", "region": "east"})

    assert found(company) == ["东", None]
    assert found(company, "west") == ["全", None]


def test_the_backup_is_the_one_named_else_another_of_the_kind() -> None:
    named = with_contacts(
        b={"name": "备"}, a={"name": "主", "backup": "b"}, c={"name": "丙", "kind": "bank"}
    )

    assert found(named) == ["主", "备"]
    assert found(with_contacts(a={"name": "主"}, b={"name": "另"})) == ["主", "另"]


def test_nobody_is_entered() -> None:
    assert found(with_contacts(c={"kind": "bank"})) is None
