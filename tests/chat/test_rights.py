"""The table of rights is what happens: every command and every button, pressed by everybody,
everywhere, about incidents in every state.

What is expected is worked out from the table alone. A command or button without a row fails, as
does a row without a handler.
"""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import get_args

import pytest_asyncio

from handlers.access import COMMANDS, PRESSES, Rule, meets
from handlers.build import OWN_COMMANDS
from handlers.buttons import Verb, mark_of
from handlers.catalogue import catalogue, say
from handlers.presses import HANDLERS, NAMES_NO_INCIDENT
from plans.model import PersonId
from plans.rights import may_inform
from plans.text import Lang
from tests.chat.doorway import (
    ANONYMOUS,
    CLOSED,
    FOREIGN,
    MERGED,
    NONE,
    NOW,
    OPEN,
    Doorway,
    Happened,
    a_doorway,
)

EAST = -1007000001
RETIRED, AWAY = PersonId("p_xing"), PersonId("p_dai")
STRANGER, APPLICANT = 799001, 799002
# What may be changed by somebody whom the company does not know.
FORMS = frozenset({"strangers", "visits", "applications", "claim"})
MEMBERS = {
    "driver": "p_lu",
    "driver elsewhere": "p_ma",
    "account manager": "p_chang",
    "dispatcher": "p_an_ph",
    "dispatcher elsewhere": "p_zhou",
    "head": "p_song",
    "leader": "p_ding",
    "administrator": "p_max",
    "away": str(AWAY),
}
STATES = {"open": OPEN, "closed": CLOSED, "merged": MERGED, "none": NONE}


@pytest_asyncio.fixture
async def doorway(tmp_path: Path) -> AsyncIterator[Doorway]:
    async with a_doorway(tmp_path, RETIRED, AWAY, APPLICANT) as found:
        yield found


def test_every_row_has_a_handler_and_every_handler_a_row() -> None:
    assert set(COMMANDS) == set(OWN_COMMANDS)
    assert set(PRESSES) == set(HANDLERS) == set(get_args(Verb))


async def test_commands(doorway: Doorway) -> None:
    wrong: list[str] = []
    for name, rule in COMMANDS.items():
        for state, number in STATES.items():
            for role, who, chat in everybody(doorway):
                happened = await doorway.command(name, str(number), who, chat)
                why = expected(doorway, rule, who, chat)
                if mistake := judged_command(doorway, happened, why, who, chat):
                    wrong.append(f"/{name} by {role} in {chat} ({state}): {mistake}")
    assert not wrong, "\n".join(wrong[:20])


async def test_buttons(doorway: Doorway) -> None:
    wrong: list[str] = []
    for verb, rule in PRESSES.items():
        for state, number in STATES.items():
            for role, who, chat in everybody(doorway):
                why = expected(doorway, rule, who, chat)
                # What is refused is refused for the verb, whatever stands behind it.
                for data in pressable(verb, number)[: 1 if why else None]:
                    happened = await doorway.press(data, who, chat)
                    mistake = judged_press(doorway, happened, why, who)
                    mistake = mistake or touched(doorway, happened, verb, number, who)
                    if mistake:
                        wrong.append(f"{data} by {role} in {chat} ({state}): {mistake}")
            if verb in NAMES_NO_INCIDENT:
                break
    assert not wrong, "\n".join(wrong[:20])


async def test_a_label_of_the_keyboard_is_the_command_it_stands_for(doorway: Doorway) -> None:
    wrong: list[str] = []
    for key, label in catalogue().items():
        topic, _, name = key.partition(".")
        if topic != "keyboard" or name not in COMMANDS:
            continue
        for role, who, chat in everybody(doorway):
            if chat == who:
                happened = await doorway.says(label.zh, who, chat)
                why = expected(doorway, COMMANDS[name], who, chat)
                if mistake := judged_command(doorway, happened, why, who, chat):
                    wrong.append(f"{label.zh} by {role}: {mistake}")
    assert not wrong, "\n".join(wrong[:20])


def everybody(doorway: Doorway) -> Iterator[tuple[str, int, int]]:
    """Who, and in which chat: in private, in a group of the company, in one that is not."""
    people = doorway.desk.company.people
    accounts = {role: people[PersonId(id_)].telegram for role, id_ in MEMBERS.items()}
    accounts |= {"retired": people[RETIRED].telegram, "stranger": STRANGER, "applicant": APPLICANT}
    for role, account in accounts.items():
        assert account is not None
        for chat in (account, EAST, FOREIGN):
            yield role, account, chat
    yield "anonymous", ANONYMOUS, EAST


def expected(doorway: Doorway, rule: Rule, who: int, chat: int) -> str:
    """Why it is refused, by the table; "" when it is not; "unknown" for whom the company does not
    know."""
    person = doorway.roster.person_by_telegram(who)
    if who == ANONYMOUS:
        return "general.anonymous"
    if person is None:
        return "unknown"
    if chat == FOREIGN and not rule.anywhere:
        return "unknown_group"
    if not meets(doorway.roster, person, rule.needs):
        return f"refusals.needs_{rule.needs}"
    return "refusals.private_only" if rule.private and chat < 0 else ""


def judged_command(doorway: Doorway, happened: Happened, why: str, who: int, chat: int) -> str:
    """What is wrong with it; "" when nothing is."""
    if happened.passed != (not why):
        return f"passed {happened.passed}, although {why or 'nothing is against it'}"
    if not why:
        return ""
    if why == "unknown":
        return strayed(happened)
    lang = language(doorway, who, chat)
    if why == "unknown_group":
        lang, why = language(doorway, who, who), "general.unknown_group"
    said = (say(lang, why, id=chat),)
    return "" if (happened.said, happened.changed) == (said, frozenset()) else repr(happened)


def judged_press(doorway: Doorway, happened: Happened, why: str, who: int) -> str:
    if who == ANONYMOUS:
        return strayed(happened)
    if happened.passed != (not why):
        return f"passed {happened.passed}, although {why or 'nothing is against it'}"
    if len(happened.answers) != 1:
        return f"answered {len(happened.answers)} times"
    if not why:
        return ""
    if why == "unknown":
        return strayed(happened)
    lang = language(doorway, who, who)
    if why == "unknown_group":  # said in the company's language: nobody is looked up for it
        lang, why = doorway.roster.company.language, "refusals.unknown_group"
    answer = say(lang, why).unescape()
    right = happened.answers == (answer,) and happened.refused and not happened.said
    return "" if right and not happened.changed else repr(happened)


def strayed(happened: Happened) -> str:
    """Whom the company does not know may fill in a form, and nothing else."""
    changed = happened.changed - FORMS
    return f"changed {sorted(changed)}" if changed or happened.passed else ""


def touched(doorway: Doorway, happened: Happened, verb: Verb, number: int, who: int) -> str:
    """An incident in which somebody has no part, or that is over, stays as it is."""
    person = doorway.roster.person_by_telegram(who)
    incident = doorway.incidents.get(number)
    if verb in NAMES_NO_INCIDENT or "incidents" not in happened.changed:
        return ""
    if incident is None or not incident.is_open:
        return "changed an incident that is over"
    if person is None or not may_inform(doorway.roster, incident, person, NOW):
        return "changed an incident in which they have no part"
    return ""


def pressable(verb: Verb, number: int) -> list[str]:
    """What may stand in such a button, right or wrong: it is data, never trusted."""
    _, count = HANDLERS[verb]
    firsts = ["1", "x"] if verb in NAMES_NO_INCIDENT else [str(number)]
    seconds = ["send_spare", "blocked"]
    thirds = ["yes", mark_of("p_an_ph")]
    filled = [(a, b, c) for a in firsts for b in seconds for c in thirds]
    return list(dict.fromkeys(":".join((verb, *args[:count])) for args in filled))


def language(doorway: Doorway, who: int, chat: int) -> Lang:
    """Groups have their own."""
    person = doorway.roster.person_by_telegram(who)
    own = doorway.roster.language_of(person) if person is not None else "zh"
    return own if chat > 0 else "zh"
