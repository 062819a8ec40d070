"""Owners: who has a step. In: what a planner wrote. Out: frozen values. Forbidden here: finding the
person (see `plans.engine.owners`)."""

from typing import Annotated

from pydantic import BeforeValidator

from plans.model import FactName, PersonId, RoleId, Value


def _owner_from_name(value: object) -> object:
    return {"role": value} if isinstance(value, str) else value


class Owner(Value):
    """Who has a step: a role of the incident's region (or of the region that a vehicle fact
    belongs to, or whose store keeps the stock promised under a fact's name), the person who
    reported, the driver of a vehicle fact, or the person promised under a fact's name. `person` is
    for plans that are composed in the chat; a file must not name anybody."""

    role: RoleId | None = None
    region_of: FactName | None = None
    driver_of: FactName | None = None
    person_of: FactName | None = None
    person: PersonId | None = None


OwnerField = Annotated[Owner, BeforeValidator(_owner_from_name)]
