"""What changes seldom about the company, and how its file is read and checked."""

from plans.company.ids import DepartmentId, GroupId, PersonId, RegionId, RoleId
from plans.company.model import (
    VEHICLE_KINDS,
    About,
    Company,
    Department,
    Depot,
    Group,
    Person,
    Post,
    Region,
    Reminders,
    Role,
    Vehicle,
    VehicleKind,
)
from plans.company.read import CompanyFile, read_company

__all__ = [
    "VEHICLE_KINDS",
    "About",
    "Company",
    "CompanyFile",
    "Department",
    "DepartmentId",
    "Depot",
    "Group",
    "GroupId",
    "Person",
    "PersonId",
    "Post",
    "Region",
    "RegionId",
    "Reminders",
    "Role",
    "RoleId",
    "Vehicle",
    "VehicleKind",
    "read_company",
]
