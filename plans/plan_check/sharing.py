"""Whether two plans are offered for the same plain words: what only shows once all are read.

In: every plan file of a company. Out: warnings with file and line. Forbidden here: what one plan
alone can get wrong.
"""

from collections.abc import Iterable, Iterator
from typing import get_args

from plans.format import Plan
from plans.plan_check.read import PlanFile
from plans.text import Lang
from plans.yaml_source import Path, Problem, worded


def check_words(read: Iterable[PlanFile]) -> tuple[Problem, ...]:
    """Words that an earlier plan has already: both are offered, and whoever reports must choose."""
    first: dict[str, str] = {}
    warnings = []
    for file in read:
        for path, word in _words(file.plan):
            other = first.setdefault(word, file.plan.plan)
            if other != file.plan.plan:
                told = worded(
                    f"“{word}”在预案 {other} 里也有: 有人这样说, 两个预案都会问",
                    f'"{word}" points to {other}, too: both are offered to whoever says it',
                )
                warnings.append(file.source.problem(path, told))
    return tuple(warnings)


def _words(plan: Plan) -> Iterator[tuple[Path, str]]:
    langs: tuple[Lang, ...] = get_args(Lang)
    for lang in langs:
        for place, word in enumerate(plan.words.in_(lang)):
            yield ("words", lang, place), " ".join(word.casefold().split())
