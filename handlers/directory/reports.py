"""Reports: what a table would change, or has changed, in words.

In: a dry run, a language. Out: lines. Forbidden here: Telegram's HTML (the command line reads the
same lines).
"""

from collections.abc import Sequence

from handlers.catalogue import say
from plans.roster import Roster
from plans.tables.changes import BadRow, Change, Changes, What
from plans.tables.columns import COLUMNS, TITLES, SheetKind
from plans.tables.shown import Cells, Shown
from plans.text import Lang

_COUNTED: tuple[What, ...] = ("added", "changed", "ended", "same")


def summary(changes: Changes, lang: Lang) -> list[str]:
    """One line a sheet: added, changed, ended, the same, bad."""
    return [_of(changes, kind, lang) for kind in changes.kinds]


def bad_rows(bad: Sequence[BadRow], lang: Lang) -> list[str]:
    """One line a row, with every reason."""
    return [_bad_row(row, lang) for row in bad]


def changed_rows(changes: Sequence[Change], roster: Roster, lang: Lang) -> list[str]:
    """One line an entry: what it was and what it becomes."""
    return [_changed(change, Shown(roster, lang), lang) for change in changes]


def _changed(change: Change, shown: Shown, lang: Lang) -> str:
    old = shown.cells(change.id, change.old) if change.old is not None else {}
    new = shown.cells(change.id, change.new) if change.new is not None else {}
    name = old.get("name") or old.get("plate") or _in_store(new or old) or change.id
    if change.what == "ended":
        return say(lang, "directory.ends", name=name).unescape()
    nothing = "—"
    parts = [
        f"{column.name.in_(lang)} {old.get(column.field) or nothing} → "
        f"{new.get(column.field) or nothing}"
        for column in COLUMNS[change.kind]
        if old.get(column.field) != new.get(column.field)
    ]
    return f"{name}: {'; '.join(parts)}"


def _in_store(cells: Cells) -> str:
    """Goods with the region of their store."""
    return " ".join(filter(None, (cells.get("region"), cells.get("goods"))))


def _of(changes: Changes, kind: SheetKind, lang: Lang) -> str:
    counts = {what: changes.count(kind, what) for what in _COUNTED}
    between = "、" if lang == "zh" else ", "
    said = [
        say(lang, f"directory.count_{what}", count=count).unescape()
        for what, count in counts.items()
        if count or what != "ended"
    ]
    bad = say(lang, "directory.count_bad", count=changes.bad_of(kind)).unescape()
    return f"{TITLES[kind].in_(lang)} {between.join([*said, bad])}"


def _bad_row(bad: BadRow, lang: Lang) -> str:
    cells = bad.row.cells
    name = cells.get("name") or cells.get("plate") or cells.get("goods") or ""
    return say(
        lang,
        "directory.bad_row",
        sheet=bad.row.sheet.title or TITLES[bad.row.sheet.kind].in_(lang),
        number=bad.row.number,
        name=name[:20],
        reasons=("；" if lang == "zh" else "; ").join(r.in_(lang) for r in bad.reasons),
    ).unescape()
