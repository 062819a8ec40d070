"""Stale entries: each Monday every keeper gets one list of what nobody has checked for too long.

In: a due document, buttons. Out: lists, entries checked; after three weeks of silence a word to
the keeper's superior. Forbidden here: what is stale, and whose it is (`plans.directory.keeping`).
"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from telegram import Update

from handlers.buttons import Pressed, button, mark_of
from handlers.catalogue import Html, plain, say
from handlers.context import Context
from handlers.desk import Desk
from handlers.directory.cards import card
from handlers.directory.documents import KEEPERS, ROUNDS, Keeper, Round
from handlers.directory.entering import today
from handlers.directory.entry import LETTERS, hit_of, write_checked
from handlers.directory.lines import label_of
from handlers.paging import PAGE, arrows, page_number, page_of, pages
from handlers.telling.happening import Reader
from handlers.telling.letters import Letters, Write
from plans.directory import Hit
from plans.directory.keeping import Stale, stale_entries
from plans.model import PersonId
from plans.roster import Roster
from storage.delivery import Button, Message, Urgency
from storage.port import SLOTS, Turn

MONDAY, AT_H = 0, 9
TOLD_ABOVE_AFTER = 3
# A turn with a list for everybody in a large company would hold up whatever else is due.
KEEPERS_A_TURN = 300
BETWEEN_TURNS = timedelta(minutes=1)
_ROUND = "round"
Row = tuple[Button, ...]


async def begin_rounds(turn: Turn, desk: Desk) -> None:
    """At the start of the process: what was never checked counts from the first one."""
    if await turn.get(ROUNDS, _ROUND) is None:
        roster = await desk.roster(turn)
        look_at = _next_monday(roster, turn.at)
        turn.put(ROUNDS, Round(id=_ROUND, since=today(turn, roster), look_at=look_at))


async def go_round(turn: Turn, desk: Desk) -> None:
    """Monday: one list to each keeper; and to superiors how much their people have left lying."""
    known = await turn.get(ROUNDS, _ROUND)
    if known is None or known.look_at > turn.at:
        return
    roster = await desk.roster(turn)
    begun = known.begun or today(turn, roster)
    to_check = stale_entries(roster, today(turn, roster), known.since, turn.at)
    keepers = {keeper.person: keeper for keeper in await turn.find(KEEPERS)}
    for done in keepers.keys() - to_check.keys():
        turn.remove(KEEPERS, done)
    waiting = [p for p in to_check if p not in keepers or keepers[p].told != begun]
    letters = Letters(turn, roster)
    for person in waiting[:KEEPERS_A_TURN]:
        rounds = keepers[person].rounds + 1 if person in keepers else 1
        keepers[person] = Keeper(person=person, rounds=rounds, told=begun)
        turn.put(KEEPERS, keepers[person])
        state = roster.state(person)
        slot = _slot(state.telegram if state and state.telegram else 0)
        turn.remove(SLOTS, slot)  # a new list at the bottom of the chat, not the old one changed
        await letters.person(person, _first_page(to_check[person]), Urgency.BULK, slot=slot)
    if len(waiting) > KEEPERS_A_TURN:
        update: dict[str, object] = {"begun": begun, "look_at": turn.at + BETWEEN_TURNS}
    else:
        update = {"begun": None, "look_at": _next_monday(roster, turn.at)}
        silent = [p for p in to_check if keepers[p].rounds > TOLD_ABOVE_AFTER]
        left = Counter({p: len(to_check[p]) for p in silent})
        await _tell_superiors(letters, roster, left)
    turn.put(ROUNDS, known.model_copy(update=update))


async def on_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """Still right, spoken to, or to be changed; one entry or the whole page."""
    what, letter, mark = pressed.args
    turn, person = context.turn, context.speaker.person
    roster = context.speaker.roster
    entries = await _to_check(context)
    if what == "page":
        context.toast(update)
        await _show(context, entries, page_number(mark))
        return
    named = hit_of(roster, letter, mark) if what != "all" else None
    ours = [
        entry for entry in entries if named and (entry.kind, entry.id) == (named.kind, named.id)
    ]
    if what == "all":
        page = page_of(entries, page_number(mark))
        ours = list(page) if _mark(page) == letter else []  # a second tap means the same page
    if not ours:
        context.refuse(update, "directory.checked_already")
        return
    context.toast(update)
    keeper = await turn.get(KEEPERS, person) or Keeper(person=person, rounds=0)
    turn.put(KEEPERS, keeper.model_copy(update={"rounds": 0}))
    if what == "fix" and named is not None:
        await _fix(context, named)
        return
    for entry in ours:
        write_checked(turn, roster, Hit(entry.kind, entry.id, 0), today(turn, roster))
    await _show(context, [entry for entry in entries if entry not in ours], 0)


async def _to_check(context: Context) -> list[Stale]:
    """What the speaker is to check now."""
    turn, roster = context.turn, context.speaker.roster
    known = await turn.get(ROUNDS, _ROUND)
    if known is None:
        return []
    found = stale_entries(roster, today(turn, roster), known.since, turn.at)
    return list(found.get(context.speaker.person, ()))


async def _fix(context: Context, hit: Hit) -> None:
    if hit.kind == "person":
        await context.say("directory.fix_yourself")
    else:
        await context.reply(card(context, hit))


async def _show(context: Context, entries: list[Stale], page: int) -> None:
    message = _list(context.reader, tuple(entries), page)
    chat = context.speaker.chat
    await context.letters.chat(chat, message, Urgency.URGENT, slot=_slot(chat))


def _first_page(entries: tuple[Stale, ...]) -> Write:
    return lambda reader: _list(reader, entries, 0)


def _list(reader: Reader, entries: tuple[Stale, ...], page: int) -> Message:
    lang = reader.lang
    if not entries:
        return Message(text=say(lang, "directory.all_checked"))
    days = reader.roster.company.stale_after_days
    lines = [say(lang, "directory.stale", count=len(entries), days=days)]
    rows: list[Row] = []
    page = min(max(page, 0), pages(len(entries)) - 1)
    for number, entry in enumerate(page_of(entries, page), page * PAGE + 1):
        hit = Hit(entry.kind, entry.id, 0)
        lines.append(_line(number, hit, reader))
        rows.append(_row(number, entry, reader))
    seen = _mark(page_of(entries, page))
    rows.append((button(say(lang, "directory.page_right"), "stale", "all", seen, page),))
    row = arrows(len(entries), page, lambda label, to: button(label, "stale", "page", "x", to))
    return Message(text=Html("\n".join(lines)), buttons=(*rows, row) if row else tuple(rows))


def _mark(page: Sequence[Stale]) -> str:
    """A name for exactly these entries."""
    return mark_of("|".join(f"{entry.kind}/{entry.id}" for entry in page))


def _line(number: int, hit: Hit, reader: Reader) -> Html:
    company = reader.roster.company
    known = {"person": company.people, "contact": company.contacts, "customer": company.customers}
    phone = getattr(known[hit.kind][hit.id], "phone", None) or "—"
    return plain(f"{number}. {label_of(hit, reader)}\n{phone}")


def _row(number: int, entry: Stale, reader: Reader) -> Row:
    letter, mark = LETTERS[entry.kind], mark_of(entry.id)
    right = "directory.spoken_to" if entry.call else "directory.do_ok"
    return (
        button(f"{number} {say(reader.lang, right)}", "stale", "ok", letter, mark),
        button(f"{number} {say(reader.lang, 'directory.change')}", "stale", "fix", letter, mark),
    )


async def _tell_superiors(letters: Letters, roster: Roster, left: Counter[PersonId]) -> None:
    above: dict[PersonId, list[PersonId]] = {}
    for keeper in left:
        post = next(iter(roster.roles_of(keeper)), None)
        higher = roster.superiors(post.role, post.region) if post is not None else ()
        superior = next((p for p in (*higher, *roster.command()) if p != keeper), None)
        if superior is not None:
            above.setdefault(superior, []).append(keeper)
    for superior, keepers in above.items():

        def write(reader: Reader, keepers: list[PersonId] = keepers) -> Message:
            between = "、" if reader.lang == "zh" else ", "
            who = between.join(f"{reader.name(k)} {left[k]}" for k in keepers[:20])
            return Message(text=say(reader.lang, "directory.left_lying", who=who))

        await letters.person(superior, write, Urgency.BULK)


def _slot(chat: int) -> str:
    return f"screen/{chat}/stale"


def _next_monday(roster: Roster, at: datetime) -> datetime:
    zone = ZoneInfo(roster.company.company.time_zone)
    local = at.astimezone(zone)
    day = local.date() + timedelta(days=(MONDAY - local.weekday()) % 7)
    found = datetime.combine(day, time(AT_H), zone)
    if found <= local:
        found = datetime.combine(day + timedelta(days=7), time(AT_H), zone)
    return found.astimezone(UTC)
