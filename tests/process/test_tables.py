"""`muster import` and `muster export`, with Muster running and without."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.plans.workbooks import people, two_hundred_people
from tests.process.child import environment, muster, ran
from tests.process.stand_in import stand_in

pytestmark = pytest.mark.process


async def test_a_dry_run_changes_nothing_and_the_rest_is_told(tmp_path: Path) -> None:
    (tmp_path / "people.xlsx").write_bytes(two_hundred_people())
    async with stand_in() as sim:
        settings = environment(sim, tmp_path)
    for _ in range(2):
        code, out, err = await ran(tmp_path, settings, "import", "people.xlsx", "--dry-run")
        assert (code, err) == (3, "")
        assert "人员 新增 188、变更 2、不变 0、有误 10" in out
        assert "People 188 added, 2 changed, 0 the same, 10 with mistakes" in out

    code, out, err = await ran(tmp_path, settings, "import", "people.xlsx", "--errors", "mend.xlsx")
    assert (code, err) == (3, "")
    assert "人员 第 192 行 甲不识岗：岗位: 没有叫 驾驶圆 的岗位" in out
    assert load_workbook(tmp_path / "mend.xlsx")["人员"].max_row == 11

    code, out, _ = await ran(tmp_path, settings, "import", "people.xlsx")
    assert "人员 新增 0、变更 0、不变 190、有误 10" in out


async def test_in_and_out_while_it_runs(tmp_path: Path) -> None:
    (tmp_path / "people.xlsx").write_bytes(people((7, "新来的", 13900000001, "驾驶员", "东区")))
    async with stand_in() as sim:
        settings = environment(sim, tmp_path)
        async with muster(tmp_path, settings) as child:
            await child.until(sim, sim.is_polled)
            code, out, err = await ran(tmp_path, settings, "import", "people.xlsx")
            assert (code, err) == (0, "")
            assert "人员 新增 1" in out
            code, _, err = await ran(tmp_path, settings, "export", "register.xlsx")
            assert (code, err) == (0, "")
            code, out, err = await ran(tmp_path, settings, "import", "register.xlsx", "--dry-run")
            assert (code, err) == (0, "")
            assert "新增 0、变更 0" in out
            assert not any("5550" in line or "1390" in line for line in child.lines)
    names = [row[1] for row in load_workbook(tmp_path / "register.xlsx")["人员"].values]
    assert "新来的" in names
    assert (tmp_path / "register.xlsx").stat().st_mode & 0o077 == 0


async def test_what_is_no_table_is_said_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("菜名,价格\n鱼,12\n", encoding="utf-8")
    settings = environment(None, tmp_path)
    code, out, err = await ran(tmp_path, settings, "import", "notes.csv")
    assert (code, out) == (1, "")
    assert "notes.csv: 认不出表头" in err
    assert "notes.csv: no headings recognised" in err
    code, _, err = await ran(tmp_path, settings, "import", "nowhere.xlsx")
    assert code == 1
    assert "nowhere.xlsx" in err
    assert "Traceback" not in err
