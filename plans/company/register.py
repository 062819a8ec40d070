"""What has been entered in the chat, laid over the company file.

In: a company and the register's entries. Out: the company as it is now. Forbidden here: judging
whether an entry is right (whoever enters it has asked), and what changes from hour to hour (that is
`plans.roster`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from plans.company.ids import ContactId, CustomerId, GoodsId, GroupId, PersonId, RegionId
from plans.company.model import (
    Company,
    Contact,
    Customer,
    Goods,
    Group,
    Person,
    Region,
    Vehicle,
)
from plans.plate import Plate

R = TypeVar("R")


@dataclass(frozen=True)
class Register:
    """By id; None: the file's entry of that id does not count any more."""

    regions: Mapping[RegionId, Region | None] = field(default_factory=dict)
    people: Mapping[PersonId, Person | None] = field(default_factory=dict)
    groups: Mapping[GroupId, Group | None] = field(default_factory=dict)
    vehicles: Mapping[Plate, Vehicle | None] = field(default_factory=dict)
    contacts: Mapping[ContactId, Contact | None] = field(default_factory=dict)
    customers: Mapping[CustomerId, Customer | None] = field(default_factory=dict)
    goods: Mapping[GoodsId, Goods | None] = field(default_factory=dict)


def with_register(company: Company, register: Register) -> Company:
    """The company with the register laid over it; what the file has keeps its place.

    Nothing is checked again here: of two thousand people one wrong entry must not stop the bot.
    """
    fields = {name: getattr(company, name) for name in Company.model_fields}
    groups = _over({group.id: group for group in company.groups}, register.groups)
    # Not `model_copy`: it would carry over what the company has worked out and kept for itself.
    return Company.model_construct(
        **fields
        | {
            "regions": _over(company.regions, register.regions),
            "people": _over(company.people, register.people),
            "groups": tuple(groups.values()),
            "vehicles": _over(company.vehicles, register.vehicles),
            "contacts": _over(company.contacts, register.contacts),
            "customers": _over(company.customers, register.customers),
            "goods": _over(company.goods, register.goods),
        }
    )


def _over(file: Mapping[str, R], entered: Mapping[str, R | None]) -> dict[str, R]:
    both = {**file, **entered}
    return {id_: entry for id_, entry in both.items() if entry is not None}
