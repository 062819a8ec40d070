"""Goods by whatever is typed of their name.

In: a company, typed text. Out: ids of goods, best first. Forbidden here: what lies in store.
"""

from functools import lru_cache

from plans.company.model import Company
from plans.directory.pinyin import spellings
from plans.model import GoodsId
from plans.tables.fields import folded

_NAMES_KEPT = 4_000
# One letter says too little.
_SHORTEST_PART = 2
_EXACT, _BEGINS, _SPELT, _HOLDS = 4, 3, 2, 1


def find_goods(company: Company, typed: str) -> tuple[GoodsId, ...]:
    """By name, part of it, pinyin or initials; only the exact names where there are such. Empty
    for what fits none."""
    wanted = folded(typed)
    if not wanted:
        return ()
    scores = {id_: _score(goods.name, wanted) for id_, goods in company.goods.items()}
    found = [id_ for id_, score in scores.items() if score]
    if any(scores[id_] == _EXACT for id_ in found):
        return tuple(id_ for id_ in found if scores[id_] == _EXACT)
    return tuple(sorted(found, key=lambda id_: -scores[id_]))


def _score(name: str, wanted: str) -> int:
    own = folded(name)
    if own == wanted:
        return _EXACT
    if own.startswith(wanted):
        return _BEGINS
    if len(wanted) < _SHORTEST_PART:
        return 0
    whole, initials = _spelt(name)
    if wanted in initials or any(one.startswith(wanted) for one in whole):
        return _SPELT
    return _HOLDS if wanted in own else 0


@lru_cache(_NAMES_KEPT)
def _spelt(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Every reading of the whole name, and the initials of each."""
    readings = spellings(name)
    whole = tuple(dict.fromkeys("".join(reading) for reading in readings))
    return whole, tuple({"".join(s[0] for s in reading) for reading in readings})
