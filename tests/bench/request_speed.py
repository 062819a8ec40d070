"""What a call costs through our aiohttp client, against python-telegram-bot's own httpx client.

Both talk to the same bare server in another process, a round of one after a round of the other.
Prints medians of calls a second and their ratio for several numbers of calls at once.
"""

import asyncio
import multiprocessing
import statistics
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

from aiohttp import web
from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bot.request import AiohttpRequest

AT_ONCE = (1, 16, 64, 256)
ROUNDS, CALLS = 5, 512
POOL = 256
ANSWER = {
    "ok": True,
    "result": {
        "message_id": 1,
        "date": 1782864000,
        "chat": {"id": 700001, "type": "private", "first_name": "P"},
        "text": "送货车辆途中故障,请派备用车接替。",
    },
}


async def serve(tell: Connection) -> None:
    """Answer every call with the same message, for as long as the process lives."""

    async def answer(request: web.BaseRequest) -> web.Response:
        await request.read()
        return web.json_response(ANSWER)

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    tell.send(runner.addresses[0][1])
    await asyncio.Event().wait()


def server(tell: Connection) -> None:
    asyncio.run(serve(tell))


async def calls_a_second(bot: Bot, at_once: int) -> float:
    """CALLS messages with `at_once` under way."""
    left = iter(range(CALLS))

    async def work() -> None:
        for n in left:
            await bot.send_message(700001, f"送货车辆途中故障 {n}", disable_notification=True)

    begun = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(at_once)))
    return CALLS / (time.perf_counter() - begun)


async def compare(port: int) -> None:
    clients: dict[str, Callable[[], BaseRequest]] = {
        "httpx": lambda: HTTPXRequest(connection_pool_size=POOL, pool_timeout=60, read_timeout=60),
        "aiohttp": lambda: AiohttpRequest(connections=POOL),
    }
    speeds: dict[tuple[str, int], list[float]] = {}
    for _ in range(ROUNDS):
        for name, client in clients.items():
            async with client() as request:
                bot = Bot("1:TEST", base_url=f"http://127.0.0.1:{port}/bot", request=request)
                await bot.send_message(700001, "first")
                for at_once in AT_ONCE:
                    speed = await calls_a_second(bot, at_once)
                    speeds.setdefault((name, at_once), []).append(speed)
    for at_once in AT_ONCE:
        ours, theirs = (statistics.median(speeds[name, at_once]) for name in ("aiohttp", "httpx"))
        sys.stdout.write(
            f"{at_once:4} at once: aiohttp {ours:6.0f}/s, httpx {theirs:6.0f}/s, "
            f"ratio {ours / theirs:4.1f}\n"
        )


async def main() -> None:
    told, tell = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=server, args=(tell,))
    process.start()
    try:
        await compare(await asyncio.to_thread(told.recv))
    finally:
        process.terminate()
        process.join()


if __name__ == "__main__":
    asyncio.run(main())
