"""Times: by when a step is to be done, and before when it does not begin.

In: what a planner wrote. Out: frozen values. Forbidden here: calculating moments (see
`plans.engine.due`).
"""

from datetime import time
from typing import Annotated

from pydantic import Field, StringConstraints

from plans.duration import Duration, Percent
from plans.model import FactName, Value


class Due(Value):
    """A deadline: exactly one of `in`, `by`, `working_days`.

    `in`: that long after the anchor `after`: `reported`, `opened` (this step), `done.<step>`, or
    `known.<fact>` (when the fact was last said); with `before`, that long before the moment that a
    fact of type time names. `by`: the next time the company's clock shows it after the anchor.
    `working_days`: at the end of that many working days after the anchor's day. `acknowledge`: how
    long silence lasts before the next in line is told; `warn`: when the owner is reminded, as a
    share.
    """

    after: Annotated[
        str, StringConstraints(pattern=r"^(reported|opened|(done|known)\.[a-z0-9_]+)$")
    ] = "opened"
    in_: Duration | None = Field(default=None, alias="in")
    before: FactName | None = None
    by: time | None = None
    working_days: int | None = Field(default=None, ge=1, le=60)
    warn: Percent | None = None
    acknowledge: Duration | None = None


class Wait(Value):
    """No sooner than the moment that a fact of type time names, or than this long after everything
    else was ready."""

    fact: FactName | None = None
    in_: Duration | None = Field(default=None, alias="in")
