"""A cover in words: who would be told, and why those before them cannot.

In: a cover and who reads. Out: lines. Forbidden here: choosing what is shown.
"""

from collections.abc import Sequence

from handlers.catalogue import Html, say
from handlers.telling.happening import Reader
from plans.company.ids import RegionId
from plans.roster import Cover, Missing

NAMES_SHOWN = 3
MISSING_SHOWN = 3
_MARKS = {"held": "🟢", "deputy": "🟡", "superior": "🟡", "nobody": "🔴"}


def cover_line(reader: Reader, cover: Cover) -> Html:
    """One line: the mark, the role in its region, who is told first."""
    region = reader.region(cover.region)
    return say(
        reader.lang,
        f"coverage.{cover.level}" if cover.first else "coverage.nobody_at_all",
        mark=_MARKS[cover.level],
        role=reader.role(cover.role),
        region=f" {region}" if region and reader.lang == "en" else region,
        names=_first(reader, cover),
    )


def cover_lines(reader: Reader, cover: Cover) -> list[Html]:
    """With a line for each who should be told before and cannot."""
    if not cover.missing and not _held_by_somebody(reader, cover):
        return [cover_line(reader, cover), say(reader.lang, "coverage.vacant")]
    return [
        cover_line(reader, cover),
        *(why_missing(reader, missing) for missing in cover.missing[:MISSING_SHOWN]),
    ]


def why_missing(reader: Reader, missing: Missing) -> Html:
    """Why somebody cannot be told, in words."""
    state = reader.roster.state(missing.person)
    stand_in = state.stand_in if state is not None and missing.why == "away" else None
    until = reader.time(missing.until) if missing.until else ""
    key = f"coverage.{missing.why}"
    if missing.why == "away" and missing.until is None:
        key = "coverage.off"
    line = say(reader.lang, key, name=reader.name(missing.person), until=until)
    if stand_in is not None:
        out = say(reader.lang, "coverage.stand_in_out", name=reader.name(stand_in))
        return Html(f"{line}{out}")
    return line


def _held_by_somebody(reader: Reader, cover: Cover) -> bool:
    roster = reader.roster
    return bool(roster.posted(cover.role, cover.region, reader.at))


def _first(reader: Reader, cover: Cover) -> str:
    """The first told; a stand-in with whom they answer for."""
    absent = _absent(reader, cover)
    names = reader.names(cover.first[:NAMES_SHOWN])
    more = len(cover.first) - NAMES_SHOWN
    names += say(reader.lang, "coverage.and_more", count=more) if more > 0 else ""
    if not absent:
        return names
    return names + say(reader.lang, "coverage.standing_in", names=reader.names(absent[:2]))


def _absent(reader: Reader, cover: Cover) -> Sequence[str]:
    """Those whose stand-ins are among the first told."""
    roster, at = reader.roster, reader.at
    posted = roster.posted(cover.role, cover.region, at)
    return [p for p in posted if roster.stand_in_of(p, at) in cover.first]


def region_in_words(reader: Reader, regions: Sequence[RegionId | None]) -> str:
    names = [reader.region(region) for region in regions if region is not None]
    if not names:
        return ""
    comma = "、" if reader.lang == "zh" else ", "
    inside = comma.join(names[:4]) + ("…" if len(names) > 4 else "")
    return f"（{inside}）" if reader.lang == "zh" else f" ({inside})"
