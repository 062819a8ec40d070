"""Access: who may give which command and press which button. The one table of rights.

In: nothing. Out: a rule for each command and each button; whether a person meets it. Forbidden
here: rights in one incident, which the engine decides (`plans.rights`); "part" says that it does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from handlers.buttons import Verb
from plans.company import Capability
from plans.model import PersonId
from plans.roster import Roster

# anyone: also somebody whom the company does not know. member: whoever stands in the register.
# part: whoever has a part in the incident in hand, as `plans.rights` says. A capability: see
# `plans.company`; for one region or the whole company, which the handler looks at. shift: whoever
# has a shift to hand over, be it command or duty. overview: whoever keeps the rota or the bot.
Needs = Literal["anyone", "member", "part", "administrator", "shift", "overview"] | Capability


@dataclass(frozen=True)
class Rule:
    """`private`: what comes of it is not for a group's eyes; there it is refused. `anywhere`: also
    in a group that is not the company's; who reads along there is not known."""

    needs: Needs
    private: bool = False
    anywhere: bool = False


# The command with which a plan is raised; the plans name it.
RAISING = Rule("member")

COMMANDS: Mapping[str, Rule] = {
    "start": Rule("anyone"),
    "help": Rule("member"),
    "id": Rule("member", anywhere=True),
    "language": Rule("member"),
    "mine": Rule("member"),
    "incidents": Rule("member"),
    "incident": Rule("part"),
    "level": Rule("part"),
    "cancel": Rule("member"),
    "call": Rule("member", private=True),
    "vehicles": Rule("member"),
    # duty
    "duty": Rule("member", private=True),
    "coverage": Rule("overview", private=True),
    "rota": Rule("duty", private=True),
    # directing
    "for": Rule("file_for", private=True),
    "merge": Rule("command"),
    "major": Rule("command"),
    "briefing": Rule("part", private=True),
    "reassign": Rule("command", private=True),
    "handover": Rule("shift", private=True),
    "direct": Rule("direct", private=True),
    "directs": Rule("direct", private=True),
    "broadcast": Rule("broadcast", private=True),
    # registration
    "claim": Rule("anyone", private=True),
    "people": Rule("administrator", private=True),
    "groups": Rule("administrator", anywhere=True),
    "unbind": Rule("administrator", anywhere=True),
    "phone": Rule("member", private=True),
    "import": Rule("administrator", private=True),
    "export": Rule("administrator", private=True),
    "who": Rule("member"),
    "contacts": Rule("member"),
    "customers": Rule("customers", private=True),
    "stores": Rule("member"),
}

PRESSES: Mapping[Verb, Rule] = {
    # a step
    "ack": Rule("part"),
    "done": Rule("part"),
    "all": Rule("part", private=True),
    "only": Rule("part"),
    "no": Rule("part"),
    "why": Rule("part"),
    "still": Rule("part"),
    "give": Rule("part"),
    "to": Rule("part"),
    "agree": Rule("part"),
    "deny": Rule("part"),
    "fewer": Rule("part"),
    "swap": Rule("part"),
    "again": Rule("part"),
    "called": Rule("part", private=True),
    "quiet": Rule("part", private=True),
    "calls": Rule("part", private=True),
    "sheet": Rule("part", private=True),
    "copy": Rule("part", private=True),
    "adopt": Rule("part", private=True),
    # an incident
    "parts": Rule("part"),
    "ok": Rule("part"),
    "fact": Rule("part"),
    "said": Rule("part"),
    "leaf": Rule("part"),
    "skip": Rule("part"),
    "back": Rule("part"),
    "fix": Rule("part"),
    "area": Rule("part"),
    "ask": Rule("part"),
    "note": Rule("part"),
    "moved": Rule("part"),
    "show": Rule("part"),
    # a report
    "form": Rule("member", private=True),
    "fill": Rule("member", private=True),
    "plan": Rule("member"),
    "drop": Rule("member"),
    "other": Rule("member"),
    # directing
    "for_plan": Rule("file_for", private=True),
    "for_who": Rule("file_for", private=True),
    "for_now": Rule("file_for", private=True),
    "spare": Rule("part"),
    "merge": Rule("command"),
    "undo": Rule("part"),
    "level": Rule("part"),
    "raise": Rule("part"),
    "major": Rule("command"),
    "hq": Rule("part", private=True),
    "absent": Rule("command", private=True),
    "from": Rule("command", private=True),
    "tick": Rule("command", private=True),
    "whom": Rule("command", private=True),
    "give_to": Rule("command", private=True),
    "hand_to": Rule("shift", private=True),
    "relieve": Rule("member", private=True),
    "order": Rule("direct", private=True),
    "take_all": Rule("member"),
    "take_in": Rule("part"),
    # broadcasts; who looks after which one is looked at when it is pressed
    "cast": Rule("member", private=True),
    "sent": Rule("member", private=True),
    "heard": Rule("member"),
    "spread": Rule("part"),
    "mine": Rule("member"),
    # duty; whose duty one may change is looked at when it is pressed
    "duty": Rule("member", private=True),
    "cover": Rule("overview", private=True),
    "rota": Rule("duty", private=True),
    # oneself
    "lang": Rule("anyone"),
    # the fleet
    "veh": Rule("fleet"),
    "vset": Rule("fleet"),
    # registration and groups
    "reg": Rule("anyone", private=True),
    "apply": Rule("administrator", private=True),
    "people": Rule("administrator", private=True),
    "found": Rule("administrator", private=True),
    "person": Rule("administrator", private=True),
    "posts": Rule("administrator", private=True),
    "postin": Rule("administrator", private=True),
    "postas": Rule("administrator", private=True),
    "post": Rule("administrator", private=True),
    "rank": Rule("administrator", private=True),
    # directory and tables
    "table": Rule("administrator", private=True),
    "who": Rule("member"),
    "card": Rule("member"),
    "contacts": Rule("member"),
    "customers": Rule("customers", private=True),
    "entry": Rule("member", private=True),
    "stores": Rule("member"),
    "shelf": Rule("member"),
    "goods": Rule("member", private=True),
    "conduct": Rule("customers", private=True),
    "stale": Rule("member", private=True),
    "bindin": Rule("administrator", anywhere=True),
    "bind": Rule("administrator", anywhere=True),
    "rebind": Rule("administrator", anywhere=True),
    "groups": Rule("administrator"),
}


def meets(roster: Roster, person: PersonId, needs: Needs) -> bool:
    """Whether somebody in the register meets a rule; "part" is left to the engine."""
    match needs:
        case "anyone" | "member" | "part":
            return True
        case "administrator":
            return person in roster.administrators()
        case "shift":
            return roster.may(person, "command") or roster.may(person, "duty")
        case "overview":
            return roster.may(person, "duty") or person in roster.administrators()
        case "command" | "broadcast":  # whoever acts as commander has them in that incident
            return roster.may(person, needs) or roster.acts_somewhere(person)
        case capability:
            return roster.may(person, capability)
