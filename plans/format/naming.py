"""Names as a planner may write them. In: nothing. Out: constrained strings, and the names that have
a meaning of their own. Forbidden here: looking anything up."""

from typing import Annotated

from pydantic import StringConstraints

from plans.model import RoleId, StepId

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
# With the longest fact name and incident number it just fits into a button's 64 bytes.
ChoiceKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,15}$")]
PlanId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,31}$")]
Clause = Annotated[str, StringConstraints(pattern=r"^[OVWNDQ][0-9]{1,2}$")]
REPORTER = RoleId("reporter")
CLOSING: StepId = "close"


def part_of(step: StepId, n: int) -> StepId:
    """The name of one owner's part of a step that several have."""
    return f"{step}/{n}"


def whole_of(step: StepId) -> StepId:
    """The step that a part belongs to; any other step is its own whole."""
    return step.partition("/")[0]
