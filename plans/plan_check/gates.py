"""Whether gates refuse only what somebody has said.

In: a plan whose conditions fit their facts. Out: paths with words. Forbidden here: whether a gate
holds (see `plans.engine.gating`).
"""

from collections.abc import Iterator

from plans.format import Never, Plan, Unless
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


def fitting(plan: Plan) -> Found:
    for gate_name, gate in plan.gate.items():
        path: Path = ("gate", gate_name, "when")
        for name, condition in gate.when.items():
            if isinstance(condition, Unless):
                yield (*path, name), _UNLESS
        if all(isinstance(condition, Never) for condition in gate.when.values()):
            yield path, _NEVER
