"""How a plan file is read and checked before anybody depends on it."""

from plans.plan_check.calls import CallsChecked, check_calls
from plans.plan_check.read import PlanFile, read_plan
from plans.plan_check.sharing import check_words

__all__ = ["CallsChecked", "PlanFile", "check_calls", "check_words", "read_plan"]
