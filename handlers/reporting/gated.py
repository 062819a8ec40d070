"""Gates as a person meets them: in the plan's own words, and which answer they are about.

In: a plan, the name of a gate that holds. Out: why, the name of a fact. Forbidden here: saying
whether it holds (see `plans.engine.gating`).
"""

from handlers.catalogue import Html, say
from plans.format import AtMost, Over, Plan
from plans.model import FactName
from plans.text import Lang


def culprit(plan: Plan, gate: str, latest: FactName = "") -> FactName:
    """The answer to change. Where the gate is about several: how many, since less may do; else the
    one given last; else the last of them to be asked."""
    when = plan.gate[gate].when
    bounds = [name for name, bound in when.items() if isinstance(bound, (Over, AtMost))]
    if bounds:
        return bounds[-1]
    about = [name.partition(".")[0] for name in when]
    if latest in about:
        return latest
    asked = [name for name in plan.ask if name in about]
    return asked[-1] if asked else about[-1]


def why_refused(plan: Plan, gate: str, lang: Lang) -> Html:
    """The plan's own words."""
    return say(lang, "form.gate", why=plan.gate[gate].refuse.in_(lang))
