from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from plans.duration import (
    LONGEST,
    Duration,
    Percent,
    parse_duration,
    say_duration,
    write_duration,
)

whole_seconds = st.integers(1, int(LONGEST.total_seconds())).map(lambda s: timedelta(seconds=s))


class Timed(BaseModel, frozen=True):
    lasts: Duration
    share: Percent = 0.5


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("15 min", 15),
        ("15min.", 15),
        ("2 h", 120),
        ("1.5h", 90),
        ("1 h 30 min", 90),
        ("1h30", 90),
        ("40", 40),
        ("４０", 40),
        ("40分钟", 40),
        ("４０分钟", 40),
        ("40 分", 40),
        ("四十分钟", 40),
        ("十五分钟", 15),
        ("二十五分", 25),
        ("一百二十分钟", 120),
        ("半小时", 30),
        ("半个小时", 30),
        ("1个半小时", 90),
        ("一个半小时", 90),
        ("一小时半", 90),
        ("1小时30分钟", 90),
        ("1小时30", 90),
        ("一个小时零五分", 65),
        ("两小时", 120),
        ("两个半钟头", 150),
        ("一刻钟", 15),
        ("三刻钟", 45),
        ("2天", 2880),
        ("一天半", 2160),
        ("1 周", 10080),
        ("1天2小时30分钟", 1590),
        ("大概四十分钟左右", 40),
        ("还要半小时吧", 30),
        ("20分钟后", 20),
        ("约 2 小时", 120),
        ("half an hour", 30),
        ("an hour and a half", 90),
        ("1 and a half hours", 90),
        ("2 hours and 5 minutes", 125),
        ("about twenty minutes", 20),
        ("forty-five min", 45),
        ("in 1 day", 1440),
        ("90 s", 1.5),
        ("30 天", 43200),
    ],
)
def test_what_people_type_is_understood(typed: str, minutes: float) -> None:
    assert parse_duration(typed) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "typed",
    [
        "", "  ", "soon", "马上", "0", "0 min", "-5 min", "31天", "99999999", "1e5 h", "30 min 2 h",
        "2 h 3 h", "12:30", "5 分 30", "一五分钟", "十百分钟", "1 mile", "15 minx", "半",
        "半半小时", "K12+300", "浙A12345", "1" * 5000, "٣ min",
    ],
)  # fmt: skip
def test_what_is_no_duration_within_bounds_is_none(typed: str) -> None:
    assert parse_duration(typed) is None


@given(whole_seconds)
def test_every_duration_is_read_back_as_it_was_written(d: timedelta) -> None:
    assert parse_duration(write_duration(d)) == d
    assert Timed.model_validate_json(Timed(lasts=d).model_dump_json()).lasts == d


@given(whole_seconds.filter(lambda d: d >= timedelta(minutes=1)))
def test_what_is_said_in_chinese_is_understood_within_half_a_minute(d: timedelta) -> None:
    heard = parse_duration(say_duration(d, "zh"))

    assert heard is not None
    assert abs(heard - d) <= timedelta(seconds=30)


@given(st.text(max_size=80))
def test_no_text_makes_the_reader_fail(typed: str) -> None:
    found = parse_duration(typed)

    assert found is None or timedelta(0) < found <= LONGEST


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (0, "不到 1 分钟", "less than a minute"),
        (59, "不到 1 分钟", "less than a minute"),
        (60, "1 分钟", "1 minute"),
        (89, "1 分钟", "1 minute"),
        (90, "2 分钟", "2 minutes"),
        (15 * 60, "15 分钟", "15 minutes"),
        (59 * 60 + 45, "1 小时", "1 hour"),
        (90 * 60, "1 小时 30 分钟", "1 h 30 min"),
        (2 * 3600, "2 小时", "2 hours"),
        (27 * 3600 + 60, "1 天 3 小时 1 分钟", "1 d 3 h 1 min"),
        (48 * 3600, "2 天", "2 days"),
        (-15 * 60, "15 分钟", "15 minutes"),
    ],
)
def test_a_duration_is_said_in_minutes(seconds: int, zh: str, en: str) -> None:
    d = timedelta(seconds=seconds)

    assert (say_duration(d, "zh"), say_duration(d, "en")) == (zh, en)


def test_in_a_document_a_duration_is_text_and_a_share_is_a_percentage() -> None:
    timed = Timed.model_validate({"lasts": 90, "share": "50%"})

    assert timed.model_dump(mode="json") == {"lasts": "1 h 30 min", "share": "50%"}


@pytest.mark.parametrize(
    ("written", "share"), [("50%", 0.5), ("５０％", 0.5), ("100 %", 1), (0.25, 0.25)]
)
def test_a_percentage_is_a_share_of_one(written: object, share: float) -> None:
    assert Timed.model_validate({"lasts": "1 h", "share": written}).share == share


@pytest.mark.parametrize("written", ["50", "101%", 50, -0.1, True, "half"])
def test_what_is_no_percentage_is_refused(written: object) -> None:
    with pytest.raises(ValidationError, match="not a percentage"):
        Timed.model_validate({"lasts": "1 h", "share": written})


@pytest.mark.parametrize("written", ["soon", True, None, timedelta(), timedelta(days=31), ["1 h"]])
def test_a_field_that_is_no_duration_is_refused(written: object) -> None:
    with pytest.raises(ValidationError, match="not a duration"):
        Timed.model_validate({"lasts": written})
