"""Who would be told now, and where nobody would."""

from datetime import UTC, datetime, timedelta

from plans.roster import Missing, PersonState, Roster, Shift, cover, coverage, left_open
from tests.plans.small_company import small_company

COMPANY = small_company()
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


def roster(*states: PersonState, shifts: tuple[Shift, ...] = ()) -> Roster:
    return Roster(COMPANY, people={s.person: s for s in states}, shifts=shifts)


def away(person: str, stand_in: str | None = None) -> PersonState:
    telegram = COMPANY.people[person].telegram
    return PersonState(
        person=person, telegram=telegram, language="zh", away_until=LATER, stand_in=stand_in
    )


def lost(person: str) -> PersonState:
    telegram = COMPANY.people[person].telegram
    return PersonState(person=person, telegram=telegram, language="zh", reachable=False)


def test_from_the_holder_down_to_command() -> None:
    east = ("dispatcher", "east", NOON)
    there = cover(roster(), *east)
    deputy = cover(roster(away("p_east")), *east)
    above = cover(roster(away("p_east"), lost("p_vice")), *east)
    nobody = cover(roster(*(lost(p) for p in ("p_east", "p_vice", "p_head", "p_top"))), *east)

    assert (there.level, there.first, there.missing) == ("held", ("p_east",), ())
    assert (deputy.level, deputy.first) == ("deputy", ("p_vice",))
    assert deputy.missing == (Missing("p_east", "away", LATER),)
    assert (above.level, above.first) == ("superior", ("p_head",))
    assert above.missing[1] == Missing("p_vice", "unreachable", None)
    assert (nobody.level, nobody.first) == ("nobody", ())
    assert [c.is_hole for c in (there, deputy, above, nobody)] == [False, False, True, True]


def test_a_stand_in_fills_the_hole() -> None:
    covered = cover(roster(away("p_east", stand_in="p_vice")), "dispatcher", "east", NOON)

    assert (covered.level, covered.first) == ("held", ("p_vice",))


def test_by_the_rota() -> None:
    shift = Shift(
        id="s", role="dispatcher", region="east", person="p_north", since=NOON, until=LATER
    )
    covered = cover(roster(shifts=(shift,)), "dispatcher", "east", NOON)

    assert (covered.level, covered.first) == ("held", ("p_north",))


def test_each_role_once_in_each_region_that_has_it() -> None:
    covers = coverage(roster(), NOON)
    seen = [(c.role, c.region) for c in covers]

    assert ("leader", None) in seen
    assert ("dispatcher", "north") in seen
    assert ("dispatcher", "hq") not in seen, "headquarters serves nobody itself"
    assert len(seen) == len(set(seen))
    assert [c.role for c in coverage(roster(), NOON, ("head", "cook"))] == ["head"]


def test_what_an_absence_leaves_open() -> None:
    north = left_open(roster(away("p_north")), "p_north", NOON)

    assert [(c.role, c.region) for c in north] == [("dispatcher", "north"), ("driver", "north")]
    assert left_open(roster(away("p_east")), "p_east", NOON) == (), "the deputy is there"
