"""Spreading: one step for many: fanned out to several owners, or broadcast to many readers.

In: what a planner wrote. Out: frozen values. Forbidden here: finding the people (see
`plans.engine.sharing`, `plans.broadcast`).
"""

from typing import Literal

from pydantic import Field

from plans.duration import Duration
from plans.model import DepartmentId, FactName, RoleId, StepId, Value
from plans.text import Text


class ForEach(Value):
    """A step done by several owners at once, each with a part of their own. Exactly one of:

    `customers_of`: the customers on the route that the fact names; `customers_in`: those in the
    area that the fact names, `only: key` the key customers among them. Each is called by whoever
    looks after them (`by: manager`), or by the step's role in their region (`by: role`): the part
    has a call list. `ticked` is what the button says of one who has been dealt with (Reached).
    `retry`: how long after the last call those who did not answer are brought up again.

    `regions_of`: the step's role in each region of an area. `depots: true`: in each region with a
    depot. `roles`: each of these roles, in the incident's region.
    """

    customers_of: FactName | None = None
    customers_in: FactName | None = None
    only: Literal["key"] | None = None
    by: Literal["manager", "role"] = "manager"
    ticked: Text | None = None
    retry: Duration | None = None
    regions_of: FactName | None = None
    depots: bool = False
    roles: tuple[RoleId, ...] = Field(default=(), max_length=12)

    @property
    def follows(self) -> FactName | None:
        """The fact that its parts follow from; None where the company's register alone says."""
        return self.customers_of or self.customers_in or self.regions_of

    @property
    def has_lists(self) -> bool:
        """Whether each part is a list of customers."""
        return self.customers_of is not None or self.customers_in is not None


class Audience(Value):
    """Who is to read a broadcast: whoever holds one of `roles` and the groups of `departments`, in
    the regions of the area that a fact names (without one: in the incident's region), and those who
    hold them company-wide. `same_as`: exactly those who were sent the broadcast of that step."""

    roles: tuple[RoleId, ...] = Field(default=(), max_length=20)
    departments: tuple[DepartmentId, ...] = Field(default=(), max_length=20)
    area: FactName | None = None
    same_as: StepId | None = None


class Broadcast(Value):
    """One wording to many: the step's owner looks at it, with the count, and sends it; that does
    the step. `text` may hold `{fact}`. `confirm`: a button with which each reader confirms;
    `chase`: how long after sending those who have not are asked again. `kind`: what is said over
    it."""

    to: Audience
    text: Text
    kind: Literal["warning", "notice", "correction", "all_clear"] = "notice"
    confirm: bool = True
    chase: Duration | None = None
