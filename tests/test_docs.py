"""The documents say what is so: clauses, settings, paths, commands and links."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot import cli
from bot.settings import Settings
from handlers.access import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DECISIONS = ROOT / "docs" / "decisions"
# Given to @BotFather, raised by the planner's example, the end of an address.
NOT_OURS = {"newbot", "pipe", "bot"}
A_PATH = re.compile(r"`((?:bot|docs|handlers|plans|simulator|storage|tests)/[\w./-]+)`")
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")], key=lambda page: page.relative_to(ROOT)
)
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]


def rows(heading: str) -> list[list[str]]:
    """The cells of the README's table whose first heading is that."""
    lines = README.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    found = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def clauses_of_the_plans() -> dict[str, set[str]]:
    """Clause to the plans that cite it."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "plans" / "library").glob("*.yaml"):
        plan = YAML(typ="safe").load(path)
        cited = plan.get("clause", [])
        for clause in [cited] if isinstance(cited, str) else cited:
            found.setdefault(clause, set()).add(plan["plan"])
    return found


def commands_of_the_plans() -> set[str]:
    plans = [YAML(typ="safe").load(path) for path in (ROOT / "plans" / "library").glob("*.yaml")]
    return {plan["command"] for plan in plans if "command" in plan}


def test_the_table_of_clauses_is_what_the_plans_cite() -> None:
    told = {clause: set(re.findall(r"`([\w-]+)`", by)) for clause, _, by, _ in rows("Clause")}
    # What no plan carries out is carried out by commands.
    assert {c: plans for c, plans in told.items() if plans} == clauses_of_the_plans()
    assert all("`/" in by for clause, _, by, _ in rows("Clause") if not told[clause])
    assert f"\n{len(told)} clauses. " in README


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_commands_that_are_named_are_there_to_be_sent(page: Path) -> None:
    named = set(re.findall(r"`/([a-z_]+)(?: [^`\n]*)?`", page.read_text(encoding="utf-8")))
    assert named <= {*COMMANDS, *commands_of_the_plans(), *NOT_OURS}


def test_the_settings_are_told_with_their_defaults() -> None:
    told = {re.sub(r"`", "", name): default for name, _, default in rows("Setting")}
    assert set(told) == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        told_default = re.fullmatch(r"`(.*)`", told[name.upper()])
        if told_default is not None:
            assert told_default[1] == str(field.default)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://")):
            continue
        path, _, heading = target.partition("#")
        there = page if not path else page.parent / path
        assert there.exists(), target
        if heading:
            assert heading in headings(there), target


def headings(page: Path) -> set[str]:
    """The page's headings as links name them."""
    lines = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_paths_that_are_named_are_there(page: Path) -> None:
    for path in A_PATH.findall(page.read_text(encoding="utf-8")):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_commands_that_are_named_can_be_given(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = page.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE)) <= targets
    for command in set(re.findall(r"(?:`|bin/|^)muster ([a-z-]+)", text, re.MULTILINE)):
        with pytest.raises(SystemExit) as left:
            cli.main([command, "--help"])
        assert left.value.code == 0, command


def test_every_decision_is_in_the_index() -> None:
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    linked = re.findall(r"^\| \[(\d+)\]\((\d{4})-[\w-]+\.md\) \| (.+) \|$", index, re.MULTILINE)
    pages = sorted(page for page in DECISIONS.glob("[0-9]*.md"))
    assert [int(n) for n, number, _ in linked if int(n) == int(number)] == [
        int(page.name[:4]) for page in pages
    ]
    for page, (number, _, title) in zip(pages, linked, strict=True):
        assert page.read_text(encoding="utf-8").startswith(f"# {number}. {title}\n"), page.name


def test_the_example_of_a_conversation_is_one_of_the_tests() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    tests = [path.read_text(encoding="utf-8") for path in ROOT.glob("tests/chat/test_*.py")]
    assert any(example in test for test in tests)


@pytest.mark.parametrize("name", ["breakdown.webp", "storm.webp"])
def test_the_pictures_are_there_and_small(name: str) -> None:
    assert f"docs/{name}" in README
    assert (ROOT / "docs" / name).stat().st_size < 300_000
