"""The journal's lines: what is left out after a crash, and what is refused."""

import json
from pathlib import Path

import pytest

from storage.port import Damaged
from storage.tiny import OtherVersion, lines
from storage.tiny.disk import Disk
from storage.tiny.journal import Journal, create, header
from storage.tiny.scan import NAME, scan

PADDING = 4096
BODIES = [b'"put":{"notes":{"%d":{"text":"%s"}}}' % (n, "急".encode() * 20) for n in range(1, 5)]


def written(folder: Path, *groups: list[bytes]) -> Path:
    """A journal with each group of bodies committed at once."""
    create(folder, 0, Disk())
    journal = Journal(folder, scan(folder / NAME), PADDING, Disk())
    for group in groups:
        journal.append(group)
    journal.close()
    return folder / NAME


def spans(data: bytes) -> list[tuple[int, int]]:
    """Where each commit's line begins and ends, newline and all."""
    found, start = [], data.index(b"\n") + 1
    while start < len(data.rstrip(b"\n")):
        end = data.index(b"\n", start) + 1
        found.append((start, end))
        start = end
    return found


def test_a_journal_reads_back_in_order(tmp_path: Path) -> None:
    found = scan(written(tmp_path, BODIES[:1], BODIES[1:]))
    assert [record["seq"] for record in found.records] == [1, 2, 3, 4]
    assert [record["synced"] for record in found.records] == [0, 1, 1, 1]
    assert found.records[2]["put"]["notes"]["3"]["text"] == "急" * 20
    assert (found.last, found.torn) == (4, 0)


def test_any_json_reader_can_read_it_line_by_line(tmp_path: Path) -> None:
    text = written(tmp_path, BODIES).read_text(encoding="utf-8")
    records = [json.loads(line) for line in text.split("\n") if line]
    assert records[0]["format"] == 1
    assert [list(record["put"]["notes"]) for record in records[1:]] == [["1"], ["2"], ["3"], ["4"]]


def test_space_is_made_ahead_and_filled_with_newlines(tmp_path: Path) -> None:
    path = written(tmp_path, BODIES[:1])
    data = path.read_bytes()
    assert data.endswith(b"}" + b"\n" * (PADDING + 1))
    journal = Journal(tmp_path, scan(path), PADDING, Disk())
    journal.append(BODIES[1:2])
    journal.close()
    assert path.stat().st_size == len(data), "the second commit went into the space made before"


def test_a_last_line_cut_anywhere_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, BODIES[:1], BODIES[1:2], BODIES[2:3])
    data = path.read_bytes()
    start, end = spans(data)[-1]
    for cut in range(start, end):
        for rest in (b"", b"\n" * 600):
            path.write_bytes(data[:cut] + rest)
            found = scan(path)
            whole = cut == end - 1 and bool(rest)
            assert found.last == (3 if whole else 2), f"cut at {cut}"
            assert found.end == (end if whole else start)


def test_what_was_cut_is_blanked_out_before_the_next_commit(tmp_path: Path) -> None:
    path = written(tmp_path, BODIES[:1], BODIES[1:2])
    data = path.read_bytes()
    _, end = spans(data)[-1]
    path.write_bytes(data[: end - 30] + b"\n" * PADDING)
    journal = Journal(tmp_path, scan(path), PADDING, Disk())
    journal.append([b'"put":{}'])
    journal.close()
    found = scan(path)
    assert [record["put"] for record in found.records] == [
        {"notes": {"1": {"text": "急" * 20}}},
        {},
    ]
    assert not any(path.read_bytes()[found.end :].strip(b"\n"))


@pytest.mark.parametrize("group", [1, 3], ids=["one by one", "as a group"])
def test_a_changed_byte_before_the_last_line_is_refused(tmp_path: Path, group: int) -> None:
    groups = [BODIES[n : n + group] for n in range(0, 3, group)]
    path = written(tmp_path, *groups)
    data = path.read_bytes()
    for start, end in spans(data)[:-1]:
        for at in range(start, end):
            path.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
            with pytest.raises(Damaged, match=rf"journal\.jsonl: byte {start}: "):
                scan(path)


def test_a_changed_byte_in_the_last_line_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, BODIES[:1], BODIES[1:2])
    data = path.read_bytes()
    start, end = spans(data)[-1]
    for at in range(start, end - 1):
        path.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
        assert scan(path).last == 1


def test_a_line_that_is_missing_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, BODIES[:1], BODIES[1:2], BODIES[2:3])
    data = path.read_bytes()
    start, end = spans(data)[1]
    path.write_bytes(data[:start] + data[end:])
    with pytest.raises(Damaged, match=f"byte {start}: commit 3 follows commit 1"):
        scan(path)


def big(n: int) -> bytes:
    return b'"put":{"n":"%s"}' % (b"%d" % n * 2000)


def test_a_group_of_which_the_disk_took_some_sectors_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, [big(1)], [big(2), big(3), big(4)])
    data = path.read_bytes()
    start, _ = spans(data)[1]
    sector = (start // 512 + 2) * 512
    path.write_bytes(data[:sector] + b"\n" * 512 + data[sector + 512 :])
    found = scan(path)
    assert (found.last, found.end) == (1, start)
    assert found.torn > 4000


def test_a_lost_sector_of_an_acknowledged_commit_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, [big(1)], [big(2)], [big(3)])
    data = path.read_bytes()
    start, _ = spans(data)[1]
    sector = (start // 512 + 2) * 512
    path.write_bytes(data[:sector] + b"\n" * 512 + data[sector + 512 :])
    with pytest.raises(Damaged, match=f"byte {start}: "):
        scan(path)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"{}\n", header(0)[:-3], b"\0" * 100])
def test_a_journal_without_its_first_line_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / NAME).write_bytes(data)
    with pytest.raises(Damaged, match=r"journal\.jsonl: byte 0: "):
        scan(tmp_path / NAME)


def test_a_format_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(lines.line(b'"format":2,"after":0'))
    with pytest.raises(OtherVersion, match="format 2"):
        scan(tmp_path / NAME)


def test_a_line_is_read_only_with_its_own_checksum() -> None:
    line = lines.line('"text":"升级"'.encode())
    assert lines.record(line[:-1]) == {"text": "升级"}
    assert lines.record(line.replace("升".encode(), "降".encode())[:-1]) is None
    assert lines.record(line) is None, "the newline is not part of it"
