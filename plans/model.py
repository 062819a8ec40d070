"""What every value of plans and incidents is. In: fields. Out: frozen values. Forbidden here:
behaviour."""

from pydantic import BaseModel, ConfigDict

from plans.company.ids import (
    CustomerId,
    DepartmentId,
    GoodsId,
    GroupId,
    PersonId,
    RegionId,
    RoleId,
)

__all__ = [
    "CheckId",
    "CustomerId",
    "DepartmentId",
    "FactName",
    "GoodsId",
    "GroupId",
    "PersonId",
    "RegionId",
    "RoleId",
    "StepId",
    "Value",
]

StepId = str
CheckId = str
FactName = str


class Value(BaseModel):
    """A frozen value; unknown fields are errors, so that a planner's slip is never swallowed."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
