"""What changes about a vehicle from hour to hour, over what the company file says of it.

In: allocations, releases and readiness checks, as values. Out: `VehicleState`. Forbidden here:
choosing a spare (that is `plans.roster`).
"""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from plans.plate import Plate


class VehicleState(BaseModel, frozen=True, extra="forbid"):
    """`promised_to` is the number of the incident that has the vehicle, `down_in` of one that is
    about the vehicle itself; None: there is none."""

    plate: Plate
    promised_to: Annotated[int, Field(ge=1)] | None = None
    down_in: Annotated[int, Field(ge=1)] | None = None
    ready: bool = True
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""

    @property
    def free(self) -> bool:
        return self.ready and self.promised_to is None and self.down_in is None
