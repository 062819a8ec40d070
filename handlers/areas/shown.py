"""Shown: an area in words.

In: an area, the company, a language. Out: a few words, however large it is. Forbidden here: HTML.
"""

from handlers.catalogue import say
from plans.area import Area, regions_of
from plans.company import Company
from plans.text import Lang

# What is said name by name; beyond it is counted.
NAMED = 4


def show_area(area: Area, company: Company, lang: Lang) -> str:
    """Regions by name, routes in brackets behind theirs: 东区、南区（南线）."""
    if set(company.regions) <= set(area.regions):
        return say(lang, "areas.whole").unescape()
    whole = [_region(region, company, lang) for region in area.regions]
    single = _by_region(area, company, lang)
    if len(whole) + len(single) <= NAMED and len(area.routes) <= NAMED:
        named = [*whole, *(_in_brackets(region, routes, lang) for region, routes in single.items())]
        return _comma(lang).join(named)
    parts = []
    if whole:
        counted = {"first": whole[0], "count": len(whole), "more": len(whole) - 1}
        parts.append(say(lang, "areas.many_regions", **counted).unescape())
    if area.routes:
        count = len(area.routes)
        counted = {"first": area.routes[0], "count": count, "more": count - 1}
        parts.append(say(lang, "areas.many_routes", **counted).unescape())
    return _comma(lang).join(parts)


def _by_region(area: Area, company: Company, lang: Lang) -> dict[str, list[str]]:
    """Its routes under the name of the region they run in; under nothing where that is unknown."""
    found: dict[str, list[str]] = {}
    for route in area.routes:
        regions = regions_of(Area(routes=(route,)), company)
        name = _region(regions[0], company, lang) if regions else ""
        found.setdefault(name, []).append(route)
    return found


def _in_brackets(region: str, routes: list[str], lang: Lang) -> str:
    listed = _comma(lang).join(routes)
    if not region:
        return listed
    return say(lang, "areas.routes_of", region=region, routes=listed).unescape()


def _region(region: str, company: Company, lang: Lang) -> str:
    known = company.regions.get(region)
    return known.name.in_(lang) if known else region


def _comma(lang: Lang) -> str:
    return "、" if lang == "zh" else ", "
