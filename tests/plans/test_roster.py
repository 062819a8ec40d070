"""Who is there now: the company file, and what has changed since."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from plans.company import PersonId
from plans.roster import GroupState, PersonState, Roster, Shift
from tests.plans.small_company import small_company

COMPANY = small_company()
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
AS_IN_THE_FILE = Roster(COMPANY)


def with_people(*states: PersonState) -> Roster:
    return Roster(COMPANY, people={state.person: state for state in states})


def with_groups(*states: GroupState) -> Roster:
    return Roster(COMPANY, groups={state.group: state for state in states})


def away(person: PersonId, stand_in: PersonId | None = None, hours: int = 1) -> PersonState:
    telegram = COMPANY.people[person].telegram
    until = NOON + timedelta(hours=hours)
    return PersonState(
        person=person, telegram=telegram, language="zh", away_until=until, stand_in=stand_in
    )


def test_without_changes_a_person_is_as_the_file_says() -> None:
    state = AS_IN_THE_FILE.state("p_east")

    assert state == PersonState(person="p_east", telegram=21, language="zh")
    assert AS_IN_THE_FILE.language_of("p_paper") == "en"
    assert AS_IN_THE_FILE.person_by_telegram(21) == "p_east"
    assert [post.role for post in AS_IN_THE_FILE.roles_of("p_north")] == ["dispatcher", "driver"]


def test_somebody_unknown_is_nobody() -> None:
    assert AS_IN_THE_FILE.person("p_ghost") is None
    assert AS_IN_THE_FILE.state("p_ghost") is None
    assert AS_IN_THE_FILE.roles_of("p_ghost") == ()
    assert AS_IN_THE_FILE.language_of("p_ghost") == "zh", "the company's first language"
    assert AS_IN_THE_FILE.person_by_telegram(999) is None
    assert AS_IN_THE_FILE.can_be_told("p_ghost", NOON) == "no_telegram"


def test_a_new_telegram_account_replaces_the_one_in_the_file() -> None:
    roster = with_people(PersonState(person="p_east", telegram=77, language="en"))

    assert roster.person_by_telegram(77) == "p_east"
    assert roster.person_by_telegram(21) is None
    assert roster.person_by_telegram(22) == "p_vice"
    assert roster.language_of("p_east") == "en"


def test_a_state_of_somebody_no_longer_in_the_file_gives_no_rights() -> None:
    roster = with_people(PersonState(person="p_left", telegram=88, language="zh"))

    assert roster.person_by_telegram(88) is None
    assert roster.state("p_left") is None


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        (PersonState(person="p_east", telegram=21, language="zh"), "yes"),
        (PersonState(person="p_east", telegram=21, language="zh", started=False), "yes"),
        (PersonState(person="p_east", telegram=None, language="zh"), "no_telegram"),
        (PersonState(person="p_east", telegram=21, language="zh", reachable=False), "unreachable"),
        (away("p_east"), "away"),
        (away("p_east", hours=0), "yes"),
    ],
)
def test_whether_somebody_can_be_told(state: PersonState, answer: str) -> None:
    assert with_people(state).can_be_told("p_east", NOON) == answer


@pytest.mark.parametrize(
    ("states", "acting"),
    [
        ([], "p_east"),
        ([away("p_east")], "p_east"),
        ([away("p_east", stand_in="p_vice")], "p_vice"),
        ([away("p_east", stand_in="p_vice", hours=-1)], "p_east"),
        ([away("p_east", stand_in="p_vice"), away("p_vice", stand_in="p_north")], "p_north"),
        ([away("p_east", stand_in="p_vice"), away("p_vice")], "p_east"),
        ([away("p_east", stand_in="p_vice"), away("p_vice", stand_in="p_east")], "p_east"),
        ([away("p_east", stand_in="p_east")], "p_east"),
    ],
)
def test_who_acts_for_somebody_who_is_away(states: list[PersonState], acting: PersonId) -> None:
    assert with_people(*states).acting_for("p_east", NOON) == acting


def test_superiors_come_nearest_first() -> None:
    assert AS_IN_THE_FILE.superiors("driver", "east") == ("p_east", "p_vice", "p_head", "p_top")
    assert AS_IN_THE_FILE.superiors("leader", None) == ()


def test_those_in_command_are_holders_and_deputies() -> None:
    assert AS_IN_THE_FILE.command() == ("p_top", "p_head")


def test_while_nobody_in_command_has_an_account_administrators_stand_in() -> None:
    def here(person: PersonId, telegram: int | None, **more: bool) -> PersonState:
        return PersonState(person=person, telegram=telegram, language="zh", **more)

    founder = here("p_east", 21, administrator=True)
    beginning = with_people(founder, here("p_top", None), here("p_head", None))
    assert beginning.command() == ("p_top", "p_head", "p_east")
    assert beginning.may("p_east", "command")
    begun = with_people(founder, here("p_top", None), here("p_head", 31))
    assert begun.command() == ("p_top", "p_head")
    assert not begun.may("p_east", "direct")


def test_administrators_are_those_named_or_else_those_in_command() -> None:
    named = Roster(COMPANY.model_copy(update={"administrators": ("head",)}))

    assert named.administrators() == ("p_head",)
    assert AS_IN_THE_FILE.administrators() == ("p_top", "p_head")


@pytest.mark.parametrize(
    ("person", "role", "region", "above"),
    [
        ("p_east", "driver", "east", True),
        ("p_vice", "driver", "east", True),
        ("p_head", "driver", "east", True),
        ("p_top", "driver", "east", True),
        ("p_top", "leader", None, True),
        ("p_north", "driver", "east", False),
        ("p_wheel", "driver", "east", False),
        ("p_vice", "dispatcher", "east", False),
        ("p_paper", "driver", "east", False),
    ],
)
def test_who_stands_above_a_role(
    person: PersonId, role: str, region: str | None, above: bool
) -> None:
    assert AS_IN_THE_FILE.stands_above(person, role, region, NOON) is above


def test_a_region_without_its_own_group_posts_in_the_company_wide_one() -> None:
    assert AS_IN_THE_FILE.group_for("distribution", "east") == "east_group"
    assert AS_IN_THE_FILE.group_for("security", "east") == "security_group"
    assert AS_IN_THE_FILE.group_for("distribution", "north") is None
    assert AS_IN_THE_FILE.group_for("kitchen", "east") is None


def test_headquarters_group_serves_where_there_is_no_company_wide_one() -> None:
    groups = list(COMPANY.groups)
    groups[1] = groups[1].model_copy(update={"region": "hq"})
    roster = Roster(COMPANY.model_copy(update={"groups": tuple(groups)}))

    assert roster.group_for("security", "north") == "security_group"


def test_a_group_the_bot_was_put_out_of_is_passed_over() -> None:
    out = GroupState(group="east_group", chat=-101, language="zh", usable=False)
    roster = with_groups(out)

    assert roster.chat_of("east_group") is None
    assert roster.group_for("distribution", "east") is None
    assert roster.group_by_chat(-101) == "east_group"


def test_after_a_migration_the_group_is_known_by_its_new_chat() -> None:
    moved = GroupState(group="east_group", chat=-100999, language="zh")
    roster = with_groups(moved)

    assert roster.chat_of("east_group") == -100999
    assert roster.group_by_chat(-100999) == "east_group"
    assert roster.group_by_chat(-101) is None


def test_a_group_speaks_its_language() -> None:
    languages: Mapping[str, str | None] = {
        group: state.language if (state := AS_IN_THE_FILE.group_state(group)) else None
        for group in ("east_group", "security_group", "no_group")
    }

    assert languages == {"east_group": "zh", "security_group": "en", "no_group": None}


def test_somebody_s_vehicle_is_the_one_they_drive_every_day() -> None:
    assert AS_IN_THE_FILE.vehicle_of("p_wheel") == "浙A10001"
    assert AS_IN_THE_FILE.vehicle_of("p_north") == "浙A10004", "not the spare they bring"
    assert AS_IN_THE_FILE.vehicle_of("p_top") == "浙A10003", "only a spare"
    assert AS_IN_THE_FILE.vehicle_of("p_head") is None


def shift(person: PersonId, role: str, region: str | None, hours: int = 1) -> Shift:
    until = NOON + timedelta(hours=hours)
    return Shift(id="s1", role=role, region=region, person=person, since=NOON, until=until)


def test_the_rota_names_who_is_on_duty_from_its_first_minute_to_before_its_last() -> None:
    roster = Roster(COMPANY, shifts=(shift("p_vice", "dispatcher", "east"),))

    assert roster.on_duty("dispatcher", "east", NOON) == ("p_vice",)
    assert roster.on_duty("dispatcher", "east", NOON + timedelta(hours=1)) == ()
    assert roster.on_duty("dispatcher", "east", NOON - timedelta(seconds=1)) == ()
    assert roster.on_duty("dispatcher", "north", NOON) == ()


def test_a_shift_gives_the_rights_of_its_role_while_it_lasts() -> None:
    roster = Roster(COMPANY, shifts=(shift("p_north", "dispatcher", "east"),))
    later = NOON + timedelta(hours=1)

    assert roster.stands_above("p_north", "driver", "east", NOON)
    assert not roster.stands_above("p_north", "driver", "east", later)
    assert roster.serves("p_north", "east", NOON)
    assert not roster.serves("p_north", "east", later)
    assert roster.serves("p_north", "north", later), "their own region"
    assert roster.serves("p_head", "east", later), "company-wide"


def test_whoever_stays_for_an_incident_is_there_for_it_alone() -> None:
    off = away("p_east", stand_in="p_vice").model_copy(update={"stays_for": frozenset({7})})
    roster = with_people(off)

    assert roster.can_be_told("p_east", NOON) == "away"
    assert roster.for_incident(8).can_be_told("p_east", NOON) == "away"
    assert roster.for_incident(7).can_be_told("p_east", NOON) == "yes"
    assert roster.for_incident(7).acting_for("p_east", NOON) == "p_east"
    assert roster.stand_in_of("p_east", NOON) == "p_vice"
    assert roster.for_incident(7).stand_in_of("p_east", NOON) is None


def test_who_stays_for_an_incident_is_on_duty_for_it_beside_the_rota() -> None:
    staying = away("p_east").model_copy(update={"stays_for": frozenset({7})})
    shifts = (shift("p_vice", "dispatcher", "east"),)
    roster = Roster(COMPANY, people={"p_east": staying}, shifts=shifts)

    assert roster.on_duty("dispatcher", "east", NOON) == ("p_vice",)
    assert roster.for_incident(7).on_duty("dispatcher", "east", NOON) == ("p_vice", "p_east")
