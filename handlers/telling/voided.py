"""Voided: what has been corrected, for whoever decided on what was said before.

In: a happening. Out: its words, a line under what is asked again. Forbidden here: choosing who is
told (see `decided`).
"""

from handlers.catalogue import Html, say
from handlers.telling.decisions import decision_words
from handlers.telling.happening import Happening, Reader
from plans import events as e
from plans.model import StepId


def corrected(happening: Happening, reader: Reader) -> dict[str, object]:
    """What has been corrected, and how it is now; {} where nothing has."""
    plan, names = happening.plan, happening.plan.asked()
    for event in happening.events:
        if not isinstance(event, e.FactRecorded) or event.name not in names:
            continue
        if event.previous is not None:
            knowing = reader.about(happening.after)
            value = knowing.brief_fact(plan, event.name, event.value)
            return {"what": names[event.name].called(reader.lang), "value": value}
    return {}


def void_line(happening: Happening, step: StepId, reader: Reader) -> Html | None:
    """For whoever is asked to decide again: why; None where it is the first time."""
    before = happening.before.steps.get(step) if happening.before is not None else None
    said = corrected(happening, reader)
    if before is None or before.decision is None or not said:
        return None
    decision = decision_words(before.decision, reader)
    return say(reader.lang, "approving.void_line", decision=decision, **said)
