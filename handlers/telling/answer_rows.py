"""Answer rows: what a step is to record, as buttons that answer it and complete the step at once.

In: a step and who reads. Out: rows of buttons; what such a button stands for. Forbidden here:
trusting what a button carries; judging rights (that is done when one is pressed).
"""

from handlers.buttons import button, mark_of
from handlers.telling.happening import Reader
from plans.format import Plan, Record
from plans.incident import Incident
from plans.model import FactName, StepId
from storage.delivery import Button

# More of them would push what else can be done off a phone's screen.
SHOWN = 4
# Two fit side by side on a narrow phone.
_SHORT = 9
_CHOSEN = ("choice", "level")


def has_choices(record: Record) -> bool:
    """Whether one of a few words is the answer."""
    return record.type in _CHOSEN


def answer_rows(
    plan: Plan, incident: Incident, step: StepId, reader: Reader
) -> list[tuple[Button, ...]]:
    """The answers, where whoever has the step is asked nothing else when it is done; none as long
    as nobody has it, and none for what has been answered."""
    asked = [(n, one) for n, one in plan.step(step).record.items() if one.ask == "done"]
    if incident.steps[step].taken_by is None or len(asked) != 1:
        return []
    [(name, record)] = asked
    few = has_choices(record) and len(record.choices) <= SHOWN
    if not few or incident.knows(name, step):
        return []
    buttons = [
        answer_button(wording.in_(reader.lang), incident.number, step, name, key)
        for key, wording in record.choices.items()
    ]
    width = 2 if all(len(one.text) <= _SHORT for one in buttons) else 1
    return [tuple(buttons[i : i + width]) for i in range(0, len(buttons), width)]


def answer_button(label: str, number: int, step: StepId, name: FactName, key: str) -> Button:
    return button(label, "said", number, step, _mark(name, key))


def answer_meant(plan: Plan, step: StepId, mark: str) -> tuple[FactName, str] | None:
    """The fact and the answer that a button's mark stands for; None when there is none such."""
    for name, record in plan.step(step).record.items():
        for key in record.choices if has_choices(record) else ():
            if _mark(name, key) == mark:
                return name, key
    return None


def _mark(name: FactName, key: str) -> str:
    return mark_of(f"{name}.{key}")
