"""Goods found by whatever is typed of their names."""

import pytest

from plans.company import Goods
from plans.directory.goods import find_goods
from tests.plans.engine.town import sample_company

COMPANY = sample_company()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("云杉", ("yunshan",)),
        ("云", ("yunshan",)),
        ("ys", ("yunshan",)),
        ("YunShan", ("yunshan",)),
        ("qingso", ("qingsong",)),
        ("皮带", ("belt",)),
        ("　青松 ", ("qingsong",)),
        ("婚宴", ()),
        ("", ()),
        ("y", ()),
    ],
)
def test_by_name_pinyin_and_initials(typed: str, found: tuple[str, ...]) -> None:
    assert find_goods(COMPANY, typed) == found


def test_the_very_name_is_not_confused_with_longer_ones() -> None:
    more = {**COMPANY.goods, "soft": Goods(name="云杉软包"), "old": Goods(name="老云杉")}
    company = COMPANY.model_copy(update={"goods": more})

    assert find_goods(company, "云杉") == ("yunshan",)
    assert find_goods(company, "云杉软") == ("soft",)
    assert find_goods(company, "yun") == ("yunshan", "soft")
