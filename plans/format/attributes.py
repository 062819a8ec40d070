"""Attributes: what a condition may name of the entry that a fact names: `customer.grade`.

In: nothing. Out: names with the words they can be. Forbidden here: looking entries up (see
`plans.engine.defaults`).
"""

from collections.abc import Mapping
from typing import Final

from plans.company.model import GOODS_CLASSES, GOODS_KINDS
from plans.format.asking import FieldType

_YES_NO: Final = ("yes", "no")

# The one that is a moment: the next order day as seen from now.
ORDER_DAY: Final = "order_day"

# By the type of the fact. No words at all: it can be any.
ATTRIBUTES: Final[Mapping[FieldType, Mapping[str, tuple[str, ...]]]] = {
    "customer": {
        "grade": (),
        "lawful": _YES_NO,
        "honest_prices": _YES_NO,
        "key": _YES_NO,
        ORDER_DAY: (),
    },
    "goods": {"class": GOODS_CLASSES, "kind": GOODS_KINDS},
}
