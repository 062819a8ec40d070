"""Whom to tell, rung by rung, until somebody takes it."""

from hypothesis import given
from hypothesis import strategies as st

from plans.company import Company, Person, Post, Role
from plans.roster import Roster, Rung, ladder
from plans.text import Text
from tests.plans.small_company import small_company

COMPANY = small_company()
ROSTER = Roster(COMPANY)
COMMAND = Rung("command", None, ("p_top", "p_head"))


def test_from_the_holder_up_to_everyone_in_command() -> None:
    assert ladder(ROSTER, "dispatcher", "east") == (
        Rung("holder", "dispatcher", ("p_east",)),
        Rung("deputy", "dispatcher", ("p_vice",)),
        Rung("superior", "head", ("p_head",)),
        Rung("superior", "leader", ("p_top",)),
        COMMAND,
    )


def test_where_nobody_holds_the_role_the_next_above_is_first() -> None:
    assert ROSTER.holders("dispatcher", "hq") == ()
    assert ladder(ROSTER, "dispatcher", "hq")[0] == Rung("superior", "head", ("p_head",))


def test_somebody_who_is_their_own_superior_is_told_once() -> None:
    assert ladder(ROSTER, "driver", "north")[:2] == (
        Rung("holder", "driver", ("p_north",)),
        Rung("superior", "head", ("p_head",)),
    )


def test_a_role_nobody_knows_goes_straight_to_command() -> None:
    assert ladder(ROSTER, "cook", "east") == (COMMAND,)


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
    *before, last = ladder(roster, role, region)
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
    for rung in ladder(roster, role, region):
        if rung.kind in ("superior", "command"):
            assert all(roster.stands_above(person, role, region) for person in rung.people)
