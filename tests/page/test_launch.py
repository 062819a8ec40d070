"""`python -m simulator -- COMMAND`: real processes and signals; the child tells what it finds."""

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.process

CAST = Path(__file__).with_name("cast.yaml")
PATIENCE_S = 60
FOUND = "found "

TELLS = """
import json, os, sys, urllib.request
names = ("BOT_TOKEN", "BOT_API_URL", "BOT_FILE_URL", "MUSTER_CLOCK_URL", "MUSTER_DATA")
found = {name: os.environ[name] for name in names}
found["folder"] = os.path.isdir(found["MUSTER_DATA"])
for name, url in {
    "me": f"{found['BOT_API_URL']}{found['BOT_TOKEN']}/getMe",
    "clock": found["MUSTER_CLOCK_URL"],
}.items():
    found[name] = json.load(urllib.request.urlopen(url))
print("found " + json.dumps(found), flush=True)
"""
LEAVES_WITH_7 = TELLS + "sys.exit(7)\n"
STAYS = (
    TELLS
    + """
import signal
def bye(*_):
    print("bye", flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, bye)
print("ready", flush=True)
while True:
    signal.pause()
"""
)
STUBBORN = """
import signal
signal.signal(signal.SIGTERM, lambda *_: print("no", flush=True))
print("ready", flush=True)
while True:
    signal.pause()
"""


@asynccontextmanager
async def launched(*options: str, child: str) -> AsyncIterator[Process]:
    """The launcher with a Python child; ended, whatever happens, when the block is left."""
    arguments = ["-m", "simulator", "--no-browser", "--cast", str(CAST), *options, "--"]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        sys.executable,
        "-c",
        child,
        stdout=PIPE,
        stderr=PIPE,
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(PATIENCE_S):
            yield process
    finally:
        if process.returncode is None:
            process.terminate()
            process.terminate()
        await process.communicate()


async def until(process: Process, beginning: str) -> list[str]:
    """The lines up to the first one that begins so."""
    assert process.stdout is not None
    lines: list[str] = []
    while line := (await process.stdout.readline()).decode():
        lines.append(line.rstrip("\n"))
        if line.startswith(beginning):
            return lines
    raise AssertionError(f"no line begins with {beginning!r}: {lines}")


async def what_was_found(process: Process) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((await until(process, FOUND))[-1].removeprefix(FOUND))
    return found


def is_folder(path: str | Path) -> bool:
    return Path(path).is_dir()


async def test_the_child_finds_the_stand_in_and_its_exit_code_is_passed_on() -> None:
    async with launched("--port", "0", child=LEAVES_WITH_7) as process:
        found = await what_was_found(process)
        assert await process.wait() == 7
    base = found["BOT_API_URL"].removesuffix("/bot")
    assert found["BOT_FILE_URL"] == f"{base}/file/bot"
    assert found["MUSTER_CLOCK_URL"] == f"{base}/clock"
    assert found["me"]["result"]["username"] == "echo_demo_bot"
    assert found["clock"]["rate"] == 1


async def test_an_empty_company_is_asked_for_by_name() -> None:
    async with launched("--port", "0", "--cast", "empty", child=LEAVES_WITH_7) as process:
        found = await what_was_found(process)
        await process.wait()
    assert found["me"]["result"]["username"] == "muster_demo_bot"


async def test_the_childs_data_is_fresh_and_removed_at_the_end() -> None:
    async with launched("--port", "0", child=LEAVES_WITH_7) as process:
        found = await what_was_found(process)
        await process.wait()
    assert found["folder"]
    assert not is_folder(found["MUSTER_DATA"])


async def test_a_given_data_folder_is_kept(tmp_path: Path) -> None:
    async with launched("--port", "0", "--data", str(tmp_path), child=LEAVES_WITH_7) as process:
        assert (await what_was_found(process))["MUSTER_DATA"] == str(tmp_path)
        await process.wait()
    assert is_folder(tmp_path)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_reaches_the_child_as_sigterm(number: signal.Signals) -> None:
    async with launched("--port", "0", child=STAYS) as process:
        await until(process, "ready")
        process.send_signal(number)
        await until(process, "bye")
        assert await process.wait() == 0


async def test_ctrl_c_at_the_terminal_reaches_the_child_only_as_sigterm() -> None:
    async with launched("--port", "0", child=STAYS) as process:
        await until(process, "ready")
        os.killpg(process.pid, signal.SIGINT)
        await until(process, "bye")
        assert await process.wait() == 0


async def test_a_second_signal_ends_a_stubborn_child() -> None:
    async with launched("--port", "0", child=STUBBORN) as process:
        await until(process, "ready")
        process.send_signal(signal.SIGTERM)
        await until(process, "no")
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 128 + signal.SIGKILL


async def test_a_taken_port_gives_way_to_a_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with launched("--port", str(port), child=LEAVES_WITH_7) as process:
            told = await until(process, FOUND)
            await process.wait()
    address = json.loads(told[-1].removeprefix(FOUND))["BOT_API_URL"].removesuffix("/bot")
    assert address != f"http://127.0.0.1:{port}"
    assert f"      {address}/" in told
    assert any(f"{port} 已被占用" in line for line in told)


async def test_a_command_that_is_not_there_is_told() -> None:
    arguments = ["-m", "simulator", "--no-browser", "--port", "0", "--cast", str(CAST), "--"]
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, os.devnull + "/bot", stdout=PIPE, stderr=PIPE
    )
    output, _ = await asyncio.wait_for(process.communicate(), PATIENCE_S)
    assert process.returncode == 127
    assert "无法启动 / Cannot start" in output.decode()


async def test_a_wrong_cast_starts_nothing(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("people: none\n")
    async with launched("--cast", str(wrong), child=LEAVES_WITH_7) as process:
        output, _ = await process.communicate()
        assert process.returncode == 2
    assert f"{wrong}: people: " in output.decode()
    assert FOUND not in output.decode()
