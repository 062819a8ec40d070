"""Whom to tell, rung by rung, until somebody takes it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plans.company import Company, Person, Post, Register, Role, with_register
from plans.roster import Roster, Rung, Shift, ladder
from plans.text import Text
from tests.plans.small_company import small_company

COMPANY = small_company()
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
ROSTER = Roster(COMPANY)
COMMAND = Rung("command", None, ("p_top", "p_head"))


def test_from_the_holder_up_to_everyone_in_command() -> None:
    assert ladder(ROSTER, "dispatcher", "east", NOON) == (
        Rung("holder", "dispatcher", ("p_east",)),
        Rung("deputy", "dispatcher", ("p_vice",)),
        Rung("superior", "head", ("p_head",)),
        Rung("superior", "leader", ("p_top",)),
        COMMAND,
    )


def test_where_nobody_holds_the_role_the_next_above_is_first() -> None:
    assert ROSTER.holders("dispatcher", "hq") == ()
    assert ladder(ROSTER, "dispatcher", "hq", NOON)[0] == Rung("superior", "head", ("p_head",))


def test_somebody_who_is_their_own_superior_is_told_once() -> None:
    assert ladder(ROSTER, "driver", "north", NOON)[:2] == (
        Rung("holder", "driver", ("p_north",)),
        Rung("superior", "head", ("p_head",)),
    )


def test_a_role_nobody_knows_goes_straight_to_command() -> None:
    assert ladder(ROSTER, "cook", "east", NOON) == (COMMAND,)


def on_shift(
    person: str, begins_h: int, ends_h: int, role: str = "dispatcher", region: str | None = "east"
) -> Shift:
    since, until = NOON + timedelta(hours=begins_h), NOON + timedelta(hours=ends_h)
    return Shift(
        id=f"{role}{person}{begins_h}",
        role=role,
        region=region,
        person=person,
        since=since,
        until=until,
    )


def test_who_is_on_duty_comes_first_and_the_other_holders_with_the_deputies() -> None:
    roster = Roster(COMPANY, shifts=(on_shift("p_vice", -1, 1), on_shift("p_east", 1, 9)))

    assert ladder(roster, "dispatcher", "east", NOON)[:2] == (
        Rung("holder", "dispatcher", ("p_vice",)),
        Rung("deputy", "dispatcher", ("p_east",)),
    )
    assert ladder(roster, "dispatcher", "east", NOON + timedelta(hours=1))[:2] == (
        Rung("holder", "dispatcher", ("p_east",)),
        Rung("deputy", "dispatcher", ("p_vice",)),
    )


def test_where_the_rota_has_a_gap_the_holder_comes_first_as_ever() -> None:
    roster = Roster(COMPANY, shifts=(on_shift("p_vice", 1, 9), on_shift("p_north", -9, 0)))

    assert ladder(roster, "dispatcher", "east", NOON) == ladder(ROSTER, "dispatcher", "east", NOON)


def test_somebody_of_another_region_may_be_on_duty_here() -> None:
    roster = Roster(COMPANY, shifts=(on_shift("p_north", -1, 1),))

    assert ladder(roster, "dispatcher", "east", NOON)[:2] == (
        Rung("holder", "dispatcher", ("p_north",)),
        Rung("deputy", "dispatcher", ("p_vice", "p_east")),
    )
    assert ladder(roster, "dispatcher", "north", NOON)[0].people == ("p_north",)


def test_of_those_above_whoever_is_on_duty_comes_first() -> None:
    head = on_shift("p_top", -1, 1, role="head", region=None)
    kinds = ladder(Roster(COMPANY, shifts=(head,)), "dispatcher", "east", NOON)[2:4]

    assert kinds == (Rung("superior", "head", ("p_top",)), Rung("superior", "head", ("p_head",)))


def test_nobody_is_on_duty_after_leaving_the_company() -> None:
    gone = COMPANY.people["p_vice"].model_copy(update={"retired": True})
    company = with_register(COMPANY, Register(people={"p_vice": gone}))
    roster = Roster(company, shifts=(on_shift("p_vice", -1, 1),))

    assert ladder(roster, "dispatcher", "east", NOON)[0].people == ("p_east",)


ROLES = ("r0", "r1", "r2", "r3")
REGIONS = tuple(COMPANY.regions)
posts = st.builds(
    Post,
    role=st.sampled_from(ROLES),
    region=st.sampled_from(REGIONS),
    rank=st.sampled_from(["holder", "deputy"]),
)


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """Companies of up to eight people in four roles, circles included."""
    word = Text(zh="甲", en="A")
    roles = {
        role: Role(
            name=word,
            department="security",
            scope=draw(st.sampled_from(["region", "company"])),
            reports_to=draw(st.sampled_from([None, *ROLES])),
        )
        for role in ROLES
    }
    people = {
        f"p{n}": Person(name="甲", roles=tuple(held))
        for n, held in enumerate(draw(st.lists(st.lists(posts, max_size=3), max_size=8)))
    }
    parts = {"roles": roles, "people": people, "command": ("r0",)}
    return Roster(Company.model_construct(**(dict(COMPANY) | parts)))


@given(rosters(), st.sampled_from(ROLES), st.sampled_from(REGIONS))
def test_every_ladder_ends_with_everyone_in_command_and_tells_nobody_twice_before(
    roster: Roster, role: str, region: str
) -> None:
    *before, last = ladder(roster, role, region, NOON)
    told = [person for rung in before for person in rung.people]

    assert last == Rung("command", None, roster.command())
    assert len(told) == len(set(told))
    assert all(rung.people for rung in before)
    assert set(told) == {
        *roster.holders(role, region),
        *roster.deputies(role, region),
        *roster.superiors(role, region),
    }


@given(rosters(), st.sampled_from(ROLES), st.sampled_from(REGIONS))
def test_everybody_told_after_the_deputies_stands_above_the_role(
    roster: Roster, role: str, region: str
) -> None:
    for rung in ladder(roster, role, region, NOON):
        if rung.kind in ("superior", "command"):
            assert all(roster.stands_above(person, role, region, NOON) for person in rung.people)
