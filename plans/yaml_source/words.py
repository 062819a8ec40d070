"""What pydantic found wrong, in words an emergency planner understands.

In: pydantic's errors about data read from a file. Out: a path and a `Text` for each. Forbidden
here: lines (the caller looks them up) and any field's meaning.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from plans.text import Text, WordedError
from plans.yaml_source.fields import known_fields
from plans.yaml_source.problems import Path, worded
from plans.yaml_source.tree import holds


@dataclass(frozen=True)
class Worded:
    path: Path
    message: Text


def put_in_words(
    errors: Sequence[ErrorDetails], data: object, model: type[BaseModel]
) -> list[Worded]:
    """One entry a mistake. Where the format allows several shapes, only the nearest one is told;
    a misspelt field is not told a second time as missing."""
    groups: dict[Path, list[_Located]] = {}
    for located in (_located(error, data) for error in errors):
        groups.setdefault(located.choice_at or located.path, []).append(located)
    told = [located for group in groups.values() for located in _nearest(group)]
    misspelt = {(*located.path[:-1], _meant(located, model)) for located in told}
    return [
        Worded(located.path, _message(located, model))
        for located in told
        if located.error["type"] != "missing" or located.path not in misspelt
    ]


@dataclass(frozen=True)
class _Located:
    """An error and its true path. `choice_at` is where one of several shapes could stand and
    `choice` names the shape this error is about."""

    error: ErrorDetails
    path: Path
    choice_at: Path | None
    choice: str
    others: tuple[ErrorDetails, ...] = ()


def _located(error: ErrorDetails, data: object) -> _Located:
    path: list[str | int] = []
    choice_at: Path | None = None
    choice = ""
    here: Any = data
    parts = error["loc"]
    for place, part in enumerate(parts):
        if holds(here, part):
            here = here[part]
        elif place < len(parts) - 1 or error["type"] != "missing":
            # pydantic names the shape it tried ("AfterAny", "str", "[key]") inside the path.
            if part != "[key]" and choice_at is None:
                choice_at, choice = tuple(path), str(part)
            continue
        path.append(part)
    return _Located(error, tuple(path), choice_at, choice)


def _nearest(group: list[_Located]) -> list[_Located]:
    shapes: dict[str, list[_Located]] = {}
    for located in group:
        shapes.setdefault(located.choice, []).append(located)
    if len(shapes) == 1:
        return group
    near = [shape for shape in shapes.values() if not all(map(_wrong_shape, shape))]
    if not near:
        return [replace(group[0], others=tuple(located.error for located in group[1:]))]
    fewest = min(map(len, near))
    best = [shape for shape in near if len(shape) == fewest]
    if len(best) == 1:
        return best[0]
    unknown = {one.path: one for shape in best for one in shape if _is_unknown_field(one)}
    return list(unknown.values()) or best[0]


def _wrong_shape(located: _Located) -> bool:
    return located.path == located.choice_at and located.error["type"] in _KINDS


def _is_unknown_field(located: _Located) -> bool:
    return located.error["type"] == "extra_forbidden"


def _meant(located: _Located, model: type[BaseModel]) -> str | None:
    """The field that an unknown one most likely stands for."""
    if not _is_unknown_field(located):
        return None
    known = known_fields(model, located.path[:-1])
    return next(iter(difflib.get_close_matches(str(located.path[-1]), known, n=1)), None)


def _message(located: _Located, model: type[BaseModel]) -> Text:
    error = located.error
    context: Mapping[str, Any] = error.get("ctx", {})
    if isinstance(reason := context.get("error"), WordedError):
        return reason.text
    match error["type"]:
        case "missing":
            return worded(f"缺少 {located.path[-1]}", f"{located.path[-1]} is missing")
        case "extra_forbidden":
            return _unknown_field(located, model)
        case "string_pattern_mismatch":
            return _pattern(str(context.get("pattern", "")), error["input"])
        case "literal_error" | "enum":
            return _one_of(str(context.get("expected", "")), error["input"])
        case kind if kind in _KINDS:
            return _kind_needed(kind, *(other["type"] for other in located.others))
        case kind if kind in _WORDINGS:
            zh, en = _WORDINGS[kind]
            shown_zh, shown_en = _shown(error["input"])
            return worded(
                zh.format_map({**context, "value": shown_zh}),
                en.format_map({**context, "value": shown_en}),
            )
    return worded(f"写法不对 ({error['msg']})", f"not accepted: {error['msg']}")


def _kind_needed(*types: str) -> Text:
    kinds = list(dict.fromkeys(_KINDS[kind] for kind in types if kind in _KINDS))
    zh, en = " 或 ".join(zh for zh, _ in kinds), " or ".join(en for _, en in kinds)
    return worded(f"这里要写: {zh}", f"write {en} here")


def _unknown_field(located: _Located, model: type[BaseModel]) -> Text:
    field = str(located.path[-1])
    zh, en = f"不认识 {field} 这一项", f"{field} is not a field here"
    if near := _meant(located, model):
        return worded(f"{zh}。是不是想写 {near}?", f"{en}. Did you mean {near}?")
    names = ", ".join(dict.fromkeys(known_fields(model, located.path[:-1])))
    if located.error["input"] is None and names == "zh, en":
        # `{zh: …, en: Make sure, then close}`: YAML ends the English at the comma.
        return worded(
            f"文字里有逗号: 请给整句加引号 (“{field}”前面的逗号把它断开了)",
            f'a text that holds a comma needs quotes around it (it broke off before "{field}")',
        )
    return worded(f"{zh}。这里可以写: {names}", f"{en}. Possible here: {names}")


def _pattern(pattern: str, value: object) -> Text:
    shown_zh, shown_en = _shown(value)
    if re.match(r"\^\[a-z\]\[a-z0-9[_-]+\]", pattern):
        dash = "-]" in pattern.replace("_-]", "-]")
        sign_zh, sign_en = ("减号", "dashes") if dash else ("下划线", "underscores")
        return worded(
            f"名称{shown_zh}只能用小写英文字母、数字和{sign_zh}, 以字母开头, 不要太长",
            f"the name {shown_en} may only have small letters, digits and {sign_en}, starting "
            "with a letter, and must be short",
        )
    return worded(
        f"{shown_zh}的写法不对 (格式: {pattern})",
        f"{shown_en} is not in the right form ({pattern})",
    )


def _one_of(expected: str, value: object) -> Text:
    shown_zh, shown_en = _shown(value)
    choices = expected.replace("'", "")
    return worded(
        f"{shown_zh}不能用在这里, 可以写: {choices.replace(' or ', ', ')}",
        f"{shown_en} is not possible here; write {choices}",
    )


def _shown(value: object) -> tuple[str, str]:
    """What stands in the file, short, for a Chinese and an English sentence."""
    match value:
        case None:
            return "空白", "nothing"
        case bool():
            return str(value).lower(), str(value).lower()
        case str() | int() | float():
            return f"“{value!s:.40}”", f'"{value!s:.40}"'
        case dict():
            return "{…}", "{...}"
        case _:
            return "[…]", "[...]"


_TEXT: Final = ("文字 (数字请加引号)", "a text (put a number in quotes)")
_WHOLE: Final = ("整数", "a whole number")
_NUMBER: Final = ("数字", "a number")
_YES_NO: Final = ("true 或 false", "true or false")
_LIST: Final = ("列表, 例如 [a, b]", "a list like [a, b]")
_FIELDS: Final = ("若干项“名称: 内容”", "fields 'name: value'")
_DATE: Final = ("日期, 例如 2026-05-01", "a date like 2026-05-01")
_TIME: Final = ("时刻, 例如 08:30", "a time of day like 08:30")
_MOMENT: Final = (
    "日期和时刻, 例如 2026-05-01T08:30:00+08:00",
    "a time like 2026-05-01T08:30:00+08:00",
)

# What should have stood there, by pydantic's name for its absence.
_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    **dict.fromkeys(("string_type", "string_sub_type"), _TEXT),
    **dict.fromkeys(("int_type", "int_parsing", "int_parsing_size", "int_from_float"), _WHOLE),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), _NUMBER),
    **dict.fromkeys(("bool_type", "bool_parsing"), _YES_NO),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type"), _LIST),
    **dict.fromkeys(("dict_type", "mapping_type", "model_type", "model_attributes_type"), _FIELDS),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing"), _DATE),
    **dict.fromkeys(("time_type", "time_parsing"), _TIME),
    **dict.fromkeys(("datetime_type", "datetime_parsing", "timezone_aware"), _MOMENT),
}

_WORDINGS: Final[Mapping[str, tuple[str, str]]] = {
    "string_too_short": ("这里不能空着", "this must not be empty"),
    "string_too_long": (
        "太长, 最多 {max_length} 个字",
        "too long; at most {max_length} characters",
    ),
    "too_short": (
        "至少要有 {min_length} 项, 现在有 {actual_length} 项",
        "at least {min_length} needed, here are {actual_length}",
    ),
    "too_long": (
        "最多 {max_length} 项, 现在有 {actual_length} 项",
        "at most {max_length} possible, here are {actual_length}",
    ),
    "greater_than": ("{value}太小, 要大于 {gt}", "{value} is too small; it must be above {gt}"),
    "greater_than_equal": ("{value}太小, 不能小于 {ge}", "{value} is too small; at least {ge}"),
    "less_than": ("{value}太大, 要小于 {lt}", "{value} is too large; it must be below {lt}"),
    "less_than_equal": ("{value}太大, 不能大于 {le}", "{value} is too large; at most {le}"),
    "none_required": ("这里要空着", "this must be left empty"),
    "union_tag_not_found": ("缺少 {discriminator}", "{discriminator} is missing"),
    "union_tag_invalid": (
        "“{tag}”不能用在这里, 可以写: {expected_tags}",
        '"{tag}" is not possible here; write one of {expected_tags}',
    ),
}
