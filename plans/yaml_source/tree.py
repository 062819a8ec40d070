"""YAML text to plain data, and the line of every part of it.

In: one document of YAML 1.2 text, at most 1 MB and 20 levels deep. Out: dicts, lists and scalars
with a line for each path, or what is wrong. Keys are always text. A number with a leading zero
stays text, as a telephone number must. Forbidden here: tags, anchors and aliases (refused), and
knowing what the file is about.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from plans.text import Text
from plans.yaml_source import slips
from plans.yaml_source.problems import Path, Problem, Problems, dotted

_WORDS: Final = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})?\.[0-9]{1,18}")


@dataclass(frozen=True)
class Tree:
    """`data` is the document; `lines` holds the line (from 1) of every path in it."""

    data: object
    lines: dict[Path, int]


def read_tree(text: str, name: str) -> Tree | Problems:
    if len(text.encode(errors="replace")) > slips.LARGEST_FILE_BYTES:
        return Problems.of([Problem(name, 1, "", slips.TOO_LARGE)])
    text = text.removeprefix("\ufeff")
    reader = _Reader(name, iter(YAML(typ="safe", pure=True).parse(text)))
    try:
        data = reader.document()
    except _Stop:
        pass
    except MarkedYAMLError as error:
        reader.problems.append(slips.misspelt(error, text, name))
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        reader.problems.append(Problem(name, line, "", slips.ODD_CHARACTER))
    except YAMLError:
        reader.problems.append(Problem(name, 1, "", slips.NOT_YAML))
    else:
        if not reader.problems:
            return Tree(data, reader.lines)
    return Problems.of(reader.problems)


def holds(data: object, part: str | int) -> bool:
    """Whether there is anything at `part` of a mapping or list."""
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and 0 <= part < len(data)


class _Stop(Exception):
    """Reading on would make no sense; the problem has been noted."""


@dataclass
class _Reader:
    """Builds the data from parsing events; the parser keeps no stack of ours, so depth is safe."""

    name: str
    events: Iterator[Any]
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def document(self) -> object:
        next(self.events)
        if type(next(self.events)).__name__ == "StreamEndEvent":
            return None
        data = self._node(next(self.events), ())
        next(self.events)
        extra = next(self.events)
        if type(extra).__name__ != "StreamEndEvent":
            self._note(extra, (), slips.ONE_DOCUMENT)
        return data

    def _node(self, event: Any, path: Path) -> object:
        self.lines.setdefault(path, event.start_mark.line + 1)
        if len(path) > slips.DEEPEST:
            self._note(event, path, slips.TOO_DEEP)
            raise _Stop
        kind = type(event).__name__
        if kind == "AliasEvent" or event.anchor:
            self._note(event, path, slips.NO_ANCHORS)
        elif event.tag is not None:
            self._note(event, path, slips.NO_TAGS)
        elif kind == "ScalarEvent" and not _is_text(event.value):
            self._note(event, path, slips.ODD_CHARACTER)
        if kind == "MappingStartEvent":
            return self._mapping(path)
        if kind == "SequenceStartEvent":
            return self._sequence(path)
        return None if kind == "AliasEvent" else _scalar(event)

    def _mapping(self, path: Path) -> dict[str, object]:
        found: dict[str, object] = {}
        while type(event := next(self.events)).__name__ != "MappingEndEvent":
            if (
                type(event).__name__ != "ScalarEvent"
                or not event.value
                or not _is_text(event.value)
            ):
                self._note(event, path, slips.KEY_IS_A_NAME)
                raise _Stop
            key = str(event.value)
            at = (*path, key)
            if "：" in key:
                self._note(event, path, slips.FULL_WIDTH_COLON)
            twice = key in found
            if twice:
                self._note(event, at, slips.written_twice(key, self.lines[at]))
            self.lines.setdefault(at, event.start_mark.line + 1)
            value = self._node(next(self.events), at)
            if not twice:
                found[key] = value
        return found

    def _sequence(self, path: Path) -> list[object]:
        found: list[object] = []
        while type(event := next(self.events)).__name__ != "SequenceEndEvent":
            found.append(self._node(event, (*path, len(found))))
        return found

    def _note(self, event: Any, path: Path, message: Text) -> None:
        line = event.start_mark.line + 1
        self.problems.append(Problem(self.name, line, dotted(path), message))


def _is_text(value: str) -> bool:
    """False for half a character, which an escape such as "\\ud800" can bring in."""
    return not any("\ud800" <= sign <= "\udfff" for sign in value)


def _scalar(event: Any) -> object:
    value: str = event.value
    if event.style not in (None, ""):
        return value
    if value in _WORDS:
        return _WORDS[value]
    if _INT.fullmatch(value):
        return int(value)
    return float(value) if _FLOAT.fullmatch(value) else value
