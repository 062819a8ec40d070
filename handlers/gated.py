"""Gates as a person meets them: in the plan's own words, and which answer they are about.

In: a plan, the name of a gate that holds. Out: why, the name of a fact. Forbidden here: saying
whether it holds (see `plans.engine.gating`).
"""

from handlers.catalogue import Html, say
from plans.format import Plan
from plans.model import FactName
from plans.text import Lang


def culprit(plan: Plan, gate: str, latest: FactName = "") -> FactName:
    """The answer to change: the one given last where the gate is about several; else the last of
    them to be asked."""
    about = [name.partition(".")[0] for name in plan.gate[gate].when]
    if latest in about:
        return latest
    asked = [name for name in plan.ask if name in about]
    return asked[-1] if asked else about[-1]


def why_refused(plan: Plan, gate: str, lang: Lang) -> Html:
    """The plan's own words."""
    return say(lang, "form.gate", why=plan.gate[gate].refuse.in_(lang))
