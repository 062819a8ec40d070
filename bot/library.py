"""The library: reads the company file and the plan files from disk.

In: paths. Out: a desk, and warnings in words; or every problem with file and line. Forbidden here:
judging them (`plans` does).
"""

from dataclasses import dataclass
from pathlib import Path

from bot.settings import OWN_PLANS, SAMPLE_COMPANY
from handlers.build import OWN_COMMANDS
from handlers.desk import Desk
from plans.company import Company, read_company
from plans.format import Plan
from plans.plan_check import PlanFile, check_calls, check_words, read_plan
from plans.yaml_source import Problem, Problems

FILE_LIMIT_BYTES = 1024 * 1024
PLANS_LIMIT = 200


class NotReadable(Exception):
    """Files that cannot be used; the text has one line a problem, in both languages."""


@dataclass(frozen=True)
class Library:
    """`warnings` are in words, in both languages."""

    desk: Desk
    warnings: tuple[str, ...]


def read_library(company: Path = SAMPLE_COMPANY, plans: Path = OWN_PLANS) -> Library:
    """NotReadable: something is wrong with one of the files; all problems are named."""
    found = read_company(_text(company), company.name)
    if isinstance(found, Problems):
        raise NotReadable(in_both(found))
    desk, warnings = _read_plans(found.company, plans)
    return Library(desk, tuple(in_both(warning) for warning in (*found.warnings, *warnings)))


def in_both(problem: Problem | Problems) -> str:
    """File, line and what is wrong, in both languages."""
    return f"{problem.said('zh')}\n{problem.said('en')}"


def _read_plans(company: Company, folder: Path) -> tuple[Desk, tuple[Problem, ...]]:
    paths = sorted(folder.glob("*.yaml"))[:PLANS_LIMIT]
    problems: list[str] = []
    warnings: list[Problem] = []
    files: dict[str, PlanFile] = {}
    for path in paths:
        read = read_plan(_text(path), path.name, company)
        if isinstance(read, Problems):
            problems.append(in_both(read))
            continue
        problems += _clashes([file.plan for file in files.values()], read.plan, path.name)
        files[read.plan.plan] = read
        warnings += read.warnings
    if not problems:
        calls = check_calls(files.values())
        problems += [in_both(problem) for problem in calls.problems]
        warnings += [*calls.warnings, *check_words(files.values())]
    if not files and not problems:
        problems.append(f"{folder}: 没有预案文件 · there is no plan file")
    if problems:
        raise NotReadable("\n".join(problems))
    in_order = sorted((f.plan for f in files.values()), key=lambda p: (p.order, p.plan))
    raised = {plan.plan: plan for plan in in_order if plan.routine is None}
    routines = {plan.plan: plan for plan in in_order if plan.routine is not None}
    return Desk(company, raised, routines), tuple(warnings)


def _clashes(plans: list[Plan], plan: Plan, name: str) -> list[str]:
    """Two plans must not answer to one name or one command."""
    commands = {p.command for p in plans if p.command}
    taken = plan.plan in (p.plan for p in plans) or plan.command in commands
    if plan.command in OWN_COMMANDS:
        return [f"{name}: 命令 /{plan.command} 已有别的用途 · the command is Muster's own"]
    return [f"{name}: 预案名或命令重复 · plan or command named twice"] if taken else []


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > FILE_LIMIT_BYTES:
            raise NotReadable(f"{path}: 文件太大 · the file is too large")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise NotReadable(f"{path}: 打不开 · cannot be opened ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise NotReadable(f"{path}: 不是 UTF-8 文本 · is not UTF-8 text") from error
