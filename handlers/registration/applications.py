"""Applications: what somebody asks for, told to the administrators.

In: a form that is filled in, or a member's new number. Out: an application; a live message to each
administrator. Forbidden here: deciding (see `decisions`).
"""

from datetime import timedelta

from handlers.buttons import button
from handlers.catalogue import Html, say
from handlers.registration.documents import (
    APPLICATIONS,
    CANDIDATES_LIMIT,
    Application,
    Asking,
    Visit,
)
from handlers.registration.register import (
    account_of,
    by_phone,
    ready_administrators,
    same_name,
    told_apart,
)
from handlers.registration.visitor import Visitor, waiting_application
from handlers.registration.words import posts_in_words, reason_in_words
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters
from plans.company import PersonId
from plans.roster import Roster
from storage.delivery import Button, Keyboard, Message, Urgency
from storage.port import SLOTS, Turn

WAITING_LIMIT = 1_000
# With more than so many waiting, administrators get one line that counts them instead of a
# message for each.
TOLD_ONE_BY_ONE = 5
AGAIN_AFTER = timedelta(hours=24)


async def submit(visitor: Visitor, visit: Visit) -> None:
    """Take the form as an application and tell everybody concerned."""
    turn, roster = visitor.turn, visitor.roster
    if await waiting_application(turn, visitor.telegram) is not None:
        await tell_waiting(visitor)
        return
    if len(await turn.find(APPLICATIONS, state="waiting")) >= WAITING_LIMIT:
        await visitor.say("registration.too_many")
        return
    owners = tuple(by_phone(roster, visit.phone)[:CANDIDATES_LIMIT])
    asked = await write(
        turn,
        Application(
            number=await turn.next_number("application"),
            telegram=visitor.telegram,
            telegram_name=visitor.telegram_name,
            lang=visit.lang,
            asking=_asking(roster, visit.person, visitor.telegram),
            name=visit.name,
            phone=visit.phone,
            person=visit.person,
            candidates=owners if len(owners) > 1 else (),
            posts=visit.posts,
            at=turn.at,
        ),
    )
    await tell_administrators(turn, roster, asked)
    await tell_waiting(visitor)


def asks_for(roster: Roster, asked: Application) -> Asking:
    """What it comes to by now: somebody else may have come in as that person meanwhile."""
    return "phone" if asked.asking == "phone" else _asking(roster, asked.person, asked.telegram)


def _asking(roster: Roster, person: PersonId | None, telegram: int) -> Asking:
    if person is None:
        return "new"
    return "match" if account_of(roster, person) in (None, telegram) else "account"


async def write(turn: Turn, asked: Application) -> Application:
    turn.put(APPLICATIONS, asked)
    return asked


async def forget(turn: Turn, number: str) -> None:
    """One that was decided long ago."""
    asked = await turn.get(APPLICATIONS, number)
    due_at = asked.due_next() if asked is not None else None
    if due_at is not None and due_at <= turn.at:
        turn.remove(APPLICATIONS, number)


async def tell_waiting(visitor: Visitor) -> None:
    """That it is being looked at, and whom to phone meanwhile."""
    asked = await waiting_application(visitor.turn, visitor.telegram)
    key, phone, name = "registration.waiting", "", ""
    if asked is not None and asked.person is not None:
        name, phone = _dispatcher(visitor.roster, asked.person)
        key = "registration.waiting_matched" if phone else key
    text = say(visitor.lang, key, name=name, phone=phone)
    await visitor.reply(Message(text=text, keyboard=Keyboard(remove=True)))


def _dispatcher(roster: Roster, person: PersonId) -> tuple[str, str]:
    """Who in the person's region may report for somebody who phones."""
    regions = [post.region for post in roster.roles_of(person) if post.region is not None]
    for region in regions:
        for role_id, role in roster.company.roles.items():
            if "file_for" not in role.may or role.scope != "region":
                continue
            for holder in roster.holders(role_id, region):
                known = roster.person(holder)
                if known is not None and known.phone and holder != person:
                    return known.name, known.phone
    return "", ""


async def tell_administrators(turn: Turn, roster: Roster, asked: Application) -> None:
    """Each administrator's message about it, as it stands; a crowd of newcomers is only counted,
    in a message that is new when the crowd is."""
    waiting = len(await turn.find(APPLICATIONS, state="waiting"))
    letters = Letters(turn, roster)
    is_crowd = waiting > TOLD_ONE_BY_ONE and asked.asking in ("new", "match")
    for administrator in ready_administrators(roster):
        if is_crowd:
            if waiting == TOLD_ONE_BY_ONE + 1:
                turn.remove(SLOTS, f"applications/{administrator}")
            await letters.person(
                administrator,
                lambda r: Message(
                    text=say(r.lang, "registration.many_waiting", count=waiting),
                    buttons=((button(say(r.lang, "registration.list"), "people", "list", "0"),),),
                ),
                slot=f"applications/{administrator}",
            )
        else:
            await letters.person(
                administrator, lambda r: card(r, asked), slot=slot_of(asked, administrator)
            )


async def tell_anew(turn: Turn, roster: Roster, asked: Application) -> None:
    """Every administrator who has been shown it sees how it stands now."""
    letters = Letters(turn, roster)
    for administrator in ready_administrators(roster):
        slot = slot_of(asked, administrator)
        if await turn.get(SLOTS, slot) is not None:
            await letters.person(administrator, lambda r: card(r, asked), slot=slot)


async def show_to(turn: Turn, roster: Roster, asked: Application, person: PersonId) -> None:
    """At the bottom of one administrator's chat."""
    slot = slot_of(asked, person)
    turn.remove(SLOTS, slot)
    await Letters(turn, roster).person(person, lambda r: card(r, asked), Urgency.URGENT, slot=slot)


def slot_of(asked: Application, administrator: PersonId) -> str:
    return f"application/{asked.number}/{administrator}"


def card(reader: Reader, asked: Application) -> Message:
    """Who asks for what, why they were matched or not, what to beware of, and the buttons."""
    lang, roster = reader.lang, reader.roster
    known = roster.person(asked.person or "")
    posts = known.roles if known is not None and not asked.posts else asked.posts
    waits = asked.state == "waiting"
    lines = [
        say(
            lang,
            f"registration.asks_{asks_for(roster, asked) if waits else asked.asking}",
            number=asked.number,
            name=known.name if known is not None else asked.name,
            telegram_name=asked.telegram_name,
            phone=asked.phone,
            posts=posts_in_words(reader, posts),
            before=asked.before or "—",
        ),
        *(say(lang, f"registration.{key}", who=who) for key, who in _warnings(reader, asked)),
    ]
    if not waits:
        decided = say(
            lang,
            f"registration.decided_{asked.state}",
            name=reader.name(asked.decided_by),
            reason=reason_in_words(lang, asked.reason),
        )
        return Message(text=Html("\n".join([*lines, decided])))
    return Message(text=Html("\n".join(lines)), buttons=_buttons(reader, asked))


def _warnings(reader: Reader, asked: Application) -> list[tuple[str, str]]:
    """What an administrator should look at twice: key and whom it names."""
    roster, lang = reader.roster, reader.lang
    found = []
    others = [p for p in by_phone(roster, asked.phone) if p != asked.person]
    if others:
        names = "、".join(told_apart(roster, p, lang) for p in others[:3])
        found.append(("warn_phone", names))
    left = by_phone(roster, asked.phone, retired=True)
    if left:
        found.append(("warn_retired", reader.name(left[0])))
    namesakes = [p for p in same_name(roster, asked.name) if p not in (asked.person, *others)]
    if asked.asking == "new" and namesakes:
        names = "、".join(told_apart(roster, p, lang) for p in namesakes[:3])
        found.append(("warn_name", names))
    return found


def _buttons(reader: Reader, asked: Application) -> tuple[tuple[Button, ...], ...]:
    lang, number = reader.lang, asked.number
    rows: list[tuple[Button, ...]] = [
        (
            button(say(lang, "registration.approve"), "apply", number, "yes"),
            button(say(lang, "registration.reject"), "apply", number, "no"),
        )
    ]
    if asked.asking != "phone":
        label = say(lang, "registration.change_posts")
        rows.append((button(label, "posts", f"a{number}", "new"),))
    if asked.asking == "new":
        rows += [
            (
                button(
                    say(
                        lang,
                        "registration.is_this_one",
                        name=told_apart(reader.roster, person, lang),
                    ),
                    "apply",
                    number,
                    f"is{place}",
                ),
            )
            for place, person in enumerate(asked.candidates)
        ]
    return tuple(rows)
