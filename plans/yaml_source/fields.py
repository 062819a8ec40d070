"""Which fields a model knows at a path.

In: a pydantic model and a path. Out: field names as they are written in the file. Forbidden here:
values.
"""

import types
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, NewType, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from plans.yaml_source.problems import Path


def known_fields(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """Fields of whatever models may stand at `path`; several where the format has a choice."""
    here: list[Any] = [model]
    for part in path:
        here = [inner for kind in here for inner in _inside(kind, part)]
    return tuple(
        _written(name, field)
        for kind in here
        if _is_model(kind)
        for name, field in kind.model_fields.items()
    )


def _inside(kind: Any, part: str | int) -> Iterable[Any]:
    if _is_model(kind):
        for name, field in kind.model_fields.items():
            if part in (name, _written(name, field)):
                yield from _choices(field.annotation)
        return
    origin, args = get_origin(kind), get_args(kind)
    if not isinstance(origin, type) or not args:
        return
    if issubclass(origin, Mapping) and len(args) == 2:
        yield from _choices(args[1])
    elif issubclass(origin, Sequence):
        yield from _choices(args[0])


def _choices(annotation: Any) -> Iterable[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _choices(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for choice in get_args(annotation):
            yield from _choices(choice)
    elif isinstance(annotation, NewType):
        yield from _choices(annotation.__supertype__)
    else:
        yield annotation


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _written(name: str, field: FieldInfo) -> str:
    return field.alias or name
