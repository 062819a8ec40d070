"""The chapter on command, O2: a red storm is a major incident. Who commands, that nobody does, and
that everything else goes on; in either language, with the library's plan."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from handlers.telling.happening import brief
from plans.incident import StepStatus
from plans.text import Lang
from tests.chat.storm import DEPUTY, DISPATCHER, HEAD, KEEPER, LEADER, OFFICE, Storm, a_storm

LEADERS = "leading_group"
BRIEFING_LIMIT = 1100


@pytest_asyncio.fixture(params=["zh", "en"])
async def storm(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Storm]:
    lang: Lang = request.param
    async with a_storm(lang, tmp_path) as one:
        yield one


async def commander(storm: Storm) -> str | None:
    known = (await storm.town.incident(1)).headquarters
    return known.commander if known is not None else None


def acting(storm: Storm) -> str:
    return storm.word("command.line_acting", name="宋必达", by="傅领航", silent="")


async def red_while_both_are_away(storm: Storm) -> None:
    await storm.leaves(LEADER)
    await storm.leaves(DEPUTY)
    storm.town.ignore()
    await storm.warned("red")


async def test_red_sets_up_a_headquarters_under_the_leader_who_is_briefed(storm: Storm) -> None:
    town = storm.town
    await storm.warned("orange")
    assert await commander(storm) is None
    await storm.coloured("red")
    assert await commander(storm) == LEADER
    deputy = storm.word("command.deputy", name="傅领航")
    line = storm.word("command.line_chief", name="丁海针", deputy=deputy, silent="")
    briefing = town.card(storm.person(LEADER), line)
    stop = brief(storm.plan.step("stop_driving").do.in_(storm.lang))
    for words in (storm.answer("level", "red"), stop):
        assert words in briefing
    assert len(briefing) <= BRIEFING_LIMIT
    # One message says both: the colour, and who commands.
    levelled = storm.word("levels.headquarters")
    for reader in (storm.person(HEAD), storm.person(DISPATCHER), storm.person(DEPUTY), LEADERS):
        assert line in town.card(reader, levelled)
    assert not [text for text in storm.private(LEADER) if levelled in text]
    note = storm.word("command.note")
    assert await storm.person(LEADER).presses(note) == storm.word("command.toast_noted", number=1)


async def test_the_deputy_commands_while_the_leader_is_away(storm: Storm) -> None:
    await storm.leaves(LEADER)
    await storm.warned("red")
    assert await commander(storm) == DEPUTY


async def test_both_away_nobody_authorises_for_two_hours_and_steps_go_on(storm: Storm) -> None:
    """Pings climb, everyone in command sees that there is no commander yet; nothing waits."""
    town = storm.town
    await red_while_both_are_away(storm)
    nobody = storm.word("command.line_nobody")
    asked = {LEADER: 0, DEPUTY: 0, LEADERS: 0}
    for minute in range(10, 121, 10):
        await town.at(minute)
        new = town.new()
        for who in asked:
            asked[who] += sum(nobody in text for text in new.get(who, []))
        assert await commander(storm) is None
        if minute == 20:
            await storm.made_safe()  # the steps go on
        if minute == 40:
            await storm.proposed()
    # Whoever is in command is asked again and again, at least every ten minutes.
    assert all(count >= 10 for count in asked.values()), asked
    for step in ("prepare", "stop_driving", "watch_store", "propose", "adjust"):
        assert await storm.of(step) is StepStatus.DONE
    # An open step climbs as ever: whoever is silent does not hold it up.
    assert await storm.lines("step_escalated")
    await storm.person(OFFICE).types("/incident 1")
    assert nobody in town.card(storm.person(OFFICE), "📄")
    assert len(await storm.lines("commander_sought")) >= 10


async def test_one_press_from_far_away_authorises_and_whoever_acts_is_briefed(
    storm: Storm,
) -> None:
    town = storm.town
    await red_while_both_are_away(storm)
    await town.at(30)
    press = storm.word("command.authorise", name="宋必达")
    done = storm.word("command.toast_authorised", name="宋必达")
    assert await storm.person(DEPUTY).presses(press) == done
    assert await commander(storm) == HEAD
    briefing = town.card(storm.person(HEAD), storm.word("command.brief_facts")[3:-4])
    assert acting(storm) in briefing
    assert storm.answer("level", "red") in briefing
    assert len(briefing) <= BRIEFING_LIMIT
    for reader in (storm.person(LEADER), storm.person(OFFICE), LEADERS):
        assert acting(storm) in town.card(reader, acting(storm))
    # A chief's rights in this incident: to do what is the keeper's.
    await storm.person(HEAD).presses(storm.word("command.note"))
    town.ignore()
    await town.at(90)
    nobody = storm.word("command.line_nobody")
    assert not [text for texts in town.new().values() for text in texts if nobody in text]
    [event] = await storm.lines("commander_authorised")
    assert (event.by, event.person) == (DEPUTY, HEAD)  # type: ignore[union-attr]


async def test_a_chief_who_is_back_takes_over_and_whoever_acted_is_relieved(storm: Storm) -> None:
    town = storm.town
    await red_while_both_are_away(storm)
    await storm.person(DEPUTY).presses(storm.word("command.authorise", name="宋必达"))
    leader = storm.person(LEADER)
    await leader.types("/duty")
    await leader.presses(storm.word("duty.back"))
    assert await commander(storm) == HEAD  # never by itself
    await leader.presses(storm.word("command.take"))
    assert await commander(storm) == LEADER
    relieved = storm.either("您不再指挥", "you command it no more")
    assert town.card(storm.person(HEAD), relieved)
    # The storm weakens: the headquarters stays until it is stood down by a press.
    await storm.coloured("yellow")
    assert await commander(storm) == LEADER
    await leader.presses(storm.word("command.down"))
    assert (await town.incident(1)).headquarters is None
    assert await storm.of("watch_store") is not StepStatus.OPEN


async def test_whoever_cannot_is_not_a_chief(storm: Storm) -> None:
    await red_while_both_are_away(storm)
    await storm.town.at(12)
    shown = storm.town.message(storm.person(HEAD), storm.word("command.line_nobody"))
    assert storm.word("command.authorise", name="宋必达") not in shown.labels
    assert not [
        label
        for label in storm.town.message(storm.person(KEEPER), "#1").labels
        if label.startswith(storm.word("command.authorise", name=""))
    ]
