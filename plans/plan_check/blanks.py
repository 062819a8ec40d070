"""Whether the texts that people pass on have only blanks that can be filled in.

In: a plan whose names are all known. Out: paths with words. Forbidden here: filling them in.
"""

from collections.abc import Iterator

from plans.filling import ALWAYS_KNOWN, placeholders
from plans.format import Plan
from plans.plan_check.facts import facts_of
from plans.text import Text
from plans.yaml_source import Path, unknown_name, worded

Found = Iterator[tuple[Path, Text]]


def blanks(plan: Plan) -> Found:
    known = (*facts_of(plan), *ALWAYS_KNOWN)
    for path, text in _filled_in(plan):
        for lang, said in (("zh", text.zh), ("en", text.en)):
            for name in placeholders(said):
                if name not in known:
                    told = unknown_name(name, known, "问题", "question")
                    yield (
                        (*path, lang),
                        worded(
                            f"{{{name}}} 没有东西可填: {told.zh}",
                            f"nothing can stand for {{{name}}}: {told.en}",
                        ),
                    )


def _filled_in(plan: Plan) -> Iterator[tuple[Path, Text]]:
    for id_, step in plan.steps.items():
        if step.notice is not None:
            yield ("steps", id_, "notice"), step.notice
        if step.broadcast is not None:
            yield ("steps", id_, "broadcast", "text"), step.broadcast.text
