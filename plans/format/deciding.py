"""Decisions: a step at which somebody approves, refuses, or advises.

In: what a planner wrote. Out: frozen values. Forbidden here: who that is (see
`plans.engine.approving`).
"""

from collections.abc import Mapping
from typing import Final

from pydantic import Field

from plans.format.asking import Asked
from plans.format.conditions import Conditions
from plans.format.naming import Name
from plans.model import FactName, RoleId, Value
from plans.text import Text

_OUTCOMES: Final = {
    "approved": Text(zh="同意", en="approved"),
    "refused": Text(zh="不同意", en="refused"),
    "supported": Text(zh="建议同意", en="recommended"),
    "opposed": Text(zh="不建议", en="not recommended"),
}


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

    def says(self, asked: Mapping[FactName, Asked]) -> Mapping[FactName, Asked]:
        """The facts that it makes known, as if they had been asked for; so many of what is `asked`
        for are granted."""
        outcome = Asked(
            type="choice",
            text=Text(zh="意见", en="Advice") if self.advise else Text(zh="审批", en="Decision"),
            choices={one: _OUTCOMES[one] for one in self.outcomes},
            required=True,
        )
        of = asked.get(self.of or "")
        granted = Asked(
            type="number",
            text=Text(zh="批准数量", en="Granted"),
            required=True,
            unit_of=of.unit_of if of is not None else None,
        )
        return {self.as_: outcome, **({self.grant: granted} if self.grant else {})}
