"""The sorted set of ids under the indexes."""

from hypothesis import given
from hypothesis import strategies as st

from storage.tiny.ids import Ids


@given(st.lists(st.integers(1, 3_000)))
def test_ids_rise_whatever_the_order_they_came_and_went_in(changes: list[int]) -> None:
    ids, model = Ids(), set[int]()
    for doc_id in changes:
        if doc_id in model:
            ids.remove(doc_id)
        else:
            ids.add(doc_id)
        model ^= {doc_id}
        assert list(ids) == sorted(model)
        assert len(ids) == len(model)
