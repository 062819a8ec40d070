"""The folder on disk: readable by stock TinyDB and by people, refused when damaged, one process."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, where

from storage.port import TAKEN_LIMIT, Damaged, Kind
from storage.tiny import Limits, OtherVersion, StoreInUse, TinyStore, open_tiny
from tests.storage.samples import AT, INCIDENTS, KINDS, NOTES, Incident, Note, delivery, entry


async def commit(store: TinyStore, *numbers: int) -> None:
    for number in numbers:
        async with store.turn(f"update-{number}", at=AT) as turn:
            turn.put(INCIDENTS, Incident(number=number, note="送货车辆途中故障"))


async def numbers(store: TinyStore) -> list[int]:
    async with store.turn(at=AT) as turn:
        return [incident.number for incident in await turn.find(INCIDENTS)]


async def refused(folder: Path, kinds: tuple[Kind[Any], ...] = KINDS) -> None:
    async with open_tiny(folder, kinds):
        pass


async def test_stock_tinydb_opens_the_snapshot(tmp_path: Path) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        await commit(store, 7, 3)
        async with store.turn(at=AT) as turn:
            turn.remember(entry(7, 1))
            turn.deliver(delivery("d", 7))
    with TinyDB(tmp_path / "store.json") as db:
        incidents = db.table("incidents")
        assert [(doc.doc_id, doc["_key"], doc["number"]) for doc in incidents] == [
            (1, "7", 7),
            (2, "3", 3),
        ]
        assert incidents.count(where("note") == "送货车辆途中故障") == 2
        assert [doc["incident"] for doc in db.table("timeline")] == [7]
        assert [doc["chat"] for doc in db.table("deliveries").search(where("_key") == "d")] == [
            -100
        ]


async def test_the_snapshot_reads_as_one_document_a_line(tmp_path: Path) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        await commit(store, 7)
    lines = (tmp_path / "store.json").read_text(encoding="utf-8").split("\n")
    assert lines[lines.index('"incidents": {') + 1].startswith(
        '  "1": {"_key":"7","number":7,"region":"north","drill":false,"note":"送货车辆途中故障"'
    )


async def test_the_open_store_can_be_looked_into_with_tinydb(tmp_path: Path) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        await commit(store, 1, 2, 3)
        table = store.db.table("incidents")
        assert len(table) == 3
        assert [doc.doc_id for doc in table.search(where("number") >= 2)] == [2, 3]
        assert [doc["number"] for doc in table.get(doc_ids=[3, 9, 1])] == [3, 1]
        table.all()[0]["number"] = 99
        assert table.all()[0]["number"] == 1
        with pytest.raises(PermissionError, match="turns"):
            table.insert({"number": 4})
        with pytest.raises(PermissionError, match="turns"):
            store.db.drop_tables()
        assert await numbers(store) == [1, 2, 3]


async def test_a_second_opening_is_refused(tmp_path: Path) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        with pytest.raises(StoreInUse, match=r"already open in process \d+"):
            await refused(tmp_path)
        await commit(store, 1)
    async with open_tiny(tmp_path, KINDS) as store:
        assert await numbers(store) == [1]


async def test_a_full_journal_is_folded_into_the_snapshot(tmp_path: Path) -> None:
    limits = Limits(journal=2_000, padding=100)
    async with open_tiny(tmp_path, KINDS, limits=limits) as store:
        await commit(store, *range(1, 60))
        await store.settle()
        saved = tmp_path / "saved"
        shutil.copytree(tmp_path, saved)
    assert json.loads((saved / "store.json").read_text())["_store"]["1"]["seq"] >= 10
    async with open_tiny(saved, KINDS) as store:
        assert await numbers(store) == list(range(1, 60))


async def test_the_oldest_taken_input_is_forgotten_at_the_bound(tmp_path: Path) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        for n in range(TAKEN_LIMIT):
            store.memory.take(f"before-{n}")
        await commit(store, 1, 2)
    for _ in range(2):
        async with open_tiny(tmp_path, KINDS) as store:
            taken = []
            for name in ("before-0", "before-1", "before-2", "update-1", "update-2"):
                async with store.turn(at=AT):
                    taken.append(name in store.memory.taken)
            assert taken == [False, False, True, True, True]
            assert len(store.memory.taken) == TAKEN_LIMIT


async def test_an_input_taken_again_after_it_was_forgotten_is_the_newest(tmp_path: Path) -> None:
    folder, copy = tmp_path / "data", tmp_path / "copy"
    async with open_tiny(folder, KINDS) as store:
        for n in range(TAKEN_LIMIT):
            store.memory.take(f"before-{n}")
        await commit(store, 0)
    async with open_tiny(folder, KINDS) as store:
        for name in ("more", "before-0", "before-1"):
            async with store.turn(name, at=AT) as turn:
                assert not turn.already_taken
        shutil.copytree(folder, copy)
        expected = list(store.memory.taken)
    async with open_tiny(copy, KINDS) as store:
        assert list(store.memory.taken) == expected
        assert expected[-3:] == ["more", "before-0", "before-1"]


async def test_any_changed_byte_of_the_snapshot_is_refused(tmp_path: Path) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        await commit(store, 1)
    path = tmp_path / "store.json"
    data = path.read_bytes()
    for at in range(len(data) - 2):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        with pytest.raises(Damaged, match=r"store\.json: (byte|format)"):
            await refused(tmp_path)
    path.write_bytes(data)
    async with open_tiny(tmp_path, KINDS) as store:
        assert await numbers(store) == [1]


async def test_a_missing_journal_is_refused(tmp_path: Path) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        await commit(store, 1)
    (tmp_path / "journal.jsonl").unlink()
    with pytest.raises(Damaged, match=r"journal\.jsonl: byte 0: the journal is missing"):
        await refused(tmp_path)


@pytest.mark.parametrize("older", ["store.json", "journal.jsonl"])
async def test_files_that_do_not_belong_together_are_refused(tmp_path: Path, older: str) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        await commit(store, 1)
    kept = (tmp_path / older).read_bytes()
    async with open_tiny(tmp_path, KINDS) as store:
        await commit(store, 2)
    (tmp_path / older).write_bytes(kept)
    with pytest.raises(Damaged, match=r"journal\.jsonl: byte 0: has commits"):
        await refused(tmp_path)


async def test_a_document_of_another_version_is_named(tmp_path: Path) -> None:
    class Coloured(Incident):
        colour: str

    newer = Kind("incidents", Coloured, key=lambda i: str(i.number))
    async with open_tiny(tmp_path, KINDS) as store:
        await commit(store, 12)
    with pytest.raises(OtherVersion, match=r"incidents '12'.*colour: Field required") as error:
        await refused(tmp_path, (newer,))
    assert "送货" not in str(error.value), "what people wrote is not told"


async def test_a_snapshot_of_another_format_is_refused(tmp_path: Path) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        await commit(store, 1)
    path = tmp_path / "store.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"format": 1', '"format": 2'))
    with pytest.raises(OtherVersion, match="format 2"):
        await refused(tmp_path)


async def test_kinds_that_nobody_knows_are_kept(tmp_path: Path) -> None:
    async with open_tiny(tmp_path, KINDS) as store:
        await commit(store, 1)
        async with store.turn(at=AT) as turn:
            turn.put(NOTES, Note(author="a", n=1))
    for kinds in ((NOTES,), (), (INCIDENTS,)):
        async with open_tiny(tmp_path, kinds) as store, store.turn(str(kinds)[:99], at=AT):
            pass
    async with open_tiny(tmp_path, KINDS) as store:
        assert await numbers(store) == [1]
        async with store.turn(at=AT) as turn:
            assert await turn.find(NOTES) == [Note(author="a", n=1)]


async def test_kinds_with_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="notes"):
        await refused(tmp_path, (NOTES, NOTES))


async def test_a_commit_over_the_bound_changes_nothing(tmp_path: Path) -> None:
    async def too_much(store: TinyStore) -> None:
        async with store.turn("update-1", at=AT) as turn:
            turn.put(NOTES, Note(author="a", n=1, text="x" * (8 << 20)))

    async with open_tiny(tmp_path, KINDS) as store:
        with pytest.raises(ValueError, match="8388608"):
            await too_much(store)
        async with store.turn("update-1", at=AT) as turn:
            assert not turn.already_taken
            assert await turn.find(NOTES) == []


async def test_a_turn_inside_a_turn_is_refused(tmp_path: Path) -> None:
    async with open_tiny(tmp_path, KINDS) as store, store.turn(at=AT):
        for nested in (store.turn(at=AT).__aenter__(), store.snapshot(), store.archive(1, at=AT)):
            with pytest.raises(RuntimeError, match="inside a turn"):
                await nested
