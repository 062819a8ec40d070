"""Phones: whom to ring right now, one tap each.

In: /call. Out: the numbers of whoever is closest to what the speaker is in the middle of, and the
ambulance and the police as cards, since Telegram makes no link of so short a number. Forbidden
here: anybody outside the company but these two.
"""

from collections.abc import Iterator

from telegram import Update

from handlers.catalogue import Html, say
from handlers.context import Context, Speaker
from handlers.incidents.involved import involved_in
from handlers.keyboard import own_keyboard
from handlers.telling.happening import Reader
from plans.incident import Incident
from plans.model import PersonId, RegionId, RoleId
from plans.roster import Roster, ladder
from storage.delivery import Message, PhoneCard

EMERGENCY = (("120", "phones.ambulance"), ("122", "phones.traffic_police"))
INCIDENTS_SHOWN = 2
PEOPLE_SHOWN = 4
RUNGS_SHOWN = 3


async def on_call(_: Update, context: Context) -> None:
    """Text first and the cards last: what is nearest to the thumb is 120 and 122."""
    speaker, reader = context.speaker, context.reader
    lines = [say(reader.lang, "phones.head")]
    for incident in (await involved_in(context.turn, speaker))[:INCIDENTS_SHOWN]:
        plan = await context.desk.plan_of(context.turn, incident)
        words = {"number": incident.number, "title": plan.title.in_(reader.lang)}
        lines.append(say(reader.lang, "phones.incident", **words))
        lines += _lines(reader, speaker, _of_incident(reader, incident))
    region = region_of(speaker)
    lines.append(say(reader.lang, "phones.region", region=reader.region(region)))
    lines += _lines(reader, speaker, _at_the_desk(reader, region))
    keys = await own_keyboard(context)
    await context.reply(Message(text=Html("\n".join(lines)), keyboard=keys))
    for phone, name in EMERGENCY:
        await context.letters.chat(
            speaker.chat, PhoneCard(phone=phone, name=say(reader.lang, name).unescape())
        )


def region_of(speaker: Speaker) -> RegionId:
    """The speaker's own; headquarters' for whoever is posted in none."""
    posts = speaker.roster.roles_of(speaker.person)
    own = next((post.region for post in posts if post.region is not None), None)
    return own or speaker.roster.company.company.headquarters


def _of_incident(reader: Reader, incident: Incident) -> Iterator[PersonId]:
    """Whoever runs it where it is, then those out there."""
    yield from list(_at_the_desk(reader, incident.region))[:1]
    yield incident.reporter
    for state in incident.steps.values():
        if state.taken_by is not None:
            yield state.taken_by


def _at_the_desk(reader: Reader, region: RegionId) -> Iterator[PersonId]:
    """Who runs incidents in the region, their deputies, then those above, as they are there now;
    who is away is answered for by their stand-in."""
    roster = reader.roster
    for role in _running(roster):
        for rung in ladder(roster, role, region, reader.at)[:RUNGS_SHOWN]:
            for person in rung.people:
                acting = roster.acting_for(person, reader.at)
                if roster.can_be_told(acting, reader.at) != "away":
                    yield acting
    yield from roster.command()


def _running(roster: Roster) -> list[RoleId]:
    """The roles that run incidents in a region."""
    roles = roster.company.roles.items()
    return [id_ for id_, role in roles if role.scope == "region" and "command" in role.may]


def _lines(reader: Reader, speaker: Speaker, people: Iterator[PersonId]) -> list[Html]:
    """A line each, the number at its end, where every phone makes it a link."""
    others = (p for p in dict.fromkeys(people) if p != speaker.person and reader.phone(p))
    found = [
        say(reader.lang, "phones.line", name=reader.name_and_role(p), phone=reader.phone(p))
        for p in others
    ]
    return found[:PEOPLE_SHOWN] or [say(reader.lang, "phones.nobody")]
