"""What is wrong with how a plan takes goods from stores is told by line, in words."""

import pytest

from plans.plan_check import PlanFile, read_plan
from plans.text import Lang
from tests.plans.engine.test_stock import PLAN
from tests.plans.engine.town import sample_company

SLIPS = {
    "goods of the wrong type": (
        "goods: what, quantity: many",
        "goods: many, quantity: many",
        "steps.keep.allocate.goods: goods needs a fact of type goods; many is of type number",
    ),
    "a quantity of the wrong type": (
        "quantity: many",
        "quantity: what",
        "quantity: quantity needs a fact of type number; what is of type goods",
    ),
    "goods that nobody asks for": (
        "goods: what",
        "goods: wht",
        "steps.keep.allocate.goods: nobody is asked for wht",
    ),
    "a number of what is no goods": (
        "many: {type: number,",
        "many: {type: number, unit_of: many,",
        "ask.many.unit_of: unit_of goes with type: number and names a question of type goods, "
        "unlike many and many",
    ),
    "no quantity": (
        ", quantity: many",
        "",
        "steps.keep.allocate: to keep goods in a store, name the goods and the quantity",
    ),
    "goods for a vehicle": (
        "pool: stock, as",
        "pool: spare_vehicle, as",
        "steps.keep.allocate: goods and quantity go with pool: stock only",
    ),
    "using what is not kept": (
        "uses: store",
        "uses: what",
        "steps.bring.uses: uses names what pool: stock keeps (its as); what is not",
    ),
    "using what may not be there": (
        "    when: {store: any}\n",
        "",
        "steps.bring.uses: nothing is used where nothing was kept: add when: {store: any}",
    ),
    "using and keeping at once": (
        "    uses: store\n",
        "    uses: store\n    for_each: {roles: [dispatcher, driver]}\n",
        "steps.bring.uses: uses is for a step of its own",
    ),
    "nobody acts when no store has enough": (
        "{store: none}",
        "{many: {over: 0}}",
        "steps.keep.allocate: nobody acts when no store has enough: add a step with "
        "when: {store: none}",
    ),
}


def told(text: str, lang: Lang = "en") -> str:
    read = read_plan(text, "plan.yaml", sample_company())
    return "" if isinstance(read, PlanFile) else read.said(lang)


def test_the_plan_is_sound() -> None:
    assert told(PLAN) == ""


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told(slip: str) -> None:
    before, after, words = SLIPS[slip]
    assert before in PLAN
    assert words in told(PLAN.replace(before, after, 1))


def test_in_chinese_too() -> None:
    assert "哪个仓库都不够时没有人管" in told(
        PLAN.replace("{store: none}", "{many: {over: 0}}"), "zh"
    )
