"""How a plan file is read and checked before anybody depends on it."""

from plans.plan_check.calls import CallsChecked, check_calls
from plans.plan_check.read import PlanFile, read_plan

__all__ = ["CallsChecked", "PlanFile", "check_calls", "read_plan"]
