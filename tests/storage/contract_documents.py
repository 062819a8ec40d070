"""The port's promises about documents, finding them, inputs and numbers."""

import asyncio
from contextlib import suppress

import pytest

from storage.delivery import Answer
from storage.port import DELIVERIES, FIND_LIMIT, Commit, Kind, Store
from tests.storage.contract_terms import OpenStore, numbers
from tests.storage.samples import (
    AT,
    INCIDENTS,
    NOTES,
    Incident,
    Note,
    delivery,
    entry,
    minutes,
)


class DocumentsContract:
    async def test_what_was_put_is_there_after_a_restart(self, open_store: OpenStore) -> None:
        incident = Incident(
            number=1, note="车在哪里?", facts={"hurt": [1, {"a": None}]}, look_at=AT
        )
        async with open_store() as store, store.turn(at=AT) as turn:
            turn.put(INCIDENTS, incident)
        async with open_store() as store, store.turn(at=AT) as turn:
            assert await turn.get(INCIDENTS, "1") == incident
            assert await turn.get(INCIDENTS, "2") is None

    async def test_a_turn_knows_its_time(self, open_store: OpenStore) -> None:
        async with open_store() as store, store.turn(at=minutes(5)) as turn:
            assert turn.at == minutes(5)

    async def test_a_turn_sees_its_own_writes(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            async with store.turn(at=AT) as turn:
                for number in (1, 2, 3):
                    turn.put(INCIDENTS, Incident(number=number))
            async with store.turn(at=AT) as turn:
                turn.put(INCIDENTS, Incident(number=1, region="south"))
                turn.put(INCIDENTS, Incident(number=4))
                turn.remove(INCIDENTS, "2")
                assert await numbers(turn, region="north") == [3, 4]
                assert await numbers(turn, region="south") == [1]
                assert await numbers(turn) == [1, 3, 4]
                assert await turn.get(INCIDENTS, "2") is None
                turn.remember(entry(1, 1))
                assert await turn.timeline(1) == [entry(1, 1)]
                turn.deliver(delivery("d"))
                assert await turn.get(DELIVERIES, "d") == delivery("d")

    async def test_a_version_names_the_content_of_a_collection(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            seen: list[int] = []
            async with store.turn(at=AT) as turn:
                seen.append(turn.version(INCIDENTS))
                turn.put(NOTES, Note(author="a", n=1))
                assert turn.version(INCIDENTS) == seen[0]
                turn.put(INCIDENTS, Incident(number=1))
                seen.append(turn.version(INCIDENTS))
                assert turn.version(INCIDENTS) == seen[1]
                turn.put(INCIDENTS, Incident(number=1, region="south"))
                seen.append(turn.version(INCIDENTS))
            async with store.turn(at=AT) as turn:
                assert turn.version(INCIDENTS) == turn.version(INCIDENTS)
                turn.remove(INCIDENTS, "1")
                seen.append(turn.version(INCIDENTS))
            assert len(set(seen)) == 4

    async def test_a_turn_that_raises_leaves_the_version(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            async with store.turn(at=AT) as turn:
                before = turn.version(INCIDENTS)
            with suppress(KeyError):
                async with store.turn(at=AT) as turn:
                    turn.put(INCIDENTS, Incident(number=1))
                    failed = turn.version(INCIDENTS)
                    raise KeyError
            async with store.turn(at=AT) as turn:
                assert turn.version(INCIDENTS) == before
                turn.put(INCIDENTS, Incident(number=1))
                assert turn.version(INCIDENTS) not in (before, failed)

    async def test_what_was_put_since_a_version_is_known(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            async with store.turn(at=AT) as turn:
                turn.put(INCIDENTS, Incident(number=1))
            async with store.turn(at=AT) as turn:
                before = turn.version(INCIDENTS)
                assert turn.changed(INCIDENTS, before) == ()
                turn.put(INCIDENTS, Incident(number=2))
                turn.put(NOTES, Note(author="a", n=1))
                own = turn.version(INCIDENTS)
                assert turn.changed(INCIDENTS, before) == ("2",)
            async with store.turn(at=AT) as turn:
                turn.put(INCIDENTS, Incident(number=1, region="south"))
                turn.put(INCIDENTS, Incident(number=2, region="south"))
                known = turn.changed(INCIDENTS, before)
                assert known is not None
                assert sorted(known) == ["1", "2"]
                assert turn.changed(INCIDENTS, own) is None

    async def test_after_a_removal_all_is_to_be_read(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            async with store.turn(at=AT) as turn:
                turn.put(INCIDENTS, Incident(number=1))
                turn.put(INCIDENTS, Incident(number=2))
            async with store.turn(at=AT) as turn:
                before = turn.version(INCIDENTS)
                turn.remove(INCIDENTS, "2")
                assert turn.changed(INCIDENTS, before) is None
            async with store.turn(at=AT) as turn:
                assert turn.changed(INCIDENTS, before) is None

    async def test_what_a_turn_that_raises_put_is_not_among_what_changed(
        self, open_store: OpenStore
    ) -> None:
        async with open_store() as store:
            async with store.turn(at=AT) as turn:
                before = turn.version(INCIDENTS)
            with suppress(KeyError):
                async with store.turn(at=AT) as turn:
                    turn.put(INCIDENTS, Incident(number=1))
                    failed = turn.version(INCIDENTS)
                    raise KeyError
            async with store.turn(at=AT) as turn:
                assert turn.changed(INCIDENTS, before) == ()
                assert turn.changed(INCIDENTS, failed) is None

    async def test_a_turn_knows_what_it_has_changed(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            async with store.turn(at=AT) as turn:
                assert not turn.has_changed(INCIDENTS)
                turn.put(INCIDENTS, Incident(number=1))
                assert turn.has_changed(INCIDENTS)
                assert not turn.has_changed(NOTES)
            async with store.turn(at=AT) as turn:
                assert not turn.has_changed(INCIDENTS)
                turn.remove(INCIDENTS, "1")
                assert turn.has_changed(INCIDENTS)

    async def test_a_turn_that_raises_leaves_nothing(self, open_store: OpenStore) -> None:
        told: list[Commit] = []

        async def fail(store: Store) -> None:
            async with store.turn("update-1", at=AT) as turn:
                turn.put(INCIDENTS, Incident(number=1, look_at=AT))
                turn.remember(entry(1, 1))
                turn.deliver(delivery("d", 1))
                turn.answer(Answer(query_id="q"))
                await turn.next_number("incident")
                raise RuntimeError("nobody is on duty")

        async with open_store() as store:
            store.listen(told.append)
            with pytest.raises(RuntimeError, match="nobody is on duty"):
                await fail(store)
            async with store.turn("update-1", at=AT) as turn:
                assert not turn.already_taken
                assert await numbers(turn) == []
                assert await turn.timeline(1) == []
                assert await turn.find(DELIVERIES) == []
                assert await turn.next_number("incident") == 1
            assert await store.earliest_due() is None
            assert told == []

    async def test_a_turn_that_is_over_takes_nothing_more(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            async with store.turn(at=AT) as turn:
                pass
            with pytest.raises(RuntimeError):
                turn.put(INCIDENTS, Incident(number=1))

    async def test_changing_what_was_handed_out_changes_nothing(
        self, open_store: OpenStore
    ) -> None:
        mine = Incident(number=1, facts={"stops": [1]})
        async with open_store() as store:
            async with store.turn(at=AT) as turn:
                turn.put(INCIDENTS, mine)
                mine.facts["stops"] = "lost"
            async with store.turn(at=AT) as turn:
                read = await turn.get(INCIDENTS, "1")
                assert read is not None
                assert read.facts == {"stops": [1]}
                read.facts["stops"] = "lost"
                again = await turn.get(INCIDENTS, "1")
                assert again is not None
                assert again.facts == {"stops": [1]}

    async def test_removing_what_is_not_there_is_no_error(self, open_store: OpenStore) -> None:
        async with open_store() as store, store.turn(at=AT) as turn:
            turn.remove(INCIDENTS, "77")
            assert await turn.get(INCIDENTS, "77") is None

    @pytest.mark.parametrize("key", ["", "x" * 201])
    async def test_keys_have_1_to_200_characters(self, open_store: OpenStore, key: str) -> None:
        named = Kind("notes", Note, key=lambda n: n.author, indexed=NOTES.indexed)
        async with open_store() as store:
            with pytest.raises(ValueError, match="1-200"):
                store.turn(key, at=AT)
            async with store.turn("x" * 200, at=AT) as turn:
                with pytest.raises(ValueError, match="1-200"):
                    await turn.next_number(key)
                with pytest.raises(ValueError, match="1-200"):
                    turn.remove(named, key)

    async def test_what_could_not_be_read_again_is_not_taken(self, open_store: OpenStore) -> None:
        broken = Incident(number=1).model_copy(update={"region": None})
        async with open_store() as store, store.turn(at=AT) as turn:
            with pytest.raises(ValueError, match="region"):
                turn.put(INCIDENTS, broken)
            assert await numbers(turn) == []

    async def test_texts_of_any_kind_come_back_as_they_were(self, open_store: OpenStore) -> None:
        text = 'a"b\\c\n\r\t\u2028\x01 沪A·12345 🚚 </script>'
        async with open_store() as store, store.turn("升级\n", at=AT) as turn:
            turn.put(NOTES, Note(author='单"\n', n=1, text=text))
        async with open_store() as store, store.turn("升级\n", at=AT) as turn:
            assert turn.already_taken
            assert await turn.get(NOTES, '单"\n/1') == Note(author='单"\n', n=1, text=text)


class FindContract:
    async def test_find_gives_the_oldest_first_put_first(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            for number in (3, 1, 2):
                async with store.turn(at=AT) as turn:
                    turn.put(INCIDENTS, Incident(number=number))
            async with store.turn(at=AT) as turn:
                turn.put(INCIDENTS, Incident(number=3, note="changed, so it keeps its place"))
            async with store.turn(at=AT) as turn:
                assert await numbers(turn, region="north") == [3, 1, 2]
                turn.remove(INCIDENTS, "3")
            async with store.turn(at=AT) as turn:
                turn.put(INCIDENTS, Incident(number=3, note="gone and put again"))
        async with open_store() as store, store.turn(at=AT) as turn:
            assert await numbers(turn, region="north") == [1, 2, 3]
            assert await numbers(turn) == [1, 2, 3]

    async def test_find_by_several_values(self, open_store: OpenStore) -> None:
        async with open_store() as store, store.turn(at=AT) as turn:
            for number, region, drill in ((1, "n", True), (2, "n", False), (3, "s", True)):
                turn.put(INCIDENTS, Incident(number=number, region=region, drill=drill))
        async with open_store() as store, store.turn(at=AT) as turn:
            assert await numbers(turn, region="n", drill=True) == [1]
            assert await numbers(turn, drill=True) == [1, 3]
            assert await numbers(turn, region="west", drill=True) == []

    async def test_true_is_not_one(self, open_store: OpenStore) -> None:
        async with open_store() as store, store.turn(at=AT) as turn:
            turn.put(INCIDENTS, Incident(number=1, drill=True))
            turn.put(NOTES, Note(author="a", n=1))
            assert await turn.find(INCIDENTS, drill=1) == []
            assert await turn.find(NOTES, n=True) == []

    async def test_find_follows_changed_values(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            for region in ("north", "south"):
                async with store.turn(at=AT) as turn:
                    turn.put(INCIDENTS, Incident(number=1, region=region))
            async with store.turn(at=AT) as turn:
                assert await numbers(turn, region="north") == []
                assert await numbers(turn, region="south") == [1]

    async def test_a_document_that_comes_back_to_a_value_has_its_old_place(
        self, open_store: OpenStore
    ) -> None:
        async with open_store() as store:
            async with store.turn(at=AT) as turn:
                for number in (1, 2, 3):
                    turn.put(INCIDENTS, Incident(number=number))
            for region in ("south", "north"):
                async with store.turn(at=AT) as turn:
                    turn.put(INCIDENTS, Incident(number=2, region=region))
            async with store.turn(at=AT) as turn:
                assert await numbers(turn, region="north") == [1, 2, 3]

    async def test_find_stops_at_the_limit(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            async with store.turn(at=AT) as turn:
                for n in range(10):
                    turn.put(NOTES, Note(author="a", n=n))
            async with store.turn(at=AT) as turn:
                turn.remove(NOTES, "a/0")
                assert [note.n for note in await turn.find(NOTES, limit=3)] == [1, 2, 3]
                for limit in (0, FIND_LIMIT + 1):
                    with pytest.raises(ValueError, match="limit"):
                        await turn.find(NOTES, limit=limit)

    async def test_find_by_what_is_not_indexed_is_refused(self, open_store: OpenStore) -> None:
        async with open_store() as store, store.turn(at=AT) as turn:
            with pytest.raises(ValueError, match="note"):
                await turn.find(INCIDENTS, note="x")


class InputsContract:
    async def test_an_input_is_taken_once(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            async with store.turn("update-7", at=AT) as turn:
                assert not turn.already_taken
            async with store.turn("update-7", at=AT) as turn:
                assert turn.already_taken
            async with store.turn(at=AT) as turn:
                assert not turn.already_taken
        async with open_store() as store:
            async with store.turn("update-7", at=AT) as turn:
                assert turn.already_taken
            async with store.turn("update-8", at=AT) as turn:
                assert not turn.already_taken

    async def test_numbers_count_by_one_for_each_counter(self, open_store: OpenStore) -> None:
        async with open_store() as store, store.turn(at=AT) as turn:
            assert [await turn.next_number("incident") for _ in range(3)] == [1, 2, 3]
            assert await turn.next_number("order") == 1
        async with open_store() as store, store.turn(at=AT) as turn:
            assert await turn.next_number("incident") == 4

    async def test_turns_run_one_after_another(self, open_store: OpenStore) -> None:
        async with open_store() as store:
            async with store.turn(at=AT) as turn:
                turn.put(NOTES, Note(author="sum", n=0))

            async def add_one() -> None:
                async with store.turn(at=AT) as turn:
                    [note] = await turn.find(NOTES)
                    await asyncio.sleep(0)
                    turn.put(NOTES, note.model_copy(update={"text": note.text + "I"}))

            await asyncio.gather(*(add_one() for _ in range(50)))
            async with store.turn(at=AT) as turn:
                assert await turn.get(NOTES, "sum/0") == Note(author="sum", n=0, text="I" * 50)

    async def test_a_turn_that_changes_nothing_is_no_commit(self, open_store: OpenStore) -> None:
        told: list[Commit] = []
        async with open_store() as store:
            store.listen(told.append)
            async with store.turn(at=AT) as turn:
                await turn.find(INCIDENTS)
            assert told == []
