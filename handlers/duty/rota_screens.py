"""The rota's screens: roles, regions, a week, and the questions a new shift takes.

In: a draft and who reads. Out: messages with buttons. Forbidden here: changing anything.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.buttons import button, mark_of
from handlers.catalogue import Html, say
from handlers.directing.found import told_apart
from handlers.duty.documents import ShiftDraft
from handlers.duty.grid import grid
from handlers.telling.happening import Reader
from plans.model import PersonId, RegionId, RoleId
from plans.roster import Shift
from plans.roster.rota import gaps, shifts_of, usual_times
from storage.delivery import Button, Message

DAYS_SHOWN = 7
BUTTONS_SHOWN = 24
PEOPLE_SHOWN = 10
REMOVABLE_SHOWN = 10
LINES_SHOWN = 30
_KEYS = {(8, 20): "early", (20, 8): "late", (8, 8): "whole_day"}


def roles(reader: Reader, entrusted: list[RoleId], page: int = 0) -> Message:
    """Which role? Those that have shifts to come stand first."""
    coming = {s.role for s in reader.roster.shifts if s.until > reader.at}
    ordered = sorted(entrusted, key=lambda role: role not in coming)
    buttons = [button(reader.role(r), "rota", "role", mark_of(r)) for r in ordered]
    rows = grid(buttons, page, BUTTONS_SHOWN, lambda w, to: button(w, "rota", "roles", to))
    return Message(text=say(reader.lang, "rota.which_role"), buttons=rows)


def regions(
    reader: Reader, role: RoleId, entrusted: list[RegionId | None], page: int = 0
) -> Message:
    buttons = [button(reader.region(r), "rota", "region", mark_of(r)) for r in entrusted if r]
    text = say(reader.lang, "rota.which_region", role=reader.role(role))
    rows = grid(buttons, page, BUTTONS_SHOWN, lambda w, to: button(w, "rota", "regions", to))
    return Message(text=text, buttons=rows)


def week(reader: Reader, draft: ShiftDraft, zone: ZoneInfo, said: str = "") -> Message:
    """The coming days, day by day: who is on duty from when until when, and the gaps."""
    lang, today = reader.lang, _midnight(reader, zone)
    head = say(lang, "rota.week", **_named(reader, draft))
    lines = [Html(said)] if said else []
    lines.append(head)
    week_ends = today + timedelta(days=DAYS_SHOWN)
    coming = _shifts(reader, draft, reader.at, week_ends)
    for day in (today + timedelta(days=n) for n in range(DAYS_SHOWN)) if coming else ():
        lines += _day_lines(reader, draft, day, zone)
    if not coming:
        lines.append(say(lang, "rota.none"))
    if len(lines) > LINES_SHOWN:
        lines = [*lines[:LINES_SHOWN], say(lang, "rota.more")]
    row = [button(say(lang, "rota.add"), "rota", "add", "-")]
    row += [button(say(lang, "rota.remove"), "rota", "remove", "-")] if coming else []
    return Message(text="\n".join(lines), buttons=(tuple(row),))


def _shifts(
    reader: Reader, draft: ShiftDraft, since: datetime, until: datetime
) -> tuple[Shift, ...]:
    """Those that somebody will keep: nobody is on duty who has left."""
    kept = (s for s in reader.roster.shifts if reader.roster.is_active(s.person))
    return shifts_of(kept, draft.role, draft.region, since, until)


def _day_lines(reader: Reader, draft: ShiftDraft, day: datetime, zone: ZoneInfo) -> list[Html]:
    ends = day + timedelta(days=1)
    shifts = _shifts(reader, draft, day, ends)
    lines = [say(reader.lang, "rota.day", day=day_in_words(reader, day.date()))]
    for s in shifts:
        values = {
            "since": _clock(max(s.since, day), zone),
            "until": _clock_end(s.until, ends, zone),
        }
        lines.append(say(reader.lang, "rota.line", name=reader.name(s.person), **values))
    for since, until in gaps(shifts, max(day, reader.at), ends) if ends > reader.at else ():
        values = {"since": _clock(since, zone), "until": _clock_end(until, ends, zone)}
        lines.append(say(reader.lang, "rota.gap", **values))
    return lines


def people(reader: Reader, draft: ShiftDraft) -> Message:
    """Who? Holders and deputies first, then the department."""
    roster = reader.roster
    posted = [*roster.holders(draft.role, draft.region), *roster.deputies(draft.role, draft.region)]
    department = roster.company.roles[draft.role].department
    colleagues = [
        person
        for person in roster.company.people
        if any(
            roster.company.roles[post.role].department == department
            for post in roster.roles_of(person)
            if post.role in roster.company.roles
        )
    ]
    chosen = list(dict.fromkeys((*posted, *colleagues)))[:PEOPLE_SHOWN]
    text = say(reader.lang, "rota.who", **_named(reader, draft))
    return Message(text=text, buttons=_people(reader, chosen, 2))


def which(reader: Reader, found: list[PersonId]) -> Message:
    key = "duty.which_one" if found else "duty.no_such_name"
    return Message(text=say(reader.lang, key), buttons=_people(reader, found[:PEOPLE_SHOWN], 1))


def days(reader: Reader, draft: ShiftDraft, zone: ZoneInfo) -> Message:
    today = _midnight(reader, zone).date()
    coming = [today + timedelta(days=n) for n in range(DAYS_SHOWN)]
    buttons = [button(day_in_words(reader, d), "rota", "day", d.isoformat()) for d in coming]
    values = {"name": reader.name(draft.person), **_named(reader, draft)}
    rows = tuple(tuple(buttons[i : i + 3]) for i in range(0, len(buttons), 3))
    return Message(text=say(reader.lang, "rota.which_day", **values), buttons=rows)


def times(reader: Reader, draft: ShiftDraft, zone: ZoneInfo) -> Message:
    """From when until when: the company's usual times; others are typed."""
    buttons = [
        button(_times_in_words(reader, *pair), "rota", "time", f"{pair[0]:%H%M}-{pair[1]:%H%M}")
        for pair in usual_times(reader.roster.shifts, zone)
    ]
    values = {"name": reader.name(draft.person), "day": day_in_words(reader, draft.day)}
    text = say(reader.lang, "rota.which_times", **values, **_named(reader, draft))
    return Message(text=text, buttons=tuple((b,) for b in buttons))


def removable(reader: Reader, draft: ShiftDraft) -> Message:
    ahead = reader.at + timedelta(days=60)
    shifts = shifts_of(reader.roster.shifts, draft.role, draft.region, reader.at, ahead)
    buttons = tuple(
        (button(_shift_in_words(reader, shift), "rota", "drop", mark_of(shift.id)),)
        for shift in shifts[:REMOVABLE_SHOWN]
    )
    key = "rota.which_shift" if buttons else "rota.none"
    return Message(text=say(reader.lang, key, **_named(reader, draft)), buttons=buttons)


def day_in_words(reader: Reader, day: date | None) -> str:
    """For a button: the date and its weekday."""
    if day is None:
        return ""
    weekday = say(reader.lang, f"rota.weekday_{day.weekday()}")
    return f"{day:%m-%d} {weekday}"


def _shift_in_words(reader: Reader, shift: Shift) -> str:
    since, until = reader.time(shift.since), reader.time(shift.until)
    return f"🗑 {since}–{until} {reader.name(shift.person)}"


def _times_in_words(reader: Reader, begin: time, end: time) -> str:
    key = _KEYS.get((begin.hour, end.hour)) if not (begin.minute or end.minute) else None
    word = f"{say(reader.lang, f'rota.{key}')} " if key else ""
    return f"{word}{begin:%H:%M}–{end:%H:%M}"


def _named(reader: Reader, draft: ShiftDraft) -> dict[str, str]:
    return {"role": reader.role(draft.role), "region": reader.region(draft.region)}


def _midnight(reader: Reader, zone: ZoneInfo) -> datetime:
    local = reader.at.astimezone(zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%H:%M}"


def _clock_end(moment: datetime, day_ends: datetime, zone: ZoneInfo) -> str:
    return "24:00" if moment >= day_ends else _clock(moment, zone)


def _people(reader: Reader, chosen: list[PersonId], width: int) -> tuple[tuple[Button, ...], ...]:
    made = [button(told_apart(reader, p), "rota", "who", mark_of(p)) for p in chosen]
    return tuple(tuple(made[i : i + width]) for i in range(0, len(made), width))
