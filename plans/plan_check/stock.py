"""Whether goods are taken from stores soundly: what, how many, used by whom.

In: a plan. Out: paths with words. Forbidden here: what happens when no store has enough (see
`fitting`).
"""

from collections.abc import Iterator

from plans.format import Plan, Step
from plans.model import FactName, StepId
from plans.plan_check.facts import facts_of, origins_of
from plans.text import Text
from plans.yaml_source import Path, worded

Found = Iterator[tuple[Path, Text]]


def named(id_: StepId, step: Step) -> Iterator[tuple[Path, FactName]]:
    """The facts that a step names for what it keeps or uses."""
    path: Path = ("steps", id_)
    if step.allocate is not None and step.allocate.goods is not None:
        yield (*path, "allocate", "goods"), step.allocate.goods
    if step.allocate is not None and step.allocate.quantity is not None:
        yield (*path, "allocate", "quantity"), step.allocate.quantity
    if step.uses is not None:
        yield (*path, "uses"), step.uses


def fitting(plan: Plan) -> Found:
    yield from _counted(plan)
    for id_, step in plan.steps.items():
        yield from _kept(plan, id_, step)
        yield from _used(plan, id_, step)


def _counted(plan: Plan) -> Found:
    """What a number counts."""
    facts = facts_of(plan)
    for origin in origins_of(plan):
        name = origin.asked.unit_of if origin.asked is not None else None
        if name is None:
            continue
        goods = facts.get(name)
        if origin.type != "number" or goods is None or goods.type != "goods":
            yield (
                (*origin.path, "unit_of"),
                worded(
                    f"unit_of 是 {origin.name} 数的货: 要写在数字上, 指一个货品问题, {name} 不行",
                    "unit_of goes with type: number and names a question of type goods, "
                    f"unlike {origin.name} and {name}",
                ),
            )


def _kept(plan: Plan, id_: StepId, step: Step) -> Found:
    allocate, facts = step.allocate, facts_of(plan)
    if allocate is None:
        return
    path: Path = ("steps", id_, "allocate")
    from_store = allocate.pool == "stock"
    if not from_store and (allocate.goods or allocate.quantity):
        yield (
            path,
            Text(
                zh="goods 和 quantity 只用于 pool: stock",
                en="goods and quantity go with pool: stock only",
            ),
        )
    if not from_store:
        return
    if allocate.goods is None or allocate.quantity is None:
        yield (
            path,
            Text(
                zh="从仓库留货, 要写明 goods (什么货) 和 quantity (多少)",
                en="to keep goods in a store, name the goods and the quantity",
            ),
        )
    for key, name, wanted in (
        ("goods", allocate.goods, "goods"),
        ("quantity", allocate.quantity, "number"),
    ):
        if name is not None and facts[name].type != wanted:
            yield (
                (*path, key),
                worded(
                    f"{key} 要一个类型为 {wanted} 的问题或结果, {name} 的类型是 {facts[name].type}",
                    f"{key} needs a fact of type {wanted}; {name} is of type {facts[name].type}",
                ),
            )


def _used(plan: Plan, id_: StepId, step: Step) -> Found:
    if step.uses is None:
        return
    path: Path = ("steps", id_, "uses")
    kept = (s.allocate for s in plan.steps.values() if s.allocate)
    if step.uses not in {one.as_ for one in kept if one.pool == "stock"}:
        yield (
            path,
            worded(
                f"uses 要写 pool: stock 留下的货 (它的 as), {step.uses} 不是",
                f"uses names what pool: stock keeps (its as); {step.uses} is not",
            ),
        )
    elif step.uses not in step.when:
        yield (
            path,
            worded(
                f"没有留到货就不能用: 请加上 when: {{{step.uses}: any}}",
                f"nothing is used where nothing was kept: add when: {{{step.uses}: any}}",
            ),
        )
    if step.for_each is not None or step.allocate is not None:
        yield (
            path,
            Text(
                zh="uses 要单独写一步: 不能和 for_each、allocate 写在一起",
                en="uses is for a step of its own, with neither for_each nor allocate",
            ),
        )
