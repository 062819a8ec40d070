"""The port's promises about timelines, listeners, due times, the archive and files."""

import asyncio
import hashlib
from datetime import datetime

import pytest

from storage.delivery import Answer, DeliveryState
from storage.port import DELIVERIES, SLOTS, Commit, Due, Store
from tests.storage.contract_terms import OpenStore, numbers
from tests.storage.samples import (
    AT,
    INCIDENTS,
    Incident,
    delivery,
    entry,
    minutes,
    slot,
)

PENDING = DeliveryState.PENDING.value


class TimelineContract:
    async def test_a_timeline_is_kept_in_order(self, open_store: OpenStore) -> None:
        first, second = entry(1, 1, {"who": "李四"}), entry(1, 2, {"late": True})
        async with open_store() as store:
            async with store.turn(at=AT) as turn:
                turn.remember(first)
                turn.remember(entry(2, 1))
            async with store.turn(at=AT) as turn:
                turn.remember(second)
        async with open_store() as store, store.turn(at=AT) as turn:
            assert await turn.timeline(1) == [first, second]
            assert await turn.timeline(2) == [entry(2, 1)]
            assert await turn.timeline(3) == []

    @pytest.mark.parametrize("n", [0, 1, 3])
    async def test_an_entry_that_is_not_the_next_fails_the_turn(
        self, open_store: OpenStore, n: int
    ) -> None:
        async def skip(store: Store) -> None:
            async with store.turn("update-1", at=AT) as turn:
                turn.put(INCIDENTS, Incident(number=1))
                turn.remember(entry(1, n))

        async with open_store() as store:
            async with store.turn(at=AT) as turn:
                turn.remember(entry(1, 1))
            with pytest.raises(ValueError, match="entry"):
                await skip(store)
            async with store.turn("update-1", at=AT) as turn:
                assert not turn.already_taken
                assert await numbers(turn) == []
                assert await turn.timeline(1) == [entry(1, 1)]


class ListenersContract:
    async def test_listeners_hear_of_deliveries_and_answers(self, open_store: OpenStore) -> None:
        told: list[Commit] = []
        async with open_store() as store:
            store.listen(told.append)
            async with store.turn(at=AT) as turn:
                turn.deliver(delivery("d", 1))
                turn.answer(Answer(query_id="q", text="收到"))
                assert told == []
            assert told == [
                Commit((delivery("d", 1),), (Answer(query_id="q", text="收到"),), False)
            ]
        async with open_store() as store, store.turn(at=AT) as turn:
            assert await turn.find(DELIVERIES, state=PENDING) == [delivery("d", 1)]

    async def test_an_answer_alone_is_told(self, open_store: OpenStore) -> None:
        told: list[Commit] = []
        async with open_store() as store:
            store.listen(told.append)
            async with store.turn(at=AT) as turn:
                turn.answer(Answer(query_id="q"))
            assert [commit.answers for commit in told] == [(Answer(query_id="q"),)]

    async def test_listeners_hear_of_changed_due_times_only(self, open_store: OpenStore) -> None:
        told: list[Commit] = []
        async with open_store() as store:
            store.listen(told.append)
            for look_at in (None, AT, AT, minutes(1), None):
                async with store.turn(at=AT) as turn:
                    turn.put(INCIDENTS, Incident(number=1, look_at=look_at))
            assert told == [Commit((), (), True)] * 3

    async def test_listeners_are_told_in_commit_order(self, open_store: OpenStore) -> None:
        told: list[str] = []
        committed: list[str] = []

        async def commit(store: Store, name: str) -> None:
            async with store.turn(at=AT) as turn:
                committed.append(name)
                turn.deliver(delivery(name))
            assert name in told

        async with open_store() as store:
            store.listen(lambda commit: told.extend(d.id for d in commit.deliveries))
            await asyncio.gather(*(commit(store, f"d{n}") for n in range(40)))
        assert told == committed
        assert len(told) == 40

    async def test_a_delivery_id_is_used_once(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            async with store.turn(at=AT) as turn:
                turn.deliver(delivery("d"))
            with pytest.raises(ValueError, match="d"):
                async with store.turn("update-1", at=AT) as turn:
                    turn.deliver(delivery("d"))
            async with store.turn("update-1", at=AT) as turn:
                assert not turn.already_taken


class DueContract:
    async def test_due_documents_come_earliest_first(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            assert await store.earliest_due() is None
            async with store.turn(at=AT) as turn:
                for number, after in ((1, 30), (2, 10), (3, 20)):
                    turn.put(INCIDENTS, Incident(number=number, look_at=minutes(after)))
                turn.put(INCIDENTS, Incident(number=4))
        async with open_store() as store:
            assert await store.earliest_due() == minutes(10)
            assert await store.due(minutes(9)) == []
            expected = [Due("incidents", "2", minutes(10)), Due("incidents", "3", minutes(20))]
            assert await store.due(minutes(20)) == expected
            assert await store.due(minutes(20)) == expected, "looking takes nothing away"
            assert await store.due(minutes(60), limit=1) == expected[:1]

    async def test_what_is_due_follows_the_document(self, open_store: OpenStore) -> None:
        times: list[tuple[datetime | None, datetime | None]] = [
            (minutes(5), minutes(5)),
            (minutes(9), minutes(9)),
            (minutes(5), minutes(5)),
            (None, None),
        ]
        async with open_store() as store:
            for look_at, expected in times:
                async with store.turn(at=AT) as turn:
                    turn.put(INCIDENTS, Incident(number=1, look_at=look_at))
                assert await store.earliest_due() == expected
                found = [due.at for due in await store.due(minutes(99))]
                assert found == ([expected] if expected else [])

    async def test_a_removed_document_is_not_due(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            async with store.turn(at=AT) as turn:
                turn.put(INCIDENTS, Incident(number=1, look_at=AT))
            async with store.turn(at=AT) as turn:
                turn.remove(INCIDENTS, "1")
            assert await store.due(minutes(1)) == []


class ArchiveContract:
    async def close_incident(self, store: Store) -> None:
        async with store.turn(at=AT) as turn:
            for number in (1, 12):
                turn.put(INCIDENTS, Incident(number=number, look_at=minutes(number)))
                turn.remember(entry(number, 1, {"event": "started"}))
                turn.deliver(delivery(f"d{number}", number, DeliveryState.SENT))
                turn.put(SLOTS, slot(f"s{number}", number))

    async def test_an_archived_incident_leaves_the_working_set(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            await self.close_incident(store)
            assert await store.archived(12) is None
            await store.archive(12, at=AT)
            await store.archive(12, at=AT)
        async with open_store() as store:
            async with store.turn(at=AT) as turn:
                assert await numbers(turn) == [1]
                assert await turn.timeline(12) == []
                assert [d.id for d in await turn.find(DELIVERIES)] == ["d1"]
                assert [s.slot for s in await turn.find(SLOTS)] == ["s1"]
            assert await store.earliest_due() == minutes(1)
            archived = await store.archived(12)
            assert archived == {
                "incident": Incident(number=12, look_at=minutes(12)).model_dump(mode="json"),
                "timeline": [entry(12, 1, {"event": "started"}).model_dump(mode="json")],
                "deliveries": [delivery("d12", 12, DeliveryState.SENT).model_dump(mode="json")],
            }
            assert await store.archived(1) is None

    async def test_an_archived_timeline_is_closed(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            await self.close_incident(store)
            await store.archive(12, at=AT)
            for n in (1, 2):
                with pytest.raises(ValueError, match="entry"):
                    async with store.turn(at=AT) as turn:
                        turn.remember(entry(12, n))

    @pytest.mark.parametrize(
        "state", [DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.UNKNOWN]
    )
    async def test_what_is_still_to_be_sent_holds_the_archive_back(
        self, open_store: OpenStore, state: DeliveryState
    ) -> None:
        async with open_store() as store:
            await self.close_incident(store)
            async with store.turn(at=AT) as turn:
                turn.deliver(delivery("last", 12, state))
            with pytest.raises(ValueError, match="deliveries"):
                await store.archive(12, at=AT)
            async with store.turn(at=AT) as turn:
                assert await numbers(turn) == [1, 12]

    async def test_an_unknown_incident_cannot_be_archived(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            with pytest.raises(ValueError, match="5"):
                await store.archive(5, at=AT)


class FilesContract:
    async def test_a_file_is_kept_once_by_its_hash(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            name = await store.keep_file(b"photo")
            assert name == hashlib.sha256(b"photo").hexdigest()
            assert await store.keep_file(b"photo") == name
        async with open_store() as store:
            assert await store.file(name) == b"photo"
            assert await store.file("0" * 64) is None
            assert await store.file("../../etc/passwd") is None

    async def test_a_forgotten_file_is_gone_and_the_others_stay(
        self, open_store: OpenStore
    ) -> None:
        async with open_store() as store:
            name, other = await store.keep_file(b"paper"), await store.keep_file(b"photo")
            await store.forget_file(name)
            await store.forget_file(name)
            await store.forget_file("../../etc/passwd")
            assert await store.file(name) is None
        async with open_store() as store:
            assert await store.file(name) is None
            assert await store.file(other) == b"photo"
            assert await store.keep_file(b"paper") == name
            assert await store.file(name) == b"paper"

    async def test_a_file_over_the_bound_is_refused(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            with pytest.raises(ValueError, match="20971520"):
                await store.keep_file(bytes(20 * 1024 * 1024 + 1))
