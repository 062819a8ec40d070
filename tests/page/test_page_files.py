"""The page's files themselves: its dictionary is whole, and it needs nothing from outside."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "simulator" / "page"
SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in PAGE.glob("*.js")}
WORDS = dict(re.findall(r"^  (\w+): \[(.*?)\],$", SCRIPTS["words.js"], re.MULTILINE | re.DOTALL))


def test_every_word_is_used_and_every_used_word_is_there() -> None:
    code = "".join(text for name, text in SCRIPTS.items() if name != "words.js")
    asked = set(re.findall(r'\bt\(\s*"(\w+)"', code))
    assert asked <= WORDS.keys()
    assert {word for word in WORDS if f'"{word}"' not in code} == set()


@pytest.mark.parametrize("word", WORDS)
def test_a_word_says_the_same_things_in_both_languages(word: str) -> None:
    zh, en = re.findall(r'"((?:[^"\\]|\\.)*)"', WORDS[word])
    assert zh
    assert en
    assert set(re.findall(r"\{\w+\}", zh)) == set(re.findall(r"\{\w+\}", en))


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_parses_html(name: str) -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", SCRIPTS[name])


def test_nothing_is_loaded_from_outside() -> None:
    for path in PAGE.iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        loaded = re.findall(r"(?:src|href|from|import|url)[=(\s]+[\"'(]?(https?:|//)", text)
        assert loaded == [], path.name


def test_every_file_is_small() -> None:
    lengths = {path.name: len(path.read_text("utf-8").splitlines()) for path in PAGE.iterdir()}
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}
