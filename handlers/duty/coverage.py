"""Coverage in chat: who would be told now, with the holes first.

In: /coverage and its buttons. Out: the holes; every role of a region, or every region of a role,
page by page. Forbidden here: showing a region to whom it is not entrusted; changing anything.
"""

from collections.abc import Callable, Iterable

from telegram import Update

from handlers.buttons import Pressed, button, mark_of, marked
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.duty.covers import cover_line, cover_lines, region_in_words
from handlers.duty.grid import grid
from handlers.telling.happening import Reader
from plans.company.ids import RegionId, RoleId
from plans.plan_roles import roles_counted_on
from plans.roster import Cover, Roster, coverage, may_roster
from storage.delivery import Button, Message

HOLES_SHOWN = 8
A_PAGE = 8
BUTTONS_SHOWN = 18
GROUPLESS_SHOWN = 6
ADMINISTRATORS_ENOUGH = 2


async def on_coverage(_: Update, context: Context) -> None:
    await context.reply(_holes(context, 0))


async def on_coverage_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """The holes, what else there is to see, one role, or one region; and which page."""
    what, mark, page = pressed.args
    number = int(page) if page.isdecimal() and len(page) < 5 else 0
    company = context.speaker.roster.company
    if what == "holes":
        context.toast(update)
        await context.reply(_holes(context, number))
        return
    if what == "more":
        context.toast(update)
        text = say(context.reader.lang, "coverage.choose")
        rows = _choices(context.reader, visible(context), number)
        await context.reply(Message(text=text, buttons=rows))
        return
    known: Iterable[str] = company.roles if what == "role" else company.regions
    chosen = marked(known, mark)
    if chosen is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    await context.reply(_page(context, what, chosen, number))


def visible(context: Context) -> list[Cover]:
    """Every role × region the speaker may see, those that plans count on first."""
    roster, by = context.speaker.roster, context.speaker.person
    counted_on = roles_counted_on(context.desk.plans.values(), roster.company)
    others = [role for role in roster.company.roles if role not in counted_on]
    covers = coverage(roster, context.turn.at, (*counted_on, *others))
    if by in roster.administrators():
        return list(covers)
    return [c for c in covers if c.region is None or may_roster(roster, by, c.region)]


def _holes(context: Context, page: int) -> Message:
    reader, covers = context.reader, visible(context)
    red = [c for c in covers if c.level == "nobody"]
    above = [c for c in covers if c.level == "superior"]
    deputies = [c for c in covers if c.level == "deputy"]
    holes = [*red, *above, *deputies]
    said = {"red": len(red), "yellow": len(above) + len(deputies)}
    green = len(covers) - len(holes)
    lines = [say(reader.lang, "coverage.head", green=green, **said)]
    shown = holes[page * HOLES_SHOWN : (page + 1) * HOLES_SHOWN]
    lines += [line for c in shown for line in cover_lines(reader, c)]
    if not page:
        lines += [_people(reader, "command", reader.roster.command())]
        lines += _administrators(reader)
        lines += _groupless(reader, covers)
    rows: list[tuple[Button, ...]] = []
    if turning := _turning(reader, "holes", "-", page, HOLES_SHOWN, len(holes)):
        rows.append(turning)
    if not page:
        rows += _choices(reader, covers)
    return Message(text="\n".join(lines), buttons=tuple(rows))


def _page(context: Context, what: str, chosen: str, page: int) -> Message:
    reader = context.reader
    of_it: Callable[[Cover], bool] = (
        (lambda c: c.role == chosen) if what == "role" else (lambda c: c.region == chosen)
    )
    covers = [c for c in visible(context) if of_it(c)]
    name = reader.role(chosen) if what == "role" else reader.region(chosen)
    lines = [say(reader.lang, "coverage.of", name=name, count=len(covers))]
    shown = covers[page * A_PAGE : (page + 1) * A_PAGE]
    lines += [cover_line(reader, c) for c in shown]
    turning = _turning(reader, what, mark_of(chosen), page, A_PAGE, len(covers))
    back = button(say(reader.lang, "coverage.holes"), "cover", "holes", "-", 0)
    return Message(text="\n".join(lines), buttons=tuple(row for row in (turning, (back,)) if row))


def _turning(
    reader: Reader, what: str, mark: str, page: int, length: int, count: int
) -> tuple[Button, ...]:
    row = []
    if page:
        row.append(button(say(reader.lang, "coverage.before"), "cover", what, mark, page - 1))
    if (page + 1) * length < count:
        left = count - (page + 1) * length
        label = say(reader.lang, "coverage.next", count=left)
        row.append(button(label, "cover", what, mark, page + 1))
    return tuple(row)


def _choices(reader: Reader, covers: list[Cover], page: int = 0) -> tuple[tuple[Button, ...], ...]:
    """A button for each region, then for each role."""
    regions = list(dict.fromkeys(c.region for c in covers if c.region is not None))
    roles = list(dict.fromkeys(c.role for c in covers))
    buttons = [button(reader.region(r), "cover", "region", mark_of(r), 0) for r in regions]
    buttons += [button(reader.role(r), "cover", "role", mark_of(r), 0) for r in roles]
    return grid(
        buttons, page, BUTTONS_SHOWN, lambda label, to: button(label, "cover", "more", "-", to)
    )


def _administrators(reader: Reader) -> list[Html]:
    """Yellow while nobody could stand in for the only one whose account is at hand."""
    people = reader.roster.administrators()
    line = _people(reader, "administrators", people, enough=ADMINISTRATORS_ENOUGH)
    few = 0 < len(_able(reader, people)) < ADMINISTRATORS_ENOUGH
    return [line, say(reader.lang, "coverage.one_administrator")] if few else [line]


def _people(reader: Reader, key: str, people: tuple[str, ...], *, enough: int = 1) -> Html:
    able = _able(reader, people)
    return say(
        reader.lang,
        f"coverage.{key}",
        mark="🟢" if len(able) >= enough else "🟡" if able else "🔴",
        names=reader.names(able[:3]),
        able=len(able),
        all=len(people),
    )


def _able(reader: Reader, people: tuple[str, ...]) -> list[str]:
    return [p for p in people if reader.roster.can_be_told(p, reader.at) == "yes"]


def _groupless(reader: Reader, covers: list[Cover]) -> list[Html]:
    """The departments whose steps find no group to be shown in; where a department has groups in
    its regions only, that is how it is meant."""
    missing: dict[str, list[RegionId | None]] = {}
    grouped = {g.department for g in reader.roster.company.groups}
    for c in covers:
        department = _department(reader.roster, c.role)
        meant = c.region is None and department in grouped
        if not meant and reader.roster.group_for(department, c.region) is None:
            regions = missing.setdefault(department, [])
            if c.region not in regions:
                regions.append(c.region)
    departments = reader.roster.company.departments
    names = [
        f"{departments[d].name.in_(reader.lang)}{region_in_words(reader, regions)}"
        for d, regions in missing.items()
    ]
    if not names:
        return []
    comma = "、" if reader.lang == "zh" else ", "
    said = comma.join(names[:GROUPLESS_SHOWN])
    return [say(reader.lang, "coverage.groupless", count=len(names), names=said)]


def _department(roster: Roster, role: RoleId) -> str:
    return roster.company.roles[role].department
