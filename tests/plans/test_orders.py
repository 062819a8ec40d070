"""Orders as plans of one step, and who may give them to whom."""

from datetime import timedelta

import pytest

from plans.format import Owner
from plans.incident import StepStatus
from plans.orders import CARRY_OUT, RECEIPT, may_order, may_order_person, order_plan
from tests.plans.engine.town import Talk, Town, minute, sample_company


def an_order(owner: Owner, hours: float = 1) -> Talk:
    plan = order_plan("检查轮胎", owner, timedelta(hours=hours), "leader")
    return Talk(plan)


def test_it_is_asked_chased_and_closes_by_itself() -> None:
    talk = an_order(Owner(role="fleet_keeper"))

    assert talk.starts("p_ding")[1] == (
        "opened carry_out for fleet_keeper of east: p_xiu; climb 5, remind 2.5, due 60"
    )
    assert talk.passes_to(10)[:2] == [
        "2.5: reminded of carry_out: p_xiu",
        "5: carry_out to superior: p_song for silence; climb 10",
    ]
    talk.acknowledges("p_xiu", CARRY_OUT)
    talk.records("p_xiu", RECEIPT, "都查了")
    assert talk.completes("p_xiu", CARRY_OUT)[0] == "p_xiu completed carry_out"
    assert talk.state.status == "closed"


def test_to_a_person_it_is_theirs_and_climbs_past_them() -> None:
    talk = an_order(Owner(person="p_dai"))

    assert talk.starts("p_song")[1].startswith("opened carry_out for dispatcher of east: p_dai")
    assert talk.completes("p_an_ph", CARRY_OUT) == ["refused: not_yours p_dai"]
    assert "5: carry_out to superior: p_song for silence; climb 10" in talk.passes_to(6)


def test_a_person_without_a_post_is_answered_for_by_whoever_closes() -> None:
    town = Town()
    town.empties("market_manager")
    plan = order_plan("来开会", Owner(person="p_shang"), timedelta(hours=1), "leader")
    talk = Talk(plan, town)
    talk.starts("p_ding")

    assert talk.state.steps[CARRY_OUT].asked == ("p_shang",)
    assert talk.passes_to(6)[-1].startswith("5: carry_out to holder: p_ding")


def test_late_is_late() -> None:
    talk = an_order(Owner(role="fleet_keeper"))
    talk.starts("p_ding")
    talk.acknowledges("p_xiu", CARRY_OUT)

    assert "60: missed carry_out, due 60" in talk.passes_to(61)
    assert talk.state.steps[CARRY_OUT].status is StepStatus.OPEN


@pytest.mark.parametrize(
    ("person", "role", "region", "may"),
    [
        ("p_ding", "security_officer", None, True),  # in command: anybody
        ("p_song", "driver", "east", True),  # below
        ("p_song", "security_officer", None, False),
        ("p_an_rs", "security_officer", None, True),  # own department
        ("p_an_rs", "leader", None, False),  # above
        ("p_an_ph", "driver", "east", False),  # no right to give orders
        ("p_ye", "head_security", None, False),
        ("p_ye", "leader", None, False),  # of the same department, but above
    ],
)
def test_who_may_order_whom(person: str, role: str, region: str | None, may: bool) -> None:
    roster = Town(company=sample_company()).roster

    assert may_order(roster, person, role, region, minute(0)) is may


def test_nobody_orders_themselves() -> None:
    roster = Town().roster

    assert may_order_person(roster, "p_song", "p_lu", minute(0))
    assert not may_order_person(roster, "p_song", "p_song", minute(0))
    assert not may_order_person(roster, "p_song", "p_ding", minute(0))
