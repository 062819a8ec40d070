"""What `muster check` says of routines to come."""

from datetime import UTC, datetime

from bot.library import read_library
from bot.routines import what_is_next

AFTERNOON = datetime(2026, 10, 9, 8, 0, tzinfo=UTC)  # a Friday, 16:00 in the company's time zone


def test_the_soonest_comes_first_with_its_regions() -> None:
    assert what_is_next(read_library().desk, AFTERNOON) == [
        "2026-10-10 07:00 每日天气 · Daily forecast ×6",
        "2026-10-10 07:00 订单部每日天气 · Daily forecast for orders ×1",
        "2026-10-10 07:30 备用车检查 · Spares ready? ×3",  # a Saturday that is worked on
        "2026-10-16 14:00 仓库检查 · Stores complete? ×6",
        "2026-11-02 09:00 车辆月度保养 · Monthly maintenance ×6",
    ]


def test_the_end_of_the_calendar_is_said() -> None:
    after = datetime(2099, 5, 1, tzinfo=UTC)

    assert "Monday to Friday count as working days" in what_is_next(read_library().desk, after)[-1]
