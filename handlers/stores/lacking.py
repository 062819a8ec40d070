"""Lacking: a store that has less than it has promised.

In: a holding just counted. Out: word to whoever counted, to its keepers, and to those at work in
the incidents that wait for it. Forbidden here: taking a promise back; people decide who goes
without.
"""

from collections.abc import Iterator

from handlers.catalogue import say
from handlers.context import Context
from handlers.documents import INCIDENTS
from handlers.telling.happening import Reader
from handlers.telling.stock import goods_named
from plans.incident import Incident, StepStatus
from plans.model import PersonId
from plans.stock import Holding
from storage.delivery import Message, Urgency

INCIDENTS_SHOWN = 8
PEOPLE_TOLD = 20


async def tell(context: Context, holding: Holding) -> None:
    """Nothing where everything promised is there."""
    if not holding.lacking:
        return

    def write(reader: Reader) -> Message:
        return Message(
            text=say(
                reader.lang,
                "stock.lacking",
                region=reader.region(holding.region),
                goods=goods_named(holding.goods, reader),
                count=reader.amount(holding.goods, holding.count),
                kept=kept_for(holding, reader),
            )
        )

    roster = await context.desk.roster(context.turn)
    told = dict.fromkeys([context.speaker.person, *roster.store_keepers(holding.region, holding)])
    for number in list(holding.reserved)[:INCIDENTS_SHOWN]:
        incident = await context.turn.get(INCIDENTS, str(number))
        told |= dict.fromkeys(_at_work(incident) if incident is not None else ())
    for person in list(told)[:PEOPLE_TOLD]:
        await context.letters.person(person, write, Urgency.URGENT)


def kept_for(holding: Holding, reader: Reader) -> str:
    """For which incidents how many are kept."""
    shown = list(holding.reserved.items())[:INCIDENTS_SHOWN]
    parts = [f"#{number} {reader.amount(holding.goods, kept)}" for number, kept in shown]
    parts += ["…"] if len(holding.reserved) > len(shown) else []
    return ("、" if reader.lang == "zh" else ", ").join(parts)


def _at_work(incident: Incident) -> Iterator[PersonId]:
    for state in incident.steps.values():
        if state.status is StepStatus.OPEN:
            yield from (state.taken_by,) if state.taken_by else state.asked
