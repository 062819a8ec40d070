"""Whether gates refuse only what somebody has said.

In: a plan whose conditions fit their facts. Out: paths with words. Forbidden here: whether a gate
holds (see `plans.engine.gating`).
"""

from collections.abc import Iterator

from plans.format import Before, Never, Plan, Unless
from plans.format.attributes import ORDER_DAY
from plans.plan_check.facts import facts_of
from plans.text import Text
from plans.yaml_source import Path

Found = Iterator[tuple[Path, Text]]

_UNLESS = Text(
    zh="gate 里不能写 unless: 还没人回答时就会拒绝",
    en="unless cannot stand in a gate: it would refuse before anybody answered",
)
_NEVER = Text(
    zh="gate 里不能只写 never: 还没人回答时就会拒绝; 请再写明是哪个答案",
    en="never cannot stand alone in a gate: it would refuse before anybody answered; say which "
    "answer it refuses, too",
)
_ONLY_HERE = Text(
    zh="before 只能写在 gate 里; 步骤到时刻再做, 请写 not_before",
    en="before stands in gates only; for a step that waits for a moment write not_before",
)
_NO_MOMENT = Text(
    zh="before 后面要写一个时刻: type: time 的问题, 或客户的订货日 (如 customer.order_day)",
    en="before names a moment: a question of type time, or a customer's order_day (like "
    "customer.order_day)",
)


def fitting(plan: Plan) -> Found:
    facts = facts_of(plan)
    for path, when in plan.conditions():
        for name, condition in when.items():
            if not isinstance(condition, Before):
                continue
            if path[0] != "gate":
                yield (*path, "when", name), _ONLY_HERE
            other = facts[condition.before]
            if other.type != "time" and not other.name.endswith(f".{ORDER_DAY}"):
                yield (*path, "when", name), _NO_MOMENT
    for gate_name, gate in plan.gate.items():
        here: Path = ("gate", gate_name, "when")
        for name, condition in gate.when.items():
            if isinstance(condition, Unless):
                yield (*here, name), _UNLESS
        if all(isinstance(condition, Never) for condition in gate.when.values()):
            yield here, _NEVER
