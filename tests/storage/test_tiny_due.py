"""The heap of due times: right, and never much larger than what is due."""

from hypothesis import given
from hypothesis import strategies as st

from storage.port import Due
from storage.tiny.due import DueHeap
from tests.storage.samples import minutes


@given(st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.integers(0, 5))))
def test_the_heap_agrees_with_a_dict(changes: list[tuple[str, int | None]]) -> None:
    heap, model = DueHeap(), dict[str, int]()
    for key, after in changes:
        before = model.get(key)
        assert heap.set("k", key, None if after is None else minutes(after)) == (before != after)
        if after is None:
            model.pop(key, None)
        else:
            model[key] = after
        assert heap.earliest() == (minutes(min(model.values())) if model else None)
        expected = [
            Due("k", key, minutes(n)) for n, key in sorted((n, k) for k, n in model.items())
        ]
        assert heap.until(minutes(9), 100) == expected
        assert heap.until(minutes(3), 2) == [due for due in expected if due.at <= minutes(3)][:2]


def test_changes_without_end_take_no_memory_without_end() -> None:
    heap = DueHeap()
    heap.set("k", "other", minutes(7))
    for n in range(20_000):
        heap.set("k", "often", minutes(n % 50 + 10))
    assert heap.size < 2_000
    assert heap.until(minutes(99), 10) == [
        Due("k", "other", minutes(7)),
        Due("k", "often", minutes(19_999 % 50 + 10)),
    ]
