"""How many: numbers as people type them, read whole or not at all."""

import pytest

from plans.amount import Amount, read_amount, read_bare_amount, spoken_number


@pytest.mark.parametrize(
    ("typed", "number", "unit"),
    [
        ("20", 20, ""), ("20条", 20, "条"), ("20 条", 20, "条"), ("２０", 20, ""), ("0", 0, ""),
        ("1,000", 1000, ""), ("1，000条", 1000, "条"),
        ("1 000", 1000, ""), ("1,234,567", 1234567, ""),
        ("还有 12", 12, ""), ("受影响12户", 12, "户"),
        ("大约 30 户左右", 30, "户"), ("20。", 20, ""),
        ("about 20", 20, ""), ("20 boxes", 20, ""), ("2千", 2000, ""), ("3百条", 300, "条"),
        ("1万", 10000, ""), ("一共30条", 30, "条"), ("来30条", 30, "条"),
        ("三十", 30, ""), ("三十条", 30, "条"),
        ("两箱", 2, "箱"), ("十二", 12, ""), ("一百二", 120, ""),
        ("批三十", 30, ""), ("同意三十条", 30, "条"),
        ("一共两百条吧", 200, "条"), ("来二十条", 20, "条"),
        ("还有三户", 3, "户"), ("约五十左右", 50, ""), ("零", 0, ""), ("一个", 1, "个"),
    ],
)  # fmt: skip
def test_what_people_type(typed: str, number: int, unit: str) -> None:
    assert read_amount(typed) == Amount(number, unit)


@pytest.mark.parametrize(
    "typed",
    [
        "", "1e3", "2k", "1.5", "-5", "+5", "1/2", "20-30", "20到30条", "1,00", "1,0000", "12 34",
        "二十来条", "20来条", "三十多", "30多条", "30条多",
        "十几条", "几十", "两三条", "一两箱", "半箱",
        "一箱半", "3箱半", "不到30", "超过30", "30以上", "少批10", "再加30", "第30", "两百到三百",
        "一会儿告诉你", "十分紧急", "一直没人接", "三车道堵了",
        "万一", "百", "20亿", "k20", "第二批30",
        "123456789", "9" * 50,
    ],
)  # fmt: skip
def test_what_is_not_exact_or_is_something_else(typed: str) -> None:
    assert read_amount(typed) is None


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("十", 10), ("二十五", 25), ("一百零五", 105), ("一百一十", 110), ("一百十二", 112),
        ("三百八", 380), ("两千", 2000), ("三千五", 3500), ("三千零五", 3005), ("三千零五十", 3050),
        ("一千二百三十四", 1234), ("一万", 10000), ("一万二", 12000), ("一万零二", 10002),
        ("十二万三千", 123000), ("二百五", 250),
        ("一五", None), ("十百", None), ("两三", None),
        ("万", None), ("二十两", None), ("零五", None),
        ("二十零五", None), ("三八零", None), ("一万万", None), ("", None),
    ],
)  # fmt: skip
def test_numbers_as_they_are_spoken(said: str, number: int | None) -> None:
    assert spoken_number(said) == number


@pytest.mark.parametrize("typed", ["20", "20条", "1,000", "三十", "三十条", "2千条", "5卷"])
def test_among_other_words_it_is_a_number_and_its_unit(typed: str) -> None:
    assert read_bare_amount(typed, ["卷"]) is not None


@pytest.mark.parametrize(
    "typed", ["云杉20", "还有12", "20多", "三十里", "一品", "20boxes", "同意30"]
)
def test_and_nothing_beside_it(typed: str) -> None:
    assert read_bare_amount(typed, ["卷"]) is None


def test_a_unit_says_of_what_it_is_a_number() -> None:
    boxes = Amount(2, "箱")
    assert boxes.is_in("箱")
    assert boxes.is_in("")
    assert not boxes.is_in("条")
    assert Amount(2).is_in("条")
    assert Amount(2, "个").is_in("条")
    assert read_amount("12双筷", ["双"]) == Amount(12, "双")
