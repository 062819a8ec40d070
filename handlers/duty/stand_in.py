"""Stand-ins: who answers for somebody who is away.

In: a person who is away or will be. Out: the question who stands in, the one chosen told, what is
left open offered to be handed over. Forbidden here: choosing for anybody.
"""

from datetime import datetime

from handlers.buttons import button, mark_of
from handlers.catalogue import Html, say
from handlers.desk import Desk
from handlers.directing.found import told_apart
from handlers.duty.open_steps import open_steps, step_lines
from handlers.duty.state import state_of
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from plans.model import PersonId
from plans.roster import Roster, left_open
from storage.delivery import Message, Urgency
from storage.port import Turn

OFFERED = 6


def candidates(
    roster: Roster, person: PersonId, reader: Reader, but: PersonId | None = None
) -> list[PersonId]:
    """Who may stand in and can be told: of the same role here, then of the same department here,
    then of the department elsewhere."""
    posts = roster.roles_of(person)
    here = {(p.role, p.region) for p in posts}
    regions = {p.region for p in posts}
    departments = {_department(roster, p.role) for p in posts} - {None}

    def distance(other: PersonId) -> int | None:
        theirs = roster.roles_of(other)
        if any((p.role, p.region) in here for p in theirs):
            return 0
        if not any(_department(roster, p.role) in departments for p in theirs):
            return None
        return 1 if any(p.region in regions for p in theirs) else 2

    found = [
        (rank, other)
        for other in roster.company.people
        if other not in (person, but)
        and (rank := distance(other)) is not None
        and roster.can_be_told(other, reader.at) == "yes"
    ]
    found.sort(key=lambda pair: pair[0])
    return [other for _, other in found[:OFFERED]]


def _department(roster: Roster, role: str) -> str | None:
    known = roster.company.roles.get(role)
    return known.department if known else None


def question(reader: Reader, person: PersonId, own: bool, but: PersonId | None = None) -> Message:
    """Who stands in? Buttons for the likely ones; a name may be typed."""
    lang, mark = reader.lang, mark_of(person)
    buttons = [
        button(told_apart(reader, other), "duty", "stand", mark, mark_of(other))
        for other in candidates(reader.roster, person, reader, but)
    ]
    nobody = button(say(lang, "duty.no_stand_in"), "duty", "stand", mark, "-")
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    key = "duty.who_stands_in" if own else "duty.who_stands_in_for"
    text = say(lang, key, name=reader.name(person))
    return Message(text=text, buttons=(*rows, (nobody,)))


async def tell_stand_in(turn: Turn, desk: Desk, person: PersonId) -> None:
    """Whoever stands in learns for whom, until when, and may say no."""
    roster, state = await desk.roster(turn), await state_of(turn, desk, person)
    if state.stand_in is None:
        return

    def write(reader: Reader) -> Message:
        no = button(say(reader.lang, "duty.cannot"), "duty", "cannot", mark_of(person), "-")
        text = say(
            reader.lang,
            "duty.you_stand_in",
            name=reader.name(person),
            when=when(reader, person),
            roles=roles_in_words(reader, person),
            phone=reader.phone(person),
        )
        return Message(text=text, buttons=((no,),))

    await Letters(turn, roster).person(state.stand_in, write, Urgency.URGENT)


async def release(turn: Turn, desk: Desk, person: PersonId, stand_in: PersonId | None) -> None:
    """Whoever was to stand in for the person learns that they need not."""
    if stand_in is not None:
        await Letters(turn, await desk.roster(turn)).person(
            stand_in,
            lambda r: Message(text=say(r.lang, "duty.released", name=r.name(person))),
            Urgency.URGENT,
        )


def roles_in_words(reader: Reader, person: PersonId) -> str:
    posts = reader.roster.roles_of(person)
    said = (
        f"{reader.region(post.region)}{_gap(reader, post.region)}{reader.role(post.role)}"
        for post in posts
    )
    return ("、" if reader.lang == "zh" else ", ").join(said)


def _gap(reader: Reader, region: str | None) -> str:
    return " " if region and reader.lang == "en" else ""


def when(reader: Reader, person: PersonId) -> Html:
    """From when until when somebody is away, in words."""
    state = reader.roster.state(person)
    if state is None or not state.has_absence:
        return say(reader.lang, "duty.there")
    since, until = state.away_since, state.away_until
    if since is not None and since > reader.at and until is not None:
        return say(reader.lang, "duty.span", since=reader.time(since), until=reader.time(until))
    if until is None:
        return say(reader.lang, "duty.until_told")
    return say(reader.lang, "duty.until", until=reader.time(until))


async def offer_hand_over(
    turn: Turn, desk: Desk, person: PersonId, reader: Reader, own: bool
) -> Message | None:
    """The question whether to hand over what is open; None when nothing is, or to nobody."""
    steps = await open_steps(turn, person)
    to = await _successor(turn, desk, person, reader)
    if not steps or to is None:
        return None
    lang, mark = reader.lang, mark_of(person)
    text = say(
        lang,
        "duty.open_steps" if own else "duty.open_steps_of",
        count=len(steps),
        name=reader.name(person),
        to=reader.name(to),
        lines=await step_lines(turn, desk, steps, reader),
    )
    hand = button(
        say(lang, "duty.hand_over", to=reader.name(to)), "duty", "give", mark, mark_of(to)
    )
    keep = button(say(lang, "duty.keep"), "duty", "keep", mark, "-")
    return Message(text=text, buttons=((hand,), (keep,)))


async def _successor(turn: Turn, desk: Desk, person: PersonId, reader: Reader) -> PersonId | None:
    state = await state_of(turn, desk, person)
    if state.stand_in is not None and (reader.roster.can_be_told(state.stand_in, turn.at) == "yes"):
        return state.stand_in
    return next(iter(candidates(reader.roster, person, reader)), None)


def warning(reader: Reader, person: PersonId, at: datetime) -> Html:
    """That at `at` nobody is left to answer for a role; empty when somebody is."""
    lines = [
        say(
            reader.lang,
            "duty.nobody_left" if cover.first else "duty.nobody_at_all",
            role=reader.role(cover.role),
            region=reader.region(cover.region),
            first=reader.names(cover.first[:2]),
        )
        for cover in left_open(reader.roster, person, at)
    ]
    return Html("\n".join(lines))
