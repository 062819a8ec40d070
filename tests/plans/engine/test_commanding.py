"""Who directs a major incident: by post at the beginning, by a chief's press ever after."""

import pytest

from plans import commands as c
from plans.heads import heads
from plans.incident import HeadquartersState
from plans.rights import may_close, may_lower, may_reassign
from plans.roster import Roster
from tests.plans.engine.storm import FLOOD, STORM
from tests.plans.engine.town import Talk, Town, minute, plan_of

LEADER, DEPUTY, HEAD, GUARD = "p_ding", "p_fu", "p_song", "p_an_rs"


def a_storm(town: Town | None = None, level: str = "red") -> Talk:
    talk = Talk(plan_of(STORM), town or Town())
    talk.starts("p_ye", level=level)
    return talk


def headquarters(talk: Talk) -> HeadquartersState:
    assert talk.state.headquarters is not None
    return talk.state.headquarters


def both_away(until: float = 600) -> Town:
    return Town().sends_away(LEADER, until).sends_away(DEPUTY, until)


def authorises(talk: Talk, by: str, person: str, instead: str | None = None) -> list[str]:
    return talk.tell(c.AuthoriseCommander(minute(talk.now), by, person, instead))


def takes_over(talk: Talk, by: str) -> list[str]:
    return talk.tell(c.RelieveCommander(minute(talk.now), by, by))


def lays_down(talk: Talk, by: str) -> list[str]:
    return talk.tell(c.RelieveCommander(minute(talk.now), by))


def stands_down(talk: Talk, by: str) -> list[str]:
    return talk.tell(c.StandDownHeadquarters(minute(talk.now), by))


def there(talk: Talk) -> Roster:
    return talk.town.roster.for_incident(talk.state.number)


# Setting up


def test_the_first_chief_who_is_there_commands_and_the_next_is_deputy() -> None:
    talk = Talk(plan_of(STORM))
    assert f"headquarters: chief {LEADER}, deputy {DEPUTY}" in talk.starts("p_ye", level="red")


def test_the_deputy_commands_while_the_leader_is_away() -> None:
    talk = a_storm(Town().sends_away(LEADER, 600))
    assert headquarters(talk).commander == DEPUTY
    assert headquarters(talk).deputy is None


def test_a_lower_level_needs_none_until_it_rises() -> None:
    talk = a_storm(level="yellow")
    assert talk.state.headquarters is None
    assert f"headquarters: chief {LEADER}, deputy {DEPUTY}" in talk.records("p_ye", "level", "red")


def test_anybody_with_command_there_declares_it_and_nobody_else() -> None:
    talk = Talk(plan_of(FLOOD))
    talk.starts("p_lu", deep=3)
    assert talk.tell(c.DeclareMajor(minute(0), "p_lu")) == ["refused: no_part"]
    assert talk.tell(c.DeclareMajor(minute(0), "p_zhou")) == ["refused: no_part"]
    said = talk.tell(c.DeclareMajor(minute(0), "p_an_ph"))
    assert said == [f"headquarters: chief {LEADER}, deputy {DEPUTY}"]
    assert talk.tell(c.DeclareMajor(minute(0), "p_ye")) == ["refused: major_already"]


def test_whoever_cannot_be_told_is_passed_over_like_one_who_is_away() -> None:
    assert headquarters(a_storm(Town().never_knew(LEADER))).commander == DEPUTY
    assert headquarters(a_storm(Town().loses(LEADER))).commander == DEPUTY


# Nobody is there


def test_both_away_for_an_hour_nobody_commands_and_the_steps_go_on() -> None:
    talk = a_storm(both_away())
    said = talk.passes_to(60)
    sought = [line for line in said if "commander sought" in line]
    assert [line.partition(":")[0] for line in sought] == ["5", "15", "25", "35", "45", "55"]
    assert all(f"asked {LEADER} {DEPUTY}" in line for line in sought)
    assert all(HEAD in line and GUARD in line for line in sought)
    assert headquarters(talk).commander is None
    assert there(talk).acting == ()
    assert any("stop to deputy" in line for line in said)
    assert any("stop to command" in line for line in said)


def test_only_a_chief_authorises_and_only_a_head_who_can_be_told() -> None:
    talk = a_storm(both_away())
    assert authorises(talk, "p_ye", HEAD) == ["refused: no_chief"]
    assert authorises(talk, HEAD, HEAD) == ["refused: no_chief"]
    assert authorises(talk, DEPUTY, "p_an_ph") == ["refused: no_head p_an_ph"]
    assert authorises(talk, DEPUTY, LEADER) == [f"refused: out_of_reach {LEADER}"]
    assert authorises(talk, DEPUTY, HEAD) == [f"{DEPUTY} authorised {HEAD} instead of None"]


def test_two_chiefs_press_at_once_and_the_first_counts() -> None:
    talk = a_storm(both_away())
    authorises(talk, LEADER, HEAD)
    assert authorises(talk, DEPUTY, GUARD) == [f"refused: commanded {HEAD}"]
    assert authorises(talk, DEPUTY, HEAD) == [f"refused: commanded {HEAD}"]
    assert headquarters(talk).acting == HEAD


def test_another_is_authorised_by_a_chief_who_has_seen_who_acts() -> None:
    talk = a_storm(both_away())
    authorises(talk, LEADER, HEAD)
    said = authorises(talk, DEPUTY, GUARD, instead=HEAD)
    assert said == [f"{DEPUTY} authorised {GUARD} instead of {HEAD}"]


def test_without_any_chief_to_reach_whoever_is_in_command_speaks_for_one() -> None:
    town = Town().never_knew(LEADER, DEPUTY)
    written = town.company.model_dump()
    written["command"] = [*written["command"], "duty_officer"]
    town.company = type(town.company).model_validate(written)
    talk = a_storm(town)
    assert headquarters(talk).asked == ()
    assert authorises(talk, GUARD, HEAD) == ["refused: no_chief"]
    assert authorises(talk, "p_ye", HEAD) == [f"p_ye authorised {HEAD} instead of None"]


# Acting


def test_the_acting_commander_has_a_chiefs_rights_here_only() -> None:
    talk = Talk(plan_of(FLOOD), both_away())
    talk.starts("p_lu", deep=3)
    talk.tell(c.DeclareMajor(minute(0), "p_ye"))
    state, plan = talk.state.steps["pump"], plan_of(FLOOD)
    head = "p_gong"
    assert not may_reassign(there(talk), talk.state, state, head)
    authorises(talk, LEADER, head)
    assert may_reassign(there(talk), talk.state, state, head)
    assert may_close(there(talk), plan, talk.state, head, minute(0))
    assert may_lower(there(talk), plan, talk.state, "level", head, minute(0))
    assert head in there(talk).command()
    elsewhere, other = talk.town.roster, talk.state.model_copy(update={"number": 99})
    assert not may_reassign(elsewhere, other, state, head)
    assert head not in elsewhere.for_incident(99).command()
    # Whoever asks need not have taken the roster for the incident first.
    assert may_reassign(elsewhere, talk.state, state, head)
    assert may_close(elsewhere, plan, talk.state, head, minute(0))
    assert not may_close(elsewhere, plan, other, head, minute(0))
    talk.town.people.pop(LEADER)
    takes_over(talk, LEADER)
    assert not may_reassign(there(talk), talk.state, state, head)


def test_the_last_rung_of_an_escalation_includes_whoever_acts() -> None:
    talk = a_storm(both_away())
    authorises(talk, LEADER, HEAD)
    said = [line for line in talk.passes_to(60) if "stop to command" in line]
    assert HEAD in said[0]


def test_silence_of_whoever_acts_is_told_and_any_word_of_theirs_ends_it() -> None:
    talk = a_storm(both_away())
    authorises(talk, LEADER, HEAD)
    said = talk.passes_to(6)
    assert any(f"commander sought (silent {HEAD})" in line for line in said)
    assert headquarters(talk).commander == HEAD
    assert f"{HEAD} knows of the command" in talk.acknowledges(HEAD, "stop")
    assert headquarters(talk).seek_at is None


def test_whoever_acts_lays_it_down_and_is_not_replaced_by_silence() -> None:
    talk = a_storm(both_away())
    authorises(talk, LEADER, HEAD)
    assert lays_down(talk, GUARD) == ["refused: no_chief"]
    said = lays_down(talk, HEAD)
    assert said[0] == f"{HEAD} relieved {HEAD}; None commands"
    assert said[1].startswith("commander sought (nobody None)")
    assert headquarters(talk).commander is None


def test_whoever_acts_leaves_and_is_sought_until_they_are_back() -> None:
    talk = a_storm(both_away())
    authorises(talk, LEADER, HEAD)
    talk.town.sends_away(HEAD, 90)
    assert talk.passes()[0].startswith(f"commander sought (away {HEAD})")
    assert headquarters(talk).commander is None
    assert headquarters(talk).appointed == HEAD
    talk.town.people.pop(HEAD)
    assert talk.passes() == [f"{HEAD} is there again to command"]


def test_whoever_acts_is_lost_and_sought_at_once() -> None:
    talk = a_storm(both_away())
    authorises(talk, LEADER, HEAD)
    assert any(f"commander sought (unreachable {HEAD})" in line for line in talk.loses(HEAD))
    said = authorises(talk, DEPUTY, GUARD)
    assert said == [f"{DEPUTY} authorised {GUARD} instead of {HEAD}"]


# Chiefs


def test_a_chief_who_is_away_cannot_take_over_and_one_who_is_back_can() -> None:
    talk = a_storm(both_away())
    authorises(talk, LEADER, HEAD)
    assert takes_over(talk, DEPUTY) == ["refused: not_there"]
    talk.town.people.pop(DEPUTY)
    assert talk.passes() == []
    assert headquarters(talk).commander == HEAD
    assert takes_over(talk, DEPUTY) == [f"{DEPUTY} relieved {HEAD}; {DEPUTY} commands"]
    assert takes_over(talk, DEPUTY) == ["refused: commands_already"]
    talk.town.people.pop(LEADER)
    assert takes_over(talk, LEADER) == [f"{LEADER} relieved {DEPUTY}; {LEADER} commands"]
    assert takes_over(talk, DEPUTY) == [f"refused: commanded {LEADER}"]


def test_a_chief_in_office_who_leaves_is_followed_by_a_press_only() -> None:
    talk = a_storm()
    talk.town.sends_away(LEADER, 600)
    assert talk.passes()[0].startswith(f"commander sought (away {LEADER}): asked {LEADER} {DEPUTY}")
    talk.passes_to(60)
    assert headquarters(talk).commander is None
    assert takes_over(talk, DEPUTY) == [f"{DEPUTY} relieved {LEADER}; {DEPUTY} commands"]


def test_nobody_authorises_over_a_chief_before_them() -> None:
    talk = a_storm()
    assert authorises(talk, DEPUTY, HEAD, instead=LEADER) == [f"refused: commanded {LEADER}"]
    assert authorises(talk, LEADER, HEAD) == [f"refused: commanded {LEADER}"]
    said = authorises(talk, LEADER, HEAD, instead=LEADER)
    assert said == [f"{LEADER} authorised {HEAD} instead of {LEADER}"]


# Its end


def test_it_is_stood_down_by_a_press_once_the_level_has_fallen() -> None:
    talk = a_storm()
    assert stands_down(talk, LEADER) == ["refused: still_major"]
    talk.records("p_ye", "level", "yellow")
    assert headquarters(talk).commander == LEADER
    assert stands_down(talk, "p_ye") == ["refused: no_chief"]
    assert stands_down(talk, LEADER) == [f"{LEADER} stood the headquarters of {LEADER} down"]
    assert talk.state.headquarters is None
    assert stands_down(talk, LEADER) == ["refused: no_headquarters"]


def test_nobody_is_sought_for_what_is_over() -> None:
    talk = a_storm(both_away())
    talk.completes("p_an_ph", "stop")
    talk.completes("p_ye", "close")
    assert talk.state.status == "closed"
    assert talk.state.due_next() is None


@pytest.mark.parametrize("command", [c.NoteCommand, c.StandDownHeadquarters, c.RelieveCommander])
def test_without_a_headquarters_there_is_nothing_to_command(command: type) -> None:
    talk = a_storm(level="yellow")
    assert talk.tell(command(minute(0), LEADER)) == ["refused: no_headquarters"]


# What is easily got wrong


def test_a_chief_who_reports_it_knows_of_it() -> None:
    talk = Talk(plan_of(STORM))
    talk.starts(LEADER, level="red")
    assert headquarters(talk).noted
    assert not [line for line in talk.passes_to(60) if "sought" in line]


def test_a_silent_leader_is_told_of_it_and_the_deputy_asked_who_may_take_over() -> None:
    talk = a_storm()
    said = [line for line in talk.passes_to(6) if "sought" in line]
    assert said == [f"5: commander sought (silent {LEADER}): asked {DEPUTY}; again 10"]
    assert headquarters(talk).commander == LEADER
    assert takes_over(talk, DEPUTY) == [f"{DEPUTY} relieved {LEADER}; {DEPUTY} commands"]


def test_a_deputy_does_not_lay_the_leaders_command_down() -> None:
    talk = a_storm()
    assert lays_down(talk, DEPUTY) == [f"refused: commanded {LEADER}"]
    assert lays_down(talk, LEADER)[0] == f"{LEADER} relieved {LEADER}; None commands"


def test_without_any_chief_to_ask_the_others_are_told_at_once() -> None:
    talk = Talk(plan_of(STORM), Town().never_knew(LEADER, DEPUTY))
    said = [line for line in talk.starts("p_ye", level="red") if "sought" in line]
    assert HEAD in said[0].partition("told")[2]


def test_whom_the_plan_does_not_propose_is_told_once() -> None:
    talk = a_storm(both_away())
    told = [line for line in talk.passes_to(40) if "sought" in line]
    assert ["p_qian" in line for line in told] == [True, False, False, False]


def test_heads_are_no_chiefs_and_lead_a_department_of_the_whole_company() -> None:
    talk = a_storm()
    found = heads(talk.plan, there(talk), talk.state, minute(0))
    assert [head.person for head in found[:2]] == [HEAD, GUARD]
    assert [head.named for head in found[:3]] == [True, True, False]
    people = {head.person for head in found}
    assert not people & {LEADER, DEPUTY}
    assert {head.role for head in found} <= {
        role for role, known in talk.town.company.roles.items() if known.scope == "company"
    }


def test_a_head_who_is_away_or_out_of_reach_is_not_proposed() -> None:
    talk = a_storm(both_away().sends_away(HEAD, 600).loses(GUARD))
    found = {head.person for head in heads(talk.plan, there(talk), talk.state, minute(0))}
    assert found
    assert not found & {HEAD, GUARD}
    assert authorises(talk, DEPUTY, HEAD) == [f"refused: out_of_reach {HEAD}"]


def test_nobody_speaks_for_a_chief_whom_the_bot_can_reach() -> None:
    town = both_away()
    written = town.company.model_dump()
    written["command"] = [*written["command"], "duty_officer"]
    written["roles"]["duty_officer"]["reports_to"] = None
    town.company = type(town.company).model_validate(written)
    talk = a_storm(town)
    assert authorises(talk, "p_ye", HEAD) == ["refused: no_chief"]


def test_who_authorised_whom_is_kept() -> None:
    talk = a_storm(both_away())
    authorises(talk, DEPUTY, HEAD)
    assert headquarters(talk).authorised_by == DEPUTY
    talk.town.people.clear()
    takes_over(talk, LEADER)
    assert headquarters(talk).authorised_by is None
    assert talk.state.directed_by == (HEAD, LEADER, DEPUTY)


def test_time_alone_never_gives_the_command_to_anybody() -> None:
    talk = a_storm(both_away())
    talk.passes_to(12 * 60)
    assert {e.type for e in talk.events} & {"commander_authorised", "commander_relieved"} == set()
