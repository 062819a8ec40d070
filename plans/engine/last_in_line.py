"""The last in line: who is told of what nobody below command has answered for.

In: a step past its last rung. Out: people, those told first in the first group of them. Forbidden
here: taking somebody who is away for somebody out of reach; an end without anybody while the bot
can still reach one of those who could do something about it.
"""

from collections.abc import Iterator
from typing import Final

from plans.engine.deciding import Deciding
from plans.heads import heads
from plans.model import PersonId, StepId
from plans.roster import Rung

People = tuple[PersonId, ...]
# With two chiefs as many as one message in a group can mention.
PROPOSED_TOLD: Final = 3


def last_in_line(deciding: Deciding, step: StepId, command: Rung) -> Iterator[People]:
    """Everyone in command who is there; else those who are away, with whoever is proposed while
    nobody commands; and if none of them can be reached, whoever looks after the bot."""
    there, away = _there(deciding, command), reached(deciding, command.people)
    proposed = () if deciding.step(step).decide is not None else _proposed(deciding)
    yield there
    yield tuple(dict.fromkeys((*away, *proposed)))
    if not (there or away or proposed):
        yield administrators(deciding)


def may_be_last(deciding: Deciding, step: StepId, command: Rung) -> frozenset[PersonId]:
    """All who could be told as the last in line, whoever is there just now."""
    groups = last_in_line(deciding, step, command)
    return frozenset((*command.people, *(person for people in groups for person in people)))


def reached(deciding: Deciding, people: People) -> People:
    """Those of them whom a message reaches, also far away."""
    roster, at = deciding.roster, deciding.at
    return tuple(p for p in people if roster.can_be_told(p, at) in ("yes", "away"))


def administrators(deciding: Deciding) -> People:
    """They can phone, and see to it that somebody is reached again."""
    return reached(deciding, deciding.roster.named_administrators())


def _there(deciding: Deciding, command: Rung) -> People:
    roster, at = deciding.roster, deciding.at
    acting = dict.fromkeys(roster.acting_for(person, at) for person in command.people)
    return tuple(p for p in acting if roster.can_be_told(p, at) == "yes")


def _proposed(deciding: Deciding) -> People:
    """While a major incident has no commander: whom the plan proposes, else the first who could."""
    known = deciding.incident.headquarters
    if known is None or known.commander is not None:
        return ()
    could = heads(deciding.plan, deciding.roster, deciding.incident, deciding.at)
    named = tuple(head.person for head in could if head.named)
    return named[:PROPOSED_TOLD] or tuple(head.person for head in could[:1])
