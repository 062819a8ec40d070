"""A YAML file read into a model, or everything that is wrong with it at once.

In: the file's text, the pydantic model it must fit and the name to call it by. Out: `Source`, the
value with the lines it came from, or `Problems`. Forbidden here: opening files.

Reading half a megabyte takes seconds: not for a turn.
"""

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from plans.text import Text
from plans.yaml_source.problems import Path, Problem, Problems, dotted, worded
from plans.yaml_source.tree import Tree, holds, read_tree
from plans.yaml_source.words import put_in_words

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Source(Generic[M]):
    """`value` as written in the file `name`."""

    name: str
    value: M
    _tree: Tree = field(repr=False)

    def line_of(self, path: Path) -> int:
        """The line (from 1) of what stands at `path`, or of the nearest part above that exists."""
        return _line(self._tree, path)

    def keys_of(self, path: Path) -> tuple[str, ...]:
        """The keys of the mapping at `path` as they are spelt in the file; () without one."""
        here: Any = self._tree.data
        for part in path:
            if not holds(here, part):
                return ()
            here = here[part]
        return tuple(here) if isinstance(here, dict) else ()

    def written_at(self, path: Path) -> object:
        """What stands at `path` in the file, before it was read; None where nothing does."""
        here: Any = self._tree.data
        for part in path:
            if not holds(here, part):
                return None
            here = here[part]
        return here

    def problem(self, path: Path, message: Text) -> Problem:
        """For a cross check: what is wrong at `path`, with its line."""
        return Problem(self.name, self.line_of(path), dotted(path), message)


def read_yaml(text: str, model: type[M], name: str) -> Source[M] | Problems:
    """The file's text as `model`. All mistakes of one kind are told together: first those of
    writing YAML, then those of fields; cross checks are the caller's, by `Source.problem`."""
    tree = read_tree(text, name)
    if isinstance(tree, Problems):
        return tree
    if not isinstance(tree.data, dict):
        message = worded(
            "文件是空的, 或开头不是 “名称: 内容”", "the file is empty or has no 'name: value'"
        )
        return Problems.of([Problem(name, 1, "", message)])
    try:
        return Source(name, model.model_validate(tree.data), tree)
    except ValidationError as error:
        found = put_in_words(error.errors(include_url=False), tree.data, model)
        return Problems.of(
            Problem(name, _line(tree, wrong.path), dotted(wrong.path), wrong.message)
            for wrong in found
        )


def _line(tree: Tree, path: Path) -> int:
    while path and path not in tree.lines:
        path = path[:-1]
    return tree.lines.get(path, 1)
