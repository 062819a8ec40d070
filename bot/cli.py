"""The command line: `muster run`, `check`, `has-token`, `backup`, `restore`, `import`, `export`,
`claim`.

In: arguments, settings. Out: a running bot, or words and an exit code. Forbidden here: anything a
running Muster does (see `process`).
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.control import NotDone, Order
from bot.library import NotReadable, read_library
from bot.orders import carry_out
from bot.process import run_process
from bot.routines import what_is_next
from bot.settings import Places, SettingsError, load_settings
from handlers.desk import Desk
from storage.backup import restore
from storage.port import Damaged


def main(argv: Sequence[str] | None = None) -> int:
    """Exit codes: 0 done, 1 refused with the reason on stderr, 2 wrong usage, 3 done but for rows
    with mistakes."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.do(arguments))
    except (SettingsError, NotReadable, NotDone, Damaged, OSError) as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="muster", description="Carries out emergency plans.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="run the bot until stopped")
    run.set_defaults(do=_run)
    has_token = commands.add_parser("has-token", help="exit 0 when BOT_TOKEN is set, 1 otherwise")
    has_token.set_defaults(do=_has_token)
    check = commands.add_parser("check", help="check company file and plans")
    check.add_argument("company", nargs="?", type=Path, help="else: MUSTER_COMPANY")
    check.add_argument("plans", nargs="?", type=Path, help="else: MUSTER_PLANS")
    check.set_defaults(do=_check)
    claim = commands.add_parser("claim", help="a code that makes an administrator in Telegram")
    claim.add_argument("--data", type=Path, help="the data folder (else: MUSTER_DATA)")
    claim.set_defaults(do=_claim)
    for name, do, words in (
        ("backup", _backup, "write a backup, also while the bot runs"),
        ("restore", _restore, "unpack a backup into an empty data folder"),
        ("import", _import, "take in people, customers ... from an XLSX or CSV table"),
        ("export", _export, "write the register to an XLSX table"),
    ):
        command = commands.add_parser(name, help=words)
        command.add_argument("file", type=Path, metavar="FILE")
        command.add_argument("--data", type=Path, help="the data folder (else: MUSTER_DATA)")
        command.set_defaults(do=do)
        if name == "import":
            command.add_argument("--dry-run", action="store_true", help="show what would change")
            command.add_argument("--errors", type=Path, help="write rows with mistakes here (XLSX)")
    return parser


def _run(_: argparse.Namespace) -> int:
    return asyncio.run(run_process(load_settings()))


def _has_token(_: argparse.Namespace) -> int:
    """A token that is set but wrong counts as set, so that the mistake is told and not hidden."""
    try:
        load_settings()
    except SettingsError as error:
        return 1 if "BOT_TOKEN: is not set" in str(error) else 0
    return 0


def _check(arguments: argparse.Namespace) -> int:
    places = Places()
    library = read_library(
        arguments.company or places.muster_company, arguments.plans or places.muster_plans
    )
    for warning in library.warnings:
        print(warning)
    for line in what_is_next(library.desk, datetime.now(UTC)):
        print(line)
    desk = library.desk
    plans = len(desk.plans) + len(desk.routines)
    print(f"好 · fine: {len(desk.company.people)} people, {plans} plans")
    return 0


def _backup(arguments: argparse.Namespace) -> int:
    folder = _folder(arguments)
    if not folder.is_dir():
        raise NotDone(f"{folder}: 没有数据 · there is no data")
    try:
        _order(folder, {"order": "backup", "path": str(arguments.file.absolute())})
    except NotDone as refusal:
        raise NotDone(f"没有备份 · no backup: {refusal}") from None
    print(f"好 · fine: {arguments.file}")
    return 0


def _import(arguments: argparse.Namespace) -> int:
    """The bot that runs reads the file itself; else it is done here, with the company's file."""
    path = str(arguments.file.absolute())
    errors = str(arguments.errors.absolute()) if arguments.errors else ""
    order: Order = {"order": "import", "path": path, "dry": arguments.dry_run, "errors": errors}
    answer = _order(_folder(arguments), order)
    print(answer["said"])
    return 3 if answer["bad"] else 0


def _export(arguments: argparse.Namespace) -> int:
    _order(_folder(arguments), {"order": "export", "path": str(arguments.file.absolute())})
    print(f"好 · fine: {arguments.file}")
    return 0


def _claim(arguments: argparse.Namespace) -> int:
    """For when every administrator has lost their account. It ends with the next start."""
    answer = _order(_folder(arguments), {"order": "claim"})
    print(f"请私聊机器人, 发送 · send to the bot in private:  /claim {answer['code']}")
    return 0


def _order(folder: Path, order: Order) -> Order:
    places = Places()

    def desk() -> Desk:
        return read_library(places.muster_company, places.muster_plans).desk

    return asyncio.run(carry_out(folder, order, desk, lambda: datetime.now(UTC)))


def _restore(arguments: argparse.Namespace) -> int:
    folder = _folder(arguments)
    restore(arguments.file, folder)
    print(f"好 · fine: {folder}")
    return 0


def _folder(arguments: argparse.Namespace) -> Path:
    given: Path | None = arguments.data
    return Places().muster_data if given is None else given
