"""The rights page: `docs/rights.md`, written from the table of rights.

In: the table (`access`), the words for each row. Out: the page, on standard output. Forbidden
here: a row that the table does not have. Write it anew with `make rights`.
"""

import sys
from collections.abc import Iterator, Mapping

from handlers.access import COMMANDS, PRESSES, RAISING, Rule
from handlers.catalogue import catalogue
from handlers.menus import TOPICS, UNLISTED
from plans.company import CAPABILITIES
from plans.text import Text

HEAD = """\
# 权限 · Who may do what

由 `handlers/access.py` 生成，改那里再运行 `make rights`。每条命令、每个按钮都要过这张表；
不许的，当场说明原因，什么也不改。岗位能做什么（`may`）写在公司文件里；指挥组（`command`）的岗位
全都能做。“在该事件里有份”由预案引擎按事件判断：报告人、被找过的人、该区域的岗位及其上级。能指挥、
能排班的岗位，凡是按区域设的，只管自己的区域。

Written from `handlers/access.py`: change it there and run `make rights`. Every command and every
button passes this table; who may not is told why, and nothing is changed. What a role may do
(`may`) stands in the company file; whoever is in `command` may do all of it. Who has a part in an
incident is for the engine to say: whoever reported it or was asked, the roles of its region, and
those above them. Where a role is held region by region, what it may do ends at its own region.
"""


def page() -> str:
    """The whole page."""
    lines = [HEAD]
    lines += ["## 岗位能做的事 · What a role may do", "", *_capabilities(), ""]
    lines += ["## 命令 · Commands", "", *_table("命令 Command", _commands()), ""]
    lines += ["## 按钮 · Buttons", "", *_table("按钮 Button", _presses())]
    return "\n".join(lines) + "\n"


def _capabilities() -> Iterator[str]:
    yield "| `may` | 能做什么 | What it allows |"
    yield "|---|---|---|"
    for capability in CAPABILITIES:
        text = catalogue()[f"rights.may_{capability}"]
        yield f"| `{capability}` | {text.zh} | {text.en} |"


def _commands() -> Iterator[tuple[str, Text, Rule]]:
    yield "预案的命令 a plan's", catalogue()["rights.report"], RAISING
    names = [name for names in TOPICS.values() for name in names]
    for name in (*sorted(UNLISTED), *names):
        if name in COMMANDS:
            yield f"`/{name}`", catalogue()[f"menus.{name}"], COMMANDS[name]


def _presses() -> Iterator[tuple[str, Text, Rule]]:
    for verb, rule in PRESSES.items():
        yield f"`{verb}`", catalogue()[f"rights.{verb}"], rule


def _table(first: str, rows: Iterator[tuple[str, Text, Rule]]) -> Iterator[str]:
    words: Mapping[str, Text] = catalogue()
    yield f"| {first} | 做什么 | What it does | 谁 | Who | 在哪里 | Where |"
    yield "|---|---|---|---|---|---|---|"
    for name, does, rule in rows:
        who = words[f"rights.needs_{rule.needs}"]
        where = words[f"rights.where_{_where(rule)}"]
        cells = (name, does.zh, does.en, who.zh, who.en, where.zh, where.en)
        yield f"| {' | '.join(cells)} |"


def _where(rule: Rule) -> str:
    if rule.private:
        return "private"
    return "anywhere" if rule.anywhere else "known"


if __name__ == "__main__":
    sys.stdout.write(page())
