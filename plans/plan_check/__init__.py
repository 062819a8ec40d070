"""How a plan file is read and checked before anybody depends on it."""

from plans.plan_check.read import read_plan, warnings_of_plan

__all__ = ["read_plan", "warnings_of_plan"]
