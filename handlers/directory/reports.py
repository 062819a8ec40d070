"""Reports: what a table would change, or has changed, in words.

In: a dry run, a language. Out: lines. Forbidden here: Telegram's HTML (the command line reads the
same lines).
"""

from collections.abc import Sequence

from handlers.catalogue import say
from plans.tables.changes import BadRow, Changes, What
from plans.tables.columns import TITLES, SheetKind
from plans.text import Lang

_COUNTED: tuple[What, ...] = ("added", "changed", "ended", "same")


def summary(changes: Changes, lang: Lang) -> list[str]:
    """One line a sheet: added, changed, ended, the same, bad."""
    return [_of(changes, kind, lang) for kind in changes.kinds]


def bad_rows(bad: Sequence[BadRow], lang: Lang) -> list[str]:
    """One line a row, with every reason."""
    return [_bad_row(row, lang) for row in bad]


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
    name = bad.row.cells.get("name") or bad.row.cells.get("plate") or ""
    return say(
        lang,
        "directory.bad_row",
        sheet=bad.row.sheet.title or TITLES[bad.row.sheet.kind].in_(lang),
        number=bad.row.number,
        name=name[:20],
        reasons=("；" if lang == "zh" else "; ").join(r.in_(lang) for r in bad.reasons),
    ).unescape()
