"""`muster backup` and `muster restore`, with Muster running and without."""

from pathlib import Path

import pytest

from handlers.kinds import KINDS
from storage.tiny import open_tiny
from tests.process.child import environment, muster, ran
from tests.process.reckoning import record_of
from tests.process.stand_in import reads, stand_in

pytestmark = pytest.mark.process

DRIVER, EAST = 700001, -1007000001


async def test_a_backup_while_it_runs_brings_everything_back(tmp_path: Path) -> None:
    async with stand_in(rate=20) as sim:
        settings = environment(sim, tmp_path)
        async with muster(tmp_path, settings) as child:
            sim.stage.say(DRIVER, DRIVER, "/breakdown K12+300")
            await child.until(sim, lambda: reads(sim, EAST, "#1 "))
            code, out, err = await ran(tmp_path, settings, "backup", "muster.tar.gz")
            assert (code, err) == (0, "")
            assert "muster.tar.gz" in out
            assert await child.stop() == 0
    restored = tmp_path / "elsewhere"
    settings["MUSTER_DATA"] = str(restored)
    code, _, err = await ran(tmp_path, settings, "restore", "muster.tar.gz")
    assert (code, err) == (0, "")
    async with open_tiny(restored, KINDS) as store:
        assert list((await record_of(store)).incidents) == [1]


async def test_a_backup_of_a_stopped_one_and_no_restoring_over_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with open_tiny(data, KINDS):
        pass
    settings = environment(None, tmp_path)
    code, _, err = await ran(tmp_path, settings, "backup", "b.tar.gz", "--data", str(data))
    assert (code, err) == (0, "")
    assert (tmp_path / "b.tar.gz").stat().st_size > 0
    code, _, err = await ran(tmp_path, settings, "restore", "b.tar.gz", "--data", str(data))
    assert code == 1
    assert "is not empty: a backup is never put over another store" in err
    assert "Traceback" not in err


async def test_what_cannot_be_backed_up_or_restored_is_said(tmp_path: Path) -> None:
    settings = environment(None, tmp_path)
    code, _, err = await ran(tmp_path, settings, "backup", "b.tar.gz", "--data", "nowhere")
    assert (code, err) == (1, "nowhere: 没有数据 · there is no data\n")
    (tmp_path / "b.tar.gz").write_bytes(b"no archive")
    code, _, err = await ran(tmp_path, settings, "restore", "b.tar.gz", "--data", "new")
    assert code == 1
    assert "b.tar.gz: byte" in err
    assert "Traceback" not in err
    async with stand_in() as sim:
        settings = environment(sim, tmp_path)
        async with muster(tmp_path, settings) as child:
            await child.until(sim, sim.is_polled)
            code, _, err = await ran(tmp_path, settings, "backup", "/nowhere/b.tar.gz")
            assert code == 1
            assert "没有备份 · no backup: FileNotFoundError" in err
