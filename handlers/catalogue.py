"""The catalogue: every sentence Muster says, in Chinese and English.

In: a key, a language, values. Out: Telegram HTML with every value escaped. Forbidden here: values
that are HTML already, unless marked as `Html`; a key without both languages.
"""

from collections.abc import Mapping
from functools import cache
from html import escape, unescape
from importlib.resources import files

from pydantic import RootModel

from plans.text import Lang, Text
from plans.yaml_source import Problems, read_yaml


class Html(str):
    """Text that is Telegram HTML already and must not be escaped again."""

    __slots__ = ()

    def unescape(self) -> str:
        """The same words where no HTML is read: button labels, answers to presses."""
        return unescape(self)


class _Topic(RootModel[dict[str, Text]]):
    """One wording file: key to text."""


@cache
def catalogue() -> Mapping[str, Text]:
    """Every wording by `topic.key`; each file in `wording/` is a topic.

    ValueError: a file that cannot be read.
    """
    found: dict[str, Text] = {}
    for file in files("handlers").joinpath("wording").iterdir():
        topic, _, ending = file.name.rpartition(".")
        if ending != "yaml":
            continue
        source = read_yaml(file.read_text(encoding="utf-8"), _Topic, file.name)
        if isinstance(source, Problems):
            raise ValueError(str(source))
        found |= {f"{topic}.{key}": wording for key, wording in source.value.root.items()}
    return found


def say(lang: Lang, key: str, /, **values: object) -> Html:
    """The wording under `topic.key` with its values put in, escaped.

    KeyError: no such wording, or a value it needs is missing.
    """
    safe = {name: v if isinstance(v, Html) else escape(str(v)) for name, v in values.items()}
    return Html(catalogue()[key].in_(lang).format_map(safe))


def plain(text: str) -> Html:
    """What a person typed, made safe for Telegram HTML."""
    return Html(escape(text))
