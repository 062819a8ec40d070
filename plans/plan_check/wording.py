"""Whether a plan's texts are short enough to be read on a phone at night.

In: a plan. Out: paths with words. Forbidden here: taste.
"""

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from plans.format import Plan
from plans.text import Text
from plans.yaml_source import Path, worded

Found = Iterator[tuple[Path, Text]]
LONGEST = 300
LONGEST_ON_BUTTON = 30


def too_long(plan: Plan) -> Found:
    for path, text in _texts((), plan):
        for lang, said in (("zh", text.zh), ("en", text.en)):
            if len(said) > LONGEST:
                yield (
                    (*path, lang),
                    worded(
                        f"太长 ({len(said)} 个字), 最多 {LONGEST} 个: 手机上看不完",
                        f"too long ({len(said)} characters); at most {LONGEST} are read on a phone",
                    ),
                )


def too_long_for_buttons(plan: Plan) -> Found:
    for path, text in _texts((), plan):
        if path != ("offered_at_place",) and "choices" not in path:
            continue
        for lang, said in (("zh", text.zh), ("en", text.en)):
            if len(said) > LONGEST_ON_BUTTON:
                yield (
                    (*path, lang),
                    worded(
                        f"这句话写在按钮上, 超过 {LONGEST_ON_BUTTON} 个字会被截断",
                        f"this stands on a button, where more than {LONGEST_ON_BUTTON} characters "
                        "are cut",
                    ),
                )


def _texts(path: Path, value: object) -> Iterator[tuple[Path, Text]]:
    match value:
        case Text():
            yield path, value
        case BaseModel():
            for name, field in type(value).model_fields.items():
                yield from _texts((*path, field.alias or name), getattr(value, name))
        case Mapping():
            for key, inner in value.items():
                yield from _texts((*path, str(key)), inner)
