"""The budgets keep Telegram's letter whatever the network does, and keep places for urgent ones."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot import budget as budgets
from bot.budget import Budget, Meter, Rates, Window
from simulator.limits import Limiter, Limits
from storage.delivery import Urgency

NOW = datetime(2026, 7, 1, tzinfo=UTC)
PERSON, GROUP = 700001, -1007000001
URGENT, NORMAL, BULK = Urgency.URGENT, Urgency.NORMAL, Urgency.BULK


def _after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def _use(meter: Meter, times: int, at: datetime = NOW) -> None:
    for _ in range(times):
        meter.begin()
        meter.end(at)


def test_a_window_is_free_until_it_is_full_and_again_when_the_first_has_left_it() -> None:
    meter = Meter((Window(2, 10.0),))
    assert meter.free_at(NORMAL, NOW) == NOW
    _use(meter, 1)
    _use(meter, 1, _after(3))
    assert meter.free_at(NORMAL, _after(4)) == _after(10)
    assert meter.free_at(NORMAL, _after(10)) == _after(10)


def test_a_call_fills_its_place_from_its_beginning_until_a_window_after_its_end() -> None:
    meter = Meter((Window(1, 1.0),))
    meter.begin()
    assert meter.free_at(URGENT, _after(50)) is None
    meter.end(_after(60))
    assert meter.free_at(URGENT, _after(60)) == _after(61)


def test_bulk_and_normal_leave_the_last_places_to_the_more_urgent() -> None:
    meter = Meter((Window(10, 60.0, urgent_only=3, not_bulk=2),))
    _use(meter, 5)
    assert meter.free_at(BULK, NOW) == _after(60)
    assert meter.free_at(NORMAL, NOW) == NOW
    _use(meter, 2)
    assert meter.free_at(NORMAL, NOW) == _after(60)
    assert meter.free_at(URGENT, NOW) == NOW
    _use(meter, 3)
    assert meter.free_at(URGENT, NOW) == _after(60)


def test_the_strictest_of_several_windows_rules() -> None:
    meter = Meter((Window(1, 1.0), Window(2, 60.0)))
    _use(meter, 1)
    assert meter.free_at(NORMAL, NOW) == _after(1)
    _use(meter, 1, _after(1))
    assert meter.free_at(NORMAL, _after(1)) == _after(60)


def test_a_chat_and_all_chats_have_budgets_of_their_own() -> None:
    budget = Budget(Rates(overall=(Window(2, 1.0),), private=(Window(1, 5.0),)))
    budget.begin(PERSON, NOW)
    budget.end(PERSON, NOW)
    assert budget.chat_free_at(PERSON, NORMAL, NOW) == _after(5)
    assert budget.chat_free_at(PERSON + 1, NORMAL, NOW) == NOW
    assert budget.overall_free_at(NORMAL, NOW) == NOW
    budget.begin(PERSON + 1, NOW)
    budget.end(PERSON + 1, NOW)
    assert budget.overall_free_at(NORMAL, NOW) == _after(1)


def test_groups_have_the_rate_of_groups() -> None:
    assert Rates().of_chat(GROUP) == Rates().group
    assert Rates().of_chat(PERSON) == Rates().private


def test_silent_chats_are_forgotten_at_the_bound_and_busy_ones_are_not() -> None:
    budget = Budget(Rates(overall=(Window(10**6, 1.0),)))
    for chat in range(1, budgets.METERS_LIMIT + 1):
        budget.begin(chat, NOW)
        budget.end(chat, NOW if chat > 5 else _after(100))
    budget.begin(GROUP, _after(100.5))
    assert sorted(budget.chats()) == [GROUP, 1, 2, 3, 4, 5]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([PERSON, PERSON + 1, GROUP, GROUP - 1]),
            st.sampled_from([URGENT, NORMAL, BULK]),
            st.floats(0, 0.4),  # until the call arrives
            st.floats(0, 0.4),  # until its answer is back
            st.floats(0, 0.2),  # until the next is thought of
        ),
        max_size=80,
    )
)
def test_whatever_the_network_does_telegram_never_counts_too_many(
    calls: list[tuple[int, Urgency, float, float, float]],
) -> None:
    """Calls overlap, arrive late and end late; the stand-in's strictest limiter counts arrivals."""
    budget = Budget(Rates(overall=(Window(5, 1.0, urgent_only=1),)))
    limiter = Limiter(Limits(overall_per_s=5, private_per_s=1.0, private_burst=1, group_per_min=20))
    now = NOW
    arrivals: list[tuple[datetime, int]] = []
    under_way: list[tuple[datetime, int]] = []
    for chat, urgency, there_s, back_s, pause_s in calls:
        now += timedelta(seconds=pause_s)
        while True:
            for ended_at, ended in [call for call in under_way if call[0] <= now]:
                under_way.remove((ended_at, ended))
                budget.end(ended, ended_at)
            free = [budget.overall_free_at(urgency, now), budget.chat_free_at(chat, urgency, now)]
            if None not in free and all(at is not None and at <= now for at in free):
                break
            later = [at for at in free if at is not None and at > now]
            now = min(later + [at for at, _ in under_way])
        budget.begin(chat, now)
        arrives = now + timedelta(seconds=there_s)
        arrivals.append((arrives, chat))
        under_way.append((arrives + timedelta(seconds=back_s), chat))
    refusals = [limiter.admit(chat, at) for at, chat in sorted(arrivals)]
    assert refusals == [None] * len(arrivals)
