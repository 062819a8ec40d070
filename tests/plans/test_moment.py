"""When: what people type for a clock time, and how it is said."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from plans.moment import (
    NotAhead,
    find_moment,
    is_ahead,
    parse_moment,
    read_moment,
    say_moment,
    usual_moments,
    write_moment,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
# A Monday morning.
NOW = datetime(2026, 7, 6, 10, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("明天9点", "7月7日周二 09:00"),
        ("明天上午九点", "7月7日周二 09:00"),
        ("明早8点半", "7月7日周二 08:30"),
        ("14:30", "7月6日周一 14:30"),
        ("９：００", "7月7日周二 09:00"),
        ("下午三点", "7月6日周一 15:00"),
        ("下午3:15", "7月6日周一 15:15"),
        ("今晚八点一刻", "7月6日周一 20:15"),
        ("晚上7点左右", "7月6日周一 19:00"),
        ("今晚12点", "7月7日周二 00:00"),
        ("今晚0点", "7月7日周二 00:00"),
        ("今晚 00:30", "7月7日周二 00:30"),
        ("今天24点", "7月7日周二 00:00"),
        ("后天24点", "7月9日周四 00:00"),
        ("午夜", "7月7日周二 00:00"),
        ("明天半夜两点", "7月8日周三 02:00"),
        ("夜里2点", "7月7日周二 02:00"),
        ("晚上五点", "7月6日周一 17:00"),
        ("3点", "7月6日周一 15:00"),
        ("9点", "7月7日周二 09:00"),
        ("明天凌晨3点", "7月7日周二 03:00"),
        ("明天中午", "7月7日周二 12:00"),
        ("明天下午", "7月7日周二 15:00"),
        ("后天10点", "7月8日周三 10:00"),
        ("7月8日 08:00", "7月8日周三 08:00"),
        ("7月8号早上8点", "7月8日周三 08:00"),
        ("7月8日18点", "7月8日周三 18:00"),
        ("7月8号14:30", "7月8日周三 14:30"),
        ("2026-07-08 08:00", "7月8日周三 08:00"),
        ("7/8 14:00", "7月8日周三 14:00"),
        ("周五下午两点", "7月10日周五 14:00"),
        ("下周一9点", "7月13日周一 09:00"),
        ("今天9点", "7月6日周一 21:00"),
        ("十二点", "7月6日周一 12:00"),
        ("二十点三十分", "7月6日周一 20:30"),
        ("tomorrow 9", "7月7日周二 09:00"),
        ("tomorrow at 2 pm", "7月7日周二 14:00"),
        ("tomorrow morning", "7月7日周二 09:00"),
        ("9 am", "7月7日周二 09:00"),
        ("tonight 8", "7月6日周一 20:00"),
        ("tonight at 12", "7月7日周二 00:00"),
        ("midnight", "7月7日周二 00:00"),
        ("12 pm", "7月6日周一 12:00"),
        ("tomorrow 12 am", "7月7日周二 00:00"),
        ("Friday 14:00", "7月10日周五 14:00"),
        ("8 July 10:30", "7月8日周三 10:30"),
        ("Jul 8 at 9am", "7月8日周三 09:00"),
    ],
)
def test_what_people_type(typed: str, said: str) -> None:
    moment = parse_moment(typed, NOW, SHANGHAI)

    assert (moment and say_moment(moment, "zh", SHANGHAI)) == said


@pytest.mark.parametrize(
    "typed",
    [
        "", "尽快", "soon", "明天", "tomorrow", "12", "25点", "14:75", "今天8:00", "2月30日 9点",
        "9月1日 9点", "40分钟", "7月5日 9点", "13月1日 9点", "3 vans", "9" * 80, "明天9点 李四送",
        "百点", "wedding 9", "monster 9:00",
    ],
)  # fmt: skip
def test_what_is_no_moment_ahead(typed: str) -> None:
    assert parse_moment(typed, NOW, SHANGHAI) is None


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("7月5日 9点", "past"), ("今天8:00", "past"), ("昨天9点", "past"), ("昨晚", "past"),
        ("前天下午", "past"), ("2026-07-05 10:00", "past"), ("1月2日 9点", "past"),
        ("yesterday 9 am", "past"), ("9月1日 9点", "far"), ("2028-02-29 10:00", "far"),
        ("2月30日 9点", "never"), ("2026-13-01 10:00", "never"), ("31 Jun 9:00", "never"),
        ("李四 2月30日 9点", None), ("李四 9月1日 9点", None), ("14:75", None), ("soon", None),
    ],
)  # fmt: skip
def test_why_a_moment_cannot_be_meant(typed: str, why: str | None) -> None:
    assert find_moment(typed, NOW, SHANGHAI) == (NotAhead(why) if why else None)


def test_after_midnight_the_night_goes_on() -> None:
    night = NOW.replace(hour=0, minute=30)
    moment = parse_moment("夜里2点", night, SHANGHAI)
    assert moment == night.replace(hour=2, minute=0)


def test_late_at_night_three_o_clock_is_tomorrow_by_day() -> None:
    night = NOW.replace(hour=23)

    assert parse_moment("3点", night, SHANGHAI) == NOW.replace(day=7, hour=15)


def test_december_looks_into_january() -> None:
    new_year = datetime(2026, 12, 30, 10, 0, tzinfo=SHANGHAI)

    assert parse_moment("1月2日 9点", new_year, SHANGHAI) == datetime(
        2027, 1, 2, 9, 0, tzinfo=SHANGHAI
    )


def test_it_is_written_one_way_and_read_back() -> None:
    written = write_moment(NOW)

    assert written == "2026-07-06T10:00+08:00"
    assert read_moment(written) == NOW
    assert read_moment("2026-07-06T10:00") is None
    assert read_moment("2026-07-06 10:00+08:00") is None
    assert read_moment("soon") is None


def test_only_the_next_thirty_days_are_ahead() -> None:
    assert not is_ahead(NOW, NOW)
    assert is_ahead(NOW.replace(month=8, day=5), NOW)
    assert not is_ahead(NOW.replace(month=8, day=6), NOW)


def test_it_is_said_with_its_date_in_both_languages() -> None:
    moment = NOW.replace(day=8, hour=9)

    assert say_moment(moment, "zh", SHANGHAI) == "7月8日周三 09:00"
    assert say_moment(moment, "en", SHANGHAI) == "Wed 8 Jul 09:00"


def test_the_usual_answers_all_lie_ahead() -> None:
    said = [say_moment(m, "en", SHANGHAI) for m in usual_moments(NOW, SHANGHAI)]
    late = usual_moments(NOW.replace(hour=17, minute=45), SHANGHAI)

    assert said == ["Mon 6 Jul 15:00", "Mon 6 Jul 18:00", "Tue 7 Jul 09:00", "Tue 7 Jul 15:00"]
    assert [m.day for m in late] == [7, 7, 8]
