"""Orders: an order given in the chat, as a plan of one step.

In: a text, whom it is for, until when. Out: a plan that is carried out like any other: taken,
chased, escalated, on record; it closes by itself. Also who may give orders to whom. Forbidden
here: looking people up by what somebody typed.
"""

from datetime import datetime, timedelta
from typing import Final

from plans.format import Ask, Close, Due, Owner, Plan, Record, Step
from plans.model import PersonId, RegionId, RoleId
from plans.roster import Roster
from plans.text import Text

ORDER_TEXT_LIMIT: Final = 400
ORDER_PLAN: Final = "order"
CARRY_OUT: Final = "carry_out"
ABOUT: Final = "about"
RECEIPT: Final = "receipt"
SHORTEST: Final = timedelta(minutes=5)

_TITLE = Text(zh="指令", en="Order")
_RECEIVED = Text(
    zh="指令已发出。对方接手、完成，或到时没办，您都会知道。",
    en="The order is out. You will hear when it is taken, done, or late.",
)
_DONE = Text(zh="指令已完成。", en="The order has been carried out.")
_ABOUT = Text(zh="属于哪个事件？", en="About which incident?")
_RECEIPT = Text(zh="完成情况？打一句话。", en="How did it go? Type a line.")


def order_plan(
    text: str, owner: Owner, within: timedelta, closer: RoleId, *, about: bool = False
) -> Plan:
    """A plan with one step; `closer`: the role that answers where nobody else does, and that may
    close it before. `about`: it belongs to an incident, whose number is a fact."""
    number = Ask(type="number", text=_ABOUT, label=Text(zh="事件", en="Incident"))
    receipt = Record(
        type="text",
        text=_RECEIPT,
        label=Text(zh="回执", en="Receipt"),
        tell=("reporter",),
    )
    step = Step(
        owner=owner,
        do=Text(zh=text, en=text),
        due=Due(in_=within, warn=0.5),
        record={RECEIPT: receipt},
    )
    return Plan(
        plan=ORDER_PLAN,
        title=_TITLE,
        icon="📌",
        received=_RECEIVED,
        ask={ABOUT: number} if about else {},
        steps={CARRY_OUT: step},
        close=Close(auto=True, by=(closer,), when=(CARRY_OUT,), tell_reporter=_DONE),
    )


def may_order(
    roster: Roster, person: PersonId, role: RoleId, region: RegionId | None, at: datetime
) -> bool:
    """Whether the person may give orders to the role there: everyone in command to anybody; others
    to those below them, and in their own department, but to nobody above them."""
    if person in roster.command():
        return True
    if not roster.may(person, "direct", region):
        return False
    if roster.stands_above(person, role, region, at):
        return True
    roles = roster.company.roles
    return any(
        "direct" in roles[post.role].may
        and roles[post.role].department == roles[role].department
        and role not in roster.company.chain(post.role)
        for post in roster.roles_of(person)
    )


def may_order_person(roster: Roster, person: PersonId, other: PersonId, at: datetime) -> bool:
    """The same for a person: by any of the posts they hold. Nobody orders who has left."""
    if person == other or not roster.is_active(other):
        return False
    if person in roster.command():
        return True
    return any(may_order(roster, person, p.role, p.region, at) for p in roster.roles_of(other))
