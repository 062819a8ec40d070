"""Gates as a person meets them: in the plan's own words, which answer they are about, and which
answers need not be offered.

In: a plan, the name of a gate that holds, an incident. Out: why, the name of a fact, answers.
Forbidden here: saying whether a gate holds (see `plans.engine.gating`).
"""

from datetime import datetime

from handlers.catalogue import Html, say
from plans import commands as c
from plans.engine.gating import refusing_change
from plans.format import AtMost, Over, Plan
from plans.incident import Incident
from plans.model import FactName
from plans.roster import Roster
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


def why_not_begun(plan: Plan, refusal: c.Refusal, lang: Lang) -> Html:
    """Why a report has not become an incident."""
    if refusal.reason is c.Reason.GATE:
        return why_refused(plan, refusal.detail, lang)
    return say(lang, f"refusals.{refusal.reason}", number=0, name="", whose="")


def refused_answers(
    plan: Plan, roster: Roster, incident: Incident, fact: FactName, at: datetime
) -> frozenset[str]:
    """The answers to choose from that would be refused as things stand; none where all would be,
    since whoever is asked must learn why."""
    answers = plan.asked()[fact].choices
    refused = {one for one in answers if refusing_change(plan, roster, incident, fact, one, at)}
    return frozenset(refused if len(refused) < len(answers) else ())
