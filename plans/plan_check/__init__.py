"""How a plan file is read and checked before anybody depends on it."""

from plans.plan_check.read import PlanFile, read_plan

__all__ = ["PlanFile", "read_plan"]
