"""Who reads a broadcast, how far somebody's reach goes, and where each reader stands."""

from datetime import UTC, datetime

import pytest

from plans.broadcast import (
    Audience,
    Choice,
    Reader,
    audience,
    beginning,
    confirmed,
    insiders,
    may_look_after,
    part_of,
    parts_for,
    reach,
    tally,
)
from plans.roster import PersonState, Roster, Shift
from tests.plans.engine.town import sample_company

AT = datetime(2026, 7, 6, tzinfo=UTC)
ROSTER = Roster(sample_company())


def people(choice: Choice, roster: Roster = ROSTER, sender: str = "p_song") -> tuple[str, ...]:
    return audience(roster, choice, sender, AT).private


def test_holders_and_deputies_in_the_chosen_regions() -> None:
    assert people(Choice(regions=("east",), roles=("dispatcher",))) == ("p_an_ph", "p_dai")
    assert people(Choice(roles=("dispatcher",))) == ()


def test_company_wide_roles_are_in_whatever_the_regions() -> None:
    chosen = Choice(regions=("east",), roles=("dispatcher", "leader"))
    assert people(chosen) == ("p_an_ph", "p_dai", "p_ding")
    assert people(chosen.model_copy(update={"everywhere": False})) == ("p_an_ph", "p_dai")


def test_neither_the_sender_nor_anybody_twice() -> None:
    chosen = Choice(regions=("east", "hq"), roles=("duty_officer", "dispatcher"))
    assert people(chosen).count("p_ye") == 1
    assert "p_ye" not in people(chosen, sender="p_ye")


def test_whoever_is_on_duty_by_the_rota_and_nobody_who_has_left() -> None:
    until = AT.replace(hour=12)
    shift = Shift(id="s", person="p_lu", role="dispatcher", region="east", since=AT, until=until)
    with_shift = Roster(ROSTER.company, shifts=(shift,))
    assert "p_lu" in people(Choice(regions=("east",), roles=("dispatcher",)), with_shift)
    gone = ROSTER.company.people["p_dai"].model_copy(update={"retired": True})
    company = ROSTER.company.model_copy(update={"people": {**ROSTER.company.people, "p_dai": gone}})
    left = Roster(company.model_validate(company.model_dump(by_alias=True)))
    assert people(Choice(regions=("east",), roles=("dispatcher",)), left) == ("p_an_ph",)


def test_a_groups_readers_are_its_departments_people_there() -> None:
    chosen = Choice(regions=("east",), roles=("dispatcher",), departments=("distribution",))
    found = audience(ROSTER, chosen, "p_ding", AT)
    assert found.groups == ("east_distribution",)
    assert found.private == ("p_an_ph", "p_dai")
    assert {"p_lu", "p_xing", "p_xiu", "p_song"} <= set(found.in_groups)
    assert not {"p_ma", "p_chang", "p_an_ph"} & set(found.in_groups)
    group = ROSTER.company.groups_by_id["east_distribution"]
    assert set(insiders(ROSTER, [group])["east_distribution"]) == set(found.people)


def test_reach_ends_at_the_own_region_for_regional_roles() -> None:
    company = tuple(ROSTER.company.regions)
    assert reach(ROSTER, "p_shang").regions == ("east",)
    assert not reach(ROSTER, "p_shang").everywhere
    assert (reach(ROSTER, "p_ding").regions, reach(ROSTER, "p_ding").everywhere) == (company, True)
    assert reach(ROSTER, "p_lu").regions == ()
    own = Choice(regions=("east",), everywhere=False)
    assert reach(ROSTER, "p_shang").covers(own)
    assert not reach(ROSTER, "p_shang").covers(own.model_copy(update={"regions": ("west",)}))
    assert not reach(ROSTER, "p_shang").covers(own.model_copy(update={"everywhere": True}))


def test_who_may_look_after_one() -> None:
    def may(person: str, sender: str, choice: Choice | None) -> bool:
        return may_look_after(ROSTER, person, sender, choice, reach(ROSTER, person))

    east = Choice(regions=("east",), everywhere=False)
    for person, expected in (("p_shang", True), ("p_mei", True), ("p_ding", True), ("p_lu", False)):
        assert may(person, "p_xu", east) is expected
    assert may("p_an_ph", "p_an_ph", None)
    assert may("p_ding", "p_an_ph", None)
    assert not may("p_mei", "p_an_ph", None)


def test_where_readers_stand_at_first() -> None:
    blocked = PersonState(person="p_dai", telegram=1, language="zh", reachable=False)
    unknown = PersonState(person="p_lu", telegram=None, language="zh")
    roster = Roster(ROSTER.company, people={"p_dai": blocked, "p_lu": unknown})
    chosen = Audience(private=("p_an_ph", "p_dai", "p_lu"), in_groups=("p_xiu",))
    found = beginning(chosen, roster, AT)
    assert [(r.standing, r.why) for r in found.values()] == [
        ("waiting", None),
        ("unreachable", "blocked"),
        ("unreachable", "no_telegram"),
        ("sent", None),
    ]


@pytest.mark.parametrize(
    ("reader", "first", "second"),
    [
        (Reader(), True, True),
        (Reader(standing="under_way", rounds=1), False, False),
        (Reader(standing="sent", rounds=1), False, True),
        (Reader(standing="sent", rounds=1, in_group=True), False, True),
        (Reader(standing="unreachable", why="failed"), False, False),
        (confirmed(Reader(standing="sent", rounds=1), AT), False, False),
    ],
)
def test_who_is_written_to_in_which_round(reader: Reader, first: bool, second: bool) -> None:
    assert (reader.wants(1), reader.wants(2)) == (first, second)


def test_counts_and_confirmations() -> None:
    late = AT.replace(hour=3)
    once = confirmed(Reader(standing="unreachable", why="blocked"), AT)
    assert confirmed(once, late).confirmed_at == AT
    asked_again = Reader(standing="under_way", rounds=2)
    counted = tally([once, asked_again, Reader(), Reader(standing="unreachable", why="failed")])
    assert (counted.all, counted.sent, counted.confirmed, counted.unreachable) == (4, 2, 1, 1)
    assert (counted.missing, counted.silent) == (2, 1)
    assert not counted.is_out


def test_a_part_is_found_from_the_person_alone_and_none_grows_large() -> None:
    parts = parts_for(5_000)
    sizes = [0] * parts
    for n in range(5_000):
        sizes[part_of(f"p_{n}", parts)] += 1
    assert parts == 50
    assert max(sizes) < 150
    assert parts_for(0) == 1
