"""Entries built from what rows set.

In: an entry as it is (or none), drafts that are about it. Out: the entry as it will be; rows that
do not fit told so. Forbidden here: which entry a row is about.
"""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError

from plans.company.model import Contact, Customer, Goods, Shelf, Vehicle
from plans.tables.changes import Change
from plans.tables.columns import SheetKind
from plans.tables.drafts import Draft
from plans.tables.fields import same_phone
from plans.text import Text
from plans.yaml_source import worded

R = TypeVar("R", bound=BaseModel)
One = TypeVar("One", Vehicle, Customer, Contact, Goods, Shelf)
Lacks = Callable[[Draft], None]

NOT_THERE: Final = Text(zh="名册里没有, 不用停用", en="not in the register: nothing to retire")


def built(model: type[R], old: R | None, drafts: Sequence[Draft]) -> R | None:
    """The entry with everything set that the drafts say; None: it cannot be, and they know why."""
    fields: dict[str, object] = {}
    if old is not None:
        fields = {name: getattr(old, name) for name in model.model_fields}
    for draft in drafts:
        fields |= draft.sets
    if same_phone(getattr(old, "phone", None), fields.get("phone")):
        fields["phone"] = getattr(old, "phone", None)
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        for draft in drafts:
            _tell(draft, error)
        return None


def one_voice(drafts: Sequence[Draft], besides: Sequence[str] = ()) -> list[Draft]:
    """Those of several rows about one entry that do not contradict the ones before; the others
    are told. `besides`: fields of which each row may say its own."""
    said: dict[str, tuple[object, Draft]] = {}
    for draft in drafts:
        for name, value in draft.sets.items():
            before, first = said.setdefault(name, (value, draft))
            if name not in besides and before != value:
                number = first.row.number
                draft.wrong(
                    worded(f"与第 {number} 行说的不一样", f"row {number} says something else"), name
                )
    return [draft for draft in drafts if draft.good]


def not_twice(drafts: Sequence[Draft], what: Text) -> list[Draft]:
    """The first of several rows about one entry; the others are told, unless they say the same."""
    first, *others = drafts
    for draft in others:
        if draft.sets != first.sets:
            number = first.row.number
            draft.wrong(
                worded(
                    f"与第 {number} 行是同一{what.zh}, 内容却不同",
                    f"the same {what.en} as row {number}, with other values",
                )
            )
    return [draft for draft in drafts if draft.good]


def row_change(
    kind: SheetKind, model: type[One], id_: str, old: One | None, draft: Draft, lacks: Lacks
) -> Change | None:
    """What the one row about an entry changes: it counts no more, or is as the row says. A new one
    is told what it lacks by `lacks`."""
    retired = draft.sets.pop("retired", False)
    if retired and old is not None:
        return Change(kind, id_, old, None, (draft.row,))
    if retired:
        draft.wrong(NOT_THERE)
    elif old is None:
        lacks(draft)
    new = built(model, old, [draft]) if draft.good else None
    return None if new is None else Change(kind, id_, old, new, (draft.row,))


def needs(draft: Draft, column: str, zh: str, en: str) -> None:
    """Say that a new entry lacks this."""
    if not draft.says(column):
        draft.wrong(worded(f"缺少{zh}", f"{en} is missing"))


def _tell(draft: Draft, error: ValidationError) -> None:
    for problem in error.errors():
        where = ".".join(str(part) for part in problem["loc"])
        draft.wrong(worded(f"{where} 的值不能用", f"{where}: {problem['msg']}"))
