"""Decisions: a step at which somebody approves, refuses, or advises.

In: what a planner wrote. Out: frozen values. Forbidden here: who that is (see
`plans.engine.approving`).
"""

from pydantic import Field

from plans.format.conditions import Conditions
from plans.format.naming import Name
from plans.model import FactName, RoleId, Value


class Tier(Value):
    """A rank that decides on up to so many, without a bound on any number; only where `when`
    holds."""

    role: RoleId
    when: Conditions = Field(default_factory=dict)
    up_to: int | None = Field(default=None, ge=0, le=1_000_000)


class Decide(Value):
    """The owner decides by a button: the fact `as` becomes `approved` or `refused`.

    `of` is the number asked for, `grant` the fact that says how many were granted, which may be
    fewer. `tiers`, lowest first: the first whose bound reaches as far as the number has the step,
    the higher ones are next in line. `advise`: only a recommendation, which whoever decides later
    sees; the fact becomes `supported` or `opposed`. When the number is corrected, the decision is
    void and is asked for again.
    """

    as_: Name = Field(alias="as")
    of: FactName | None = None
    grant: Name | None = None
    tiers: tuple[Tier, ...] = Field(default=(), max_length=8)
    advise: bool = False

    @property
    def outcomes(self) -> tuple[str, str]:
        """The values for yes and no."""
        return ("supported", "opposed") if self.advise else ("approved", "refused")
