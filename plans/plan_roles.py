"""The roles a plan counts on: for what it asks to be done, checked, closed and known.

In: plans. Out: roles, in the order in which the plans name them. Forbidden here: who holds them.
"""

from collections.abc import Iterable, Iterator

from plans.company.ids import RoleId
from plans.company.model import Company
from plans.format import Plan


def roles_counted_on(plans: Iterable[Plan], company: Company) -> tuple[RoleId, ...]:
    """Every role of the company that one of the plans names, each once."""
    named = (role for plan in plans for role in _named(plan))
    return tuple(dict.fromkeys(role for role in named if role in company.roles))


def _named(plan: Plan) -> Iterator[RoleId]:
    for step in plan.every_step().values():
        yield from [step.owner.role] if step.owner.role else []
    for check in plan.checks.values():
        yield from [check.owner.role] if check.owner.role else []
    yield from (*plan.close.by, *plan.inform)
