"""The command line: `muster run`, `muster check`, `muster has-token`.

In: arguments, settings. Out: a running bot, or words and an exit code. Forbidden here: anything a
running Muster does (see `process`).
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.library import OWN_PLANS, SAMPLE_COMPANY, NotReadable, read_library
from bot.process import run_process
from bot.settings import SettingsError, load_settings


def main(argv: Sequence[str] | None = None) -> int:
    """Exit codes: 0 done, 1 refused with the reason on stderr, 2 wrong usage."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.do(arguments))
    except (SettingsError, NotReadable) as error:
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
    check.add_argument("company", nargs="?", type=Path, default=SAMPLE_COMPANY)
    check.add_argument("plans", nargs="?", type=Path, default=OWN_PLANS)
    check.set_defaults(do=_check)
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
    library = read_library(arguments.company, arguments.plans)
    for warning in library.warnings:
        print(warning)
    plans = library.desk.plans
    print(f"好 · fine: {len(library.desk.company.people)} people, {len(plans)} plans")
    return 0
