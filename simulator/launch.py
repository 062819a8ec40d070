"""Starts the stand-in and a bot beside it. In: command line, cast file. Out: the bot as a child
process that finds the stand-in in its environment; the child's exit code.

The child gets BOT_TOKEN, BOT_API_URL, BOT_FILE_URL, MUSTER_CLOCK_URL and MUSTER_DATA. Ctrl-C or
SIGTERM is passed on as SIGTERM; after STOP_WITHIN_S, or at a second signal, the child is killed.
Nothing is ever restarted. Forbidden here: knowing what the bot is.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import webbrowser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from simulator.cast import CastError, put_on_stage, read_cast
from simulator.clock import SimClock
from simulator.limits import Limits
from simulator.server import Simulator

TOKEN = "7000000001:stand-in"  # noqa: S105 - opens nothing but this stand-in
DEFAULT_PORT = 8787
DEFAULT_CAST = Path(__file__).with_name("cast.yaml")
EMPTY_CAST = Path(__file__).with_name("empty_cast.yaml")
STOP_WITHIN_S = 20.0
CANNOT_START = 2
NO_SUCH_COMMAND = 127


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until the child ends or a signal comes; the exit code."""
    given = _parser().parse_args(arguments)
    command = given.command[1:] if given.command[:1] == ["--"] else given.command
    return asyncio.run(_run(given, command))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m simulator",
        description="A Telegram for this machine alone: a chat page, and the Bot API for a bot.",
    )
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="page and Bot API (8787)")
    parser.add_argument(
        "--cast",
        type=_cast,
        default=DEFAULT_CAST,
        help="who is there (a YAML file); 'empty': five phones that the bot knows nothing of",
    )
    parser.add_argument(
        "--data",
        type=Path,
        help="the bot's data folder; without it a fresh one is used and removed at the end",
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open the page by itself")
    parser.add_argument("command", nargs=argparse.REMAINDER, metavar="-- COMMAND", help="the bot")
    return parser


def _cast(given: str) -> Path:
    return EMPTY_CAST if given == "empty" else Path(given)


async def _run(given: argparse.Namespace, command: list[str]) -> int:
    try:
        cast = read_cast(given.cast)
    except CastError as error:
        _say(f"人物表无法使用 / The cast file cannot be used:\n{error}")
        return CANNOT_START
    clock = SimClock(start=datetime.now(UTC), rate=1.0)
    sim = Simulator(token=TOKEN, clock=clock, limits=Limits.telegram())
    put_on_stage(cast, sim)
    # A bot that keeps its data remembers update ids: a new run must not use them again.
    sim.world.restart_update_ids(clock.timestamp())
    taken = not await _start(sim, given.port)
    try:
        _say(_welcome(sim, given.port if taken else None, command))
        if not given.no_browser and _has_screen():
            await asyncio.to_thread(webbrowser.open, sim.url)
        with _data_folder(given.data) as data:
            return await _follow(command, _environment(sim, data))
    finally:
        await sim.stop()


async def _start(sim: Simulator, wanted: int) -> bool:
    """Listen on the wanted port, or on a free one when that is taken (False)."""
    try:
        await sim.start(port=wanted)
    except OSError:
        await sim.start(port=0)
        return False
    return True


@contextmanager
def _data_folder(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="stand-in-") as fresh:
        yield Path(fresh)


def _environment(sim: Simulator, data: Path) -> dict[str, str]:
    return {
        **os.environ,
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": sim.api_url,
        "BOT_FILE_URL": sim.file_url,
        "MUSTER_CLOCK_URL": f"{sim.url}/clock",
        "MUSTER_DATA": str(data),
    }


async def _follow(command: list[str], environment: dict[str, str]) -> int:
    """Run the child (or nobody) until it ends or a signal comes; the exit code to leave with."""
    signals: asyncio.Queue[int] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, signals.put_nowait, number)
    if not command:
        await signals.get()
        return 0
    try:
        # In its own process group a Ctrl-C reaches the child once, as our SIGTERM, not twice.
        child = await asyncio.create_subprocess_exec(
            *command, env=environment, stdin=asyncio.subprocess.DEVNULL, process_group=0
        )
    except OSError as error:
        _say(f"无法启动 / Cannot start {command[0]}: {error.strerror}")
        return NO_SUCH_COMMAND
    return _exit_code(await _watch(child, signals))


async def _watch(child: asyncio.subprocess.Process, signals: asyncio.Queue[int]) -> int:
    ended = asyncio.create_task(child.wait())
    if await _signal_before(ended, signals, None):
        child.terminate()
        _say("正在停止… / Stopping…")
        if await _signal_before(ended, signals, STOP_WITHIN_S):
            child.kill()
    return await ended


async def _signal_before(
    ended: asyncio.Task[int], signals: asyncio.Queue[int], within_s: float | None
) -> bool:
    """Wait for the child's end; True when a signal, or the time, came first."""
    signalled = asyncio.create_task(signals.get())
    await asyncio.wait({ended, signalled}, timeout=within_s, return_when=asyncio.FIRST_COMPLETED)
    signalled.cancel()
    return not ended.done()


def _exit_code(code: int) -> int:
    """As a shell tells it: a child ended by signal N leaves 128 + N."""
    return 128 - code if code < 0 else code


def _welcome(sim: Simulator, taken: int | None, command: list[str]) -> str:
    lines = [
        "",
        "  没有 Telegram 也能试用,请在浏览器打开 / Try it without Telegram, open in a browser:",
        "",
        f"      {sim.url}/",
        "",
        "  页面上每一栏是一位同事的手机。按 Ctrl-C 结束。",
        "  Each column on the page is a colleague's phone. Ctrl-C ends it.",
        "",
    ]
    if taken is not None:
        lines += [f"  端口 {taken} 已被占用。 / Port {taken} was taken.", ""]
    if not command:
        lines += [f"  BOT_TOKEN={TOKEN} BOT_API_URL={sim.api_url} BOT_FILE_URL={sim.file_url}", ""]
    return "\n".join(lines)


def _has_screen() -> bool:
    """Whether a browser window could open; text browsers would take over the terminal."""
    if not sys.stdout.isatty():
        return False
    return sys.platform == "darwin" or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
