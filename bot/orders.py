"""What the command line can order: a backup, the register taken in from a table or written to one,
a code that makes an administrator.

In: a folder and a path. Out: what was done, in words, or the reason why not. Whoever has the folder
does it: we ourselves, or the Muster that runs (see `control`). Forbidden here: what a table means.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from bot.claim import fresh_claim
from bot.control import NotDone, Order, ask
from handlers.desk import Desk
from handlers.directory.entering import enter, rehearse
from handlers.directory.reports import bad_rows, summary
from handlers.kinds import KINDS
from plans.tables.changes import Changes
from plans.tables.grids import FILE_LIMIT_BYTES, Unreadable
from plans.tables.sheets import Tables, read_tables
from plans.tables.writing import bad_rows_of, workbook_of
from plans.text import Lang
from storage.backup import backup_to
from storage.port import Conflict, Turn
from storage.tiny import StoreInUse, TinyStore, open_tiny

log = logging.getLogger(__name__)

Now = Callable[[], datetime]
Work = Callable[[Turn, Desk, Tables], Awaitable[Changes]]
TRIES = 5
SHOWN_BAD_ROWS = 50


class Orders:
    """Carries orders out on an open store."""

    def __init__(self, store: TinyStore, desk: Desk, now: Now) -> None:
        self._store = store
        self._desk = desk
        self._now = now

    async def carry_out(self, order: Order) -> Order:
        """NotDone, OSError, StoreFailed: see there. KeyError: there is no such order."""
        path = Path(str(order.get("path", "")))
        match order["order"]:
            case "claim":
                return {"code": await fresh_claim(self._store, at=self._now())}
            case "backup":
                await backup_to(self._store, path)
                log.info("a backup was written")
                return {}
            case "import":
                errors = Path(str(order["errors"])) if order.get("errors") else None
                return await self._import(path, errors, dry=bool(order["dry"]))
            case "export":
                return await self._export(path)
        raise KeyError(order["order"])

    async def _import(self, path: Path, errors: Path | None, *, dry: bool) -> Order:
        tables = await asyncio.to_thread(_read, path)
        changes = await self._turn(tables, rehearse if dry else _enter)
        if not dry:
            log.info("a table was taken in", extra={"count": len(changes.to_make)})
        if errors is not None and changes.bad:
            lang = self._desk.company.language
            await asyncio.to_thread(_write, errors, bad_rows_of(changes.bad, lang))
        return {"said": _said(changes, dry=dry), "bad": len(changes.bad)}

    async def _export(self, path: Path) -> Order:
        async with self._store.turn(at=self._now()) as turn:
            roster = await self._desk.roster(turn)
        content = await asyncio.to_thread(workbook_of, roster, roster.company.language)
        await asyncio.to_thread(_write, path, content)
        log.info("the register was written to a table")
        return {}

    async def _turn(self, tables: Tables, work: Work) -> Changes:
        for _ in range(TRIES):
            try:
                async with self._store.turn(at=self._now()) as turn:
                    return await work(turn, self._desk, tables)
            except Conflict:
                continue
        raise NotDone("资料正在被修改, 请再试一次 · the register is being changed: try again")


async def carry_out(folder: Path, order: Order, desk: Callable[[], Desk], now: Now) -> Order:
    """Carry the order out on the store in `folder`, or have the Muster that runs do it. `desk`
    makes the desk that is needed when none runs.

    NotDone: see there. OSError: the disk refused.
    """
    try:
        async with open_tiny(folder, KINDS) as store:
            return await Orders(store, desk(), now).carry_out(order)
    except StoreInUse as in_use:
        return await ask(folder, order, f"数据正在使用 · the data is in use: {in_use}")


async def _enter(turn: Turn, desk: Desk, tables: Tables) -> Changes:
    return await enter(turn, desk, tables, by=None)


def _read(path: Path) -> Tables:
    with path.open("rb") as file:
        tables = read_tables(file.read(FILE_LIMIT_BYTES + 1))
    if isinstance(tables, Unreadable):
        raise NotDone(f"{path.name}: {tables.reason.zh}\n{path.name}: {tables.reason.en}")
    return tables


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and for nobody else's eyes: it holds everybody's numbers."""
    fresh = path.with_name(f".{path.name}.tmp")
    fresh.touch(mode=0o600)
    fresh.write_bytes(content)
    fresh.replace(path)


def _said(changes: Changes, *, dry: bool) -> str:
    return "\n".join([*_lines(changes, "zh", dry=dry), *_lines(changes, "en", dry=dry)])


def _lines(changes: Changes, lang: Lang, *, dry: bool) -> list[str]:
    heads = {
        ("zh", True): "试算, 什么也没有改:",
        ("zh", False): "已导入:",
        ("en", True): "dry run, nothing was changed:",
        ("en", False): "imported:",
    }
    lines = [heads[lang, dry], *summary(changes, lang)]
    lines += bad_rows(changes.bad[:SHOWN_BAD_ROWS], lang)
    return lines
