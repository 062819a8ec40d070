"""Questions: the typed facts that somebody is asked for.

In: what a planner wrote. Out: frozen questions. Forbidden here: reading answers.
"""

from typing import Literal

from pydantic import Field

from plans.format.conditions import Conditions
from plans.format.naming import ChoiceKey
from plans.model import FactName, RoleId, Value
from plans.text import Lang, Text

# customer, goods: an entry of the register. area: regions, delivery routes, or both. level: a
# choice whose answers are ordered, the lowest first. photo: a picture, kept as evidence.
FieldType = Literal[
    "place",
    "vehicle",
    "route",
    "customer",
    "goods",
    "area",
    "yes_no",
    "choice",
    "level",
    "text",
    "number",
    "duration",
    "time",
    "photo",
]


class Asked(Value):
    """A typed fact somebody is asked for; `label` is its short name on cards, `offer` the numbers
    that can be pressed instead of typed, `unit_of` the goods in whose unit a number counts. `now`:
    a time may be the present one, or one of the last day."""

    type: FieldType
    text: Text
    label: Text | None = None
    choices: dict[ChoiceKey, Text] = Field(default_factory=dict, max_length=8)
    required: bool = False
    offer: tuple[int, ...] = Field(default=(), max_length=8)
    unit_of: FactName | None = None
    now: bool = False

    def called(self, lang: Lang) -> str:
        """Its short name: the label, or else the question without its mark."""
        return (self.label or self.text).in_(lang).rstrip("？?")


class RouteOf(Value):
    """The delivery route of a vehicle fact."""

    route_of: FactName


class Ask(Asked):
    """A question to whoever reports. `default: reporter` fills in what the reporter drives,
    `default: {route_of: vehicle}` the route of that vehicle, `default: region` (for an area) the
    region of the incident."""

    default: Literal["reporter", "region"] | RouteOf | None = None
    when: Conditions = Field(default_factory=dict)


class Record(Asked):
    """A fact recorded at a step: asked when it is acknowledged, or needed to complete it."""

    ask: Literal["acknowledged", "done"] = "done"
    tell: tuple[Literal["reporter", "owner"] | RoleId, ...] = Field(default=(), max_length=4)
