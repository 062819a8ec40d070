"""The first start of a company with nobody in it, as real processes."""

import json
import re
from pathlib import Path

import pytest

from bot.settings import NEW_COMPANY
from tests.process.child import environment, muster, ran
from tests.process.stand_in import reads, stand_in

pytestmark = pytest.mark.process

CODE = re.compile(r"/claim ([A-Z0-9]{10})")


async def test_the_code_is_on_the_screen_and_nowhere_else(tmp_path: Path) -> None:
    async with stand_in() as sim:
        settings = environment(sim, tmp_path, MUSTER_COMPANY=str(NEW_COMPANY))
        async with muster(tmp_path, settings) as child:
            found = CODE.search(await child.says("/claim "))
            assert found is not None
            await child.says("taken in")
            assert await child.stop() == 0
    code = found[1]
    logged = [line for line in child.lines if line.startswith("{")]
    assert logged
    assert all(json.loads(line) and code not in line for line in logged)
    kept = [path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert kept
    assert all(code.encode() not in content for content in kept)


async def test_nothing_is_shown_where_there_is_an_administrator(tmp_path: Path) -> None:
    async with stand_in() as sim, muster(tmp_path, environment(sim, tmp_path)) as child:
        await child.says("taken in")
        assert await child.stop() == 0
    assert not any("/claim" in line for line in child.lines)


async def test_when_all_accounts_are_lost_the_command_line_gives_a_code(tmp_path: Path) -> None:
    async with stand_in() as sim:
        settings = environment(sim, tmp_path)
        async with muster(tmp_path, settings) as child:
            await child.says("taken in")
            code, out, _ = await ran(tmp_path, settings, "claim")
            assert code == 0
            given = CODE.search(out)
            assert given is not None
            newcomer = sim.stage.add_newcomer("丁从头", phone="+86 10 5550 0999")
            sim.stage.start(newcomer.id)
            sim.stage.say(newcomer.id, newcomer.id, f"/claim {given[1]}")
            await child.until(sim, lambda: reads(sim, newcomer.id, "手机号"))
            assert await child.stop() == 0
