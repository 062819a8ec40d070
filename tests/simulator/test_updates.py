"""The queue of updates: what an offset confirms, what is allowed in, what is dropped."""

import pytest

from simulator.clock import SimClock
from simulator.stats import Stats
from simulator.updates import UpdateQueue


def queue_of(count: int) -> UpdateQueue:
    queue = UpdateQueue(SimClock(), Stats(), 100, first_id=1)
    for number in range(1, count + 1):
        queue.add("message", {"text": str(number)})
    return queue


def ids(queue: UpdateQueue, offset: int = 0, limit: int = 100) -> list[int]:
    return [update.update_id for update in queue.get(offset, limit)]


def test_asking_without_offset_confirms_nothing() -> None:
    queue = queue_of(3)
    assert ids(queue) == ids(queue) == [1, 2, 3]


def test_an_offset_confirms_all_below_it() -> None:
    queue = queue_of(3)
    assert ids(queue, offset=3) == [3]
    assert ids(queue) == [3]
    assert ids(queue, offset=4) == []
    assert len(queue) == 0


def test_the_limit_holds_back_the_rest() -> None:
    queue = queue_of(5)
    assert ids(queue, limit=2) == [1, 2]
    assert ids(queue, offset=3, limit=2) == [3, 4]


def test_a_negative_offset_keeps_only_that_many_from_the_end() -> None:
    queue = queue_of(5)
    assert ids(queue, offset=-2) == [4, 5]
    assert ids(queue) == [4, 5]


def test_an_offset_far_in_the_future_is_not_believed() -> None:
    queue = queue_of(2)
    assert ids(queue, offset=500_000) == [1, 2]


def test_ids_go_on_from_elsewhere_after_a_silent_week() -> None:
    queue = queue_of(1)
    with pytest.raises(RuntimeError, match="nothing waits"):
        queue.restart_ids(900)
    assert ids(queue, offset=2) == []
    queue.restart_ids(900)
    queue.add("message", {})
    assert ids(queue, offset=2) == [900]


def test_an_update_is_kept_for_24_hours() -> None:
    clock, stats = SimClock(), Stats()
    queue = UpdateQueue(clock, stats, 100)
    queue.add("message", {})
    clock.advance(86_399)
    assert len(queue) == 1
    clock.advance(1)
    assert len(queue) == 0
    assert stats.updates_expired == 1


def test_kinds_not_asked_for_are_not_queued() -> None:
    queue = queue_of(0)
    assert queue.add("chat_member", {}) is None
    assert queue.add("message_reaction", {}) is None
    assert queue.add("my_chat_member", {}) is not None
    queue.allow(["message", "chat_member"])
    assert queue.add("callback_query", {}) is None
    assert queue.add("chat_member", {}) is not None
    queue.allow(None)
    assert queue.add("callback_query", {}) is None
    queue.allow([])
    assert queue.add("callback_query", {}) is not None
    assert queue.add("chat_member", {}) is None


def test_a_kind_nobody_knows_yet_goes_through() -> None:
    queue = queue_of(0)
    queue.allow(["message"])
    assert queue.add("telepathy", {}) is not None


def test_a_full_queue_drops_the_new() -> None:
    stats = Stats()
    queue = UpdateQueue(SimClock(), stats, 3, first_id=1)
    assert [queue.add("message", {}) for _ in range(5)] == [1, 2, 3, None, None]
    assert stats.updates_dropped_full == 2
    assert ids(queue) == [1, 2, 3]
