"""Whether decisions name what there is, and can be made by somebody.

In: a plan, and the company it is for. Out: paths with words. Forbidden here: what follows from a
decision (see `endings`, which tries both outcomes).
"""

from collections.abc import Iterator

from plans.company.model import Company
from plans.format import Decide, Plan, Tier
from plans.model import StepId
from plans.plan_check.facts import facts_of
from plans.text import Text
from plans.yaml_source import Path, unknown_name, worded

Found = Iterator[tuple[Path, Text]]
_LACKS = ("for_each", "allocate", "broadcast", "calls", "notice")


def names(plan: Plan, company: Company | None) -> Found:
    """What decisions, and taking back, are about."""
    facts = facts_of(plan)
    for path, _, decide in _decisions(plan):
        if decide.of is not None and decide.of not in facts:
            yield (*path, "of"), unknown_name(decide.of, facts, "问题", "question")
        for place, tier in enumerate(decide.tiers):
            here: Path = (*path, "tiers", place)
            if company is not None and tier.role not in company.roles:
                yield (*here, "role"), unknown_name(tier.role, company.roles, "岗位", "role")
            for name in tier.when:
                if name.partition(".")[0] not in facts:
                    yield (*here, "when", name), unknown_name(name, facts, "问题", "question")
    until = plan.withdraw_until
    if until is not None and until not in plan.steps:
        yield ("withdraw_until",), unknown_name(until, plan.steps, "步骤", "step")


def fitting(plan: Plan) -> Found:
    facts = facts_of(plan)
    for path, id_, decide in _decisions(plan):
        if decide.of is not None and facts[decide.of].type != "number":
            yield (
                (*path, "of"),
                worded(
                    f"of 要写一个数字, {decide.of} 的类型是 {facts[decide.of].type}",
                    f"of names a number; {decide.of} is of type {facts[decide.of].type}",
                ),
            )
        yield from _numbers(path, decide)
        yield from _tiers(plan, path, id_, decide)
        for key in _LACKS:
            if getattr(plan.steps[id_], key):
                yield (
                    ("steps", id_, key),
                    worded(
                        f"这一步是作决定, 不能再写 {key}: 请另写一步",
                        f"this step is a decision, so it has no {key}: make that another step",
                    ),
                )


def _numbers(path: Path, decide: Decide) -> Found:
    if decide.of is not None:
        return
    if decide.grant is not None:
        yield (
            (*path, "grant"),
            worded(
                "写了 grant (批准数量), 就要写 of (申请数量)",
                "grant says how many were granted: write, under of, how many were asked for",
            ),
        )
    if any(tier.up_to is not None for tier in decide.tiers):
        yield (
            (*path, "tiers"),
            worded(
                "up_to 限定的是数量, 请用 of 写明是哪个数字",
                "up_to bounds a number: write under of which one",
            ),
        )


def _tiers(plan: Plan, path: Path, id_: StepId, decide: Decide) -> Found:
    if not decide.tiers:
        return
    owner = plan.steps[id_].owner
    if owner.role != decide.tiers[0].role or owner.region_of is not None:
        yield (
            ("steps", id_, "owner"),
            worded(
                f"责任人要与最低一级相同: {decide.tiers[0].role}",
                f"the owner is the role of the lowest tier: {decide.tiers[0].role}",
            ),
        )
    for place, (lower, tier) in enumerate(zip(decide.tiers, decide.tiers[1:], strict=False), 1):
        if lower.when == tier.when and not _reaches_further(lower, tier):
            yield (
                (*path, "tiers", place),
                worded(
                    "级别要从低到高: up_to 要比前一级大, 最后一级可以不写",
                    "tiers go from low to high: up_to is more than the one before; the last may "
                    "have none",
                ),
            )


def _reaches_further(lower: Tier, tier: Tier) -> bool:
    if lower.up_to is None:
        return False
    return tier.up_to is None or tier.up_to > lower.up_to


def _decisions(plan: Plan) -> Iterator[tuple[Path, StepId, Decide]]:
    for id_, step in plan.steps.items():
        if step.decide is not None:
            yield ("steps", id_, "decide"), id_, step.decide
