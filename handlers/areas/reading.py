"""Reading: typed names of regions and routes.

In: what somebody typed. Out: an area; or the marks of the regions and routes that could be meant.
Forbidden here: guessing between them.
"""

import re
import unicodedata

from handlers.areas.parts import Part, area_of, parts_of
from plans.area import Area
from plans.company import Company

TYPED_LIMIT = 300
OFFERED = 8
_BETWEEN = re.compile(r"[、,;/+&\n]|\band\b|和|以及")
_BLANKS = re.compile(rf"{_BETWEEN.pattern}|\s+")
_WHOLE = frozenset(
    ("all", "everywhere", "whole company", "全公司", "全部", "所有", "全市", "全体", "全部区域")
)
_ENDINGS = ("片区", "区", "线", "region", "district", "area", "route")
_OF_ROUTES = ("线", "route")


def read_area(text: str, company: Company) -> Area | tuple[str, ...]:
    """Names with 、 , 和, "and" or, where no name has one in it, blanks between them; "all" is the
    whole company. As soon as a name could mean several, the marks of all that could be meant; ():
    a name means nothing."""
    typed = unicodedata.normalize("NFKC", text[:TYPED_LIMIT]).strip().casefold()
    if typed in _WHOLE:
        return Area(regions=tuple(company.regions))
    whole = _named(typed, company)
    names = [whole] if whole else _each(_BETWEEN.split(typed), company)
    if not names or not all(names):
        names = _each(_BLANKS.split(typed), company)
    if not names or not all(names):
        return ()
    meant = tuple(dict.fromkeys(part for parts in names for part in parts))
    if all(len(parts) == 1 for parts in names):
        return area_of(meant)
    return tuple(part.mark for part in meant[:OFFERED])


def named_in_line(name: str, company: Company) -> tuple[Part, ...]:
    """What words within a line name, in full or without the word for a region or a route; all that
    could be meant, and () for what is part of a name only: there it may be anything."""
    typed = unicodedata.normalize("NFKC", name[:TYPED_LIMIT]).strip().casefold()
    parts = parts_of(company)
    if typed in _WHOLE:
        return tuple(one for one in parts if one.kind == "region")
    short, kind = _short(typed), "route" if typed.endswith(_OF_ROUTES) else "region"
    return tuple(_named(typed, company)) or tuple(
        one
        for one in parts
        if short and one.kind == kind and short in map(_short, _called(one, company))
    )


def is_whole(name: str) -> bool:
    """Whether the words mean the whole company."""
    return unicodedata.normalize("NFKC", name).strip().casefold() in _WHOLE


def _each(names: list[str], company: Company) -> list[list[Part]]:
    return [_meant(name.strip(), company) for name in names if name]


def _named(name: str, company: Company) -> list[Part]:
    """What is called just so."""
    return [one for one in parts_of(company) if name in _called(one, company)]


def _meant(name: str, company: Company) -> list[Part]:
    """What one name could mean: what is called just so, else whatever it is part of."""
    short = _short(name)
    if not short:
        return []
    return _named(name, company) or [
        one for one in parts_of(company) if any(short in called for called in _called(one, company))
    ]


def _called(part: Part, company: Company) -> tuple[str, ...]:
    """All its names, in small letters."""
    if part.kind == "route":
        return (part.id.casefold(),)
    name = company.regions[part.id].name
    return (part.id, name.zh.casefold(), name.en.casefold())


def _short(name: str) -> str:
    """Without the word for a region or a route behind it."""
    for ending in _ENDINGS:
        name = name.removesuffix(ending).strip()
    return name
