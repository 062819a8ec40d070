"""The company file from text to a company that can be worked with.

In: the file's text. Out: `CompanyFile`, or every problem with its line and field in words.
Forbidden here: opening files.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plans.company.contradictions import contradictions
from plans.company.gaps import gaps
from plans.company.model import Company
from plans.company.names import unknown_names
from plans.company.spelling import on_one_line
from plans.plate import normal_plate
from plans.text import Text
from plans.yaml_source import Path, Problem, Problems, Source, read_yaml


@dataclass(frozen=True)
class CompanyFile:
    """A company without problems; `warnings` are gaps the engine can live with."""

    company: Company
    warnings: tuple[Problem, ...] = ()


def read_company(text: str, name: str = "company.yaml") -> CompanyFile | Problems:
    """`name` is what the file is called in problems and warnings."""
    source = read_yaml(text, Company, name)
    if isinstance(source, Problems):
        return source
    # Names come first: looking for contradictions rests on every name being known.
    for check in (unknown_names(source.value), contradictions(source)):
        if found := _placed(source, check):
            return Problems.of(found)
    found_gaps = (*gaps(source.value), *_cleaned(source))
    return CompanyFile(source.value, _placed(source, found_gaps))


def _cleaned(source: Source[Company]) -> Iterator[tuple[Path, Text]]:
    """Names with signs in them that nobody sees, which would turn or break what they stand in."""
    named = ("people", "contacts", "customers", "goods")
    paths: list[Path] = [(kind, id_, "name") for kind in named for id_ in source.keys_of((kind,))]
    groups = range(len(source.value.groups))
    for path in (*paths, *(("groups", place, "title") for place in groups)):
        written = source.written_at(path)
        if written != on_one_line(written):
            yield (
                path,
                Text(
                    zh="名称里有看不见的符号或换行: 显示时去掉",
                    en="the name holds invisible signs or line breaks: it is shown without them",
                ),
            )


def _placed(source: Source[Company], found: Iterable[tuple[Path, Text]]) -> tuple[Problem, ...]:
    spelt = {normal_plate(key): key for key in source.keys_of(("vehicles",))}

    def as_written(path: Path) -> Path:
        # Plates are kept in one form, which may not be the one in the file.
        match path:
            case ("vehicles", str() as plate, *rest):
                return ("vehicles", spelt.get(plate, plate), *rest)
        return path

    return tuple(source.problem(as_written(path), message) for path, message in found)
