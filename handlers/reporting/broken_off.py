"""Broken off: a report that stopped half-way, and cannot begin without the rest.

In: the conversation and why not. Out: whoever reported told why; whoever answers for such reports
told to phone, with what was said so far. Forbidden here: letting it go without a word.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.catalogue import Html, plain, say
from handlers.desk import Desk
from handlers.documents import CONVERSATIONS, Conversation
from handlers.keyboard import keyboard
from handlers.reporting.said import forget, said_by
from handlers.reporting.starting import about_others
from handlers.telling.happening import Reader, brief
from handlers.telling.letters import Letters
from plans.engine.reporting import region_for
from plans.format import Plan
from plans.model import PersonId
from plans.place import Place
from plans.roster import Roster, ladder
from plans.text import Lang
from storage.delivery import Message, Urgency

SAID_SHOWN = 8


async def broken_off(
    letters: Letters,
    desk: Desk,
    talk: Conversation,
    plan: Plan | None,
    why: Callable[[Lang], Html],
) -> None:
    """The report ends here, not what it was about. `plan`: None where it is no more."""
    turn, person = letters.turn, talk.person
    told = whom_to_tell(letters.roster, talk, plan, turn.at)
    words = [brief(held.text) for held in await said_by(turn, person) if held.text]
    for one in told:
        await letters.person(
            one,
            lambda reader: Message(text=_ask_to_phone(talk, plan, words, why, reader)),
            Urgency.URGENT,
        )
    keys = keyboard(desk.plans, letters.roster, person)

    def say_why(reader: Reader) -> Message:
        key = "report.not_begun" if told else "report.not_begun_alone"
        rest = say(reader.lang, key, names=reader.names(told))
        return Message(text=f"{why(reader.lang)}\n{rest}", keyboard=keys)

    await letters.person(person, say_why, Urgency.URGENT)
    forget(turn, person)
    turn.put(CONVERSATIONS, about_others(talk, talk.chat))


def whom_to_tell(
    roster: Roster, talk: Conversation, plan: Plan | None, at: datetime
) -> tuple[PersonId, ...]:
    """The first who can be told of those who answer for such a report there, up to everyone in
    command; whoever stands in for them while they are away."""
    region = region_for(roster, talk.reporter or talk.person, talk.facts)
    rungs = ladder(roster, plan.close.by[0], region, at) if plan is not None else ()
    for people in (*(rung.people for rung in rungs), roster.command()):
        acting = dict.fromkeys(roster.acting_for(one, at) for one in people)
        others = (one for one in acting if one != talk.person)
        if there := tuple(one for one in others if roster.can_be_told(one, at) == "yes"):
            return there
    return ()


def _ask_to_phone(
    talk: Conversation,
    plan: Plan | None,
    words: Sequence[str],
    why: Callable[[Lang], Html],
    reader: Reader,
) -> Html:
    lang = reader.lang
    title = plan.title.in_(lang) if plan is not None else say(lang, "report.plan_unknown")
    said = [*(plain(one) for one in words), *_known(talk, plan, reader)]
    lines = [
        say(lang, "report.broken_off", title=title),
        why(lang),
        *said[:SAID_SHOWN],
        _by_whom(talk, reader),
    ]
    return Html("\n".join(lines))


def _known(talk: Conversation, plan: Plan | None, reader: Reader) -> Iterator[Html]:
    """What was answered; of a plan that is no more only the places say anything."""
    about = replace(reader, known=talk.facts.get)
    for name, value in talk.facts.items():
        if isinstance(value, Place):
            yield Html(f"📍 {reader.place(value)}")
        elif plan is not None and name in plan.ask:
            shown = about.brief_fact(plan, name, value)
            yield say(
                reader.lang, "cards.fact", what=plan.ask[name].called(reader.lang), value=shown
            )


def _by_whom(talk: Conversation, reader: Reader) -> Html:
    time = reader.time(talk.asked_at or reader.at)
    by, phone = reader.name(talk.person), reader.phone(talk.person)
    if talk.reporter is None and not talk.reporter_name:
        return say(reader.lang, "cards.reporter", name=by, phone=phone, time=time)
    name = talk.reporter_name or reader.name(talk.reporter)
    values = {"by": by, "name": name, "phone": phone, "time": time}
    return say(reader.lang, "directing.reporter_card", **values)
