"""What a broadcast to 5,000 costs in turns, which hold up everything else while they last.

Measured: the turn that begins it, the turns that hand out the next messages while the last ones are
being sent, and one confirmation when all have it. Prints medians and the longest, in milliseconds.
Beside it: 5,000 deliveries committed at once, as it is not done.
"""

import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from handlers.broadcasting.documents import CASTS, PARTS, CastDraft
from handlers.broadcasting.pace import go_on
from handlers.broadcasting.sending import send
from handlers.catalogue import catalogue
from handlers.desk import Desk
from handlers.kinds import KINDS
from plans.broadcast import audience, confirmed
from plans.broadcast.audience import Choice
from plans.company import Person, Post
from storage.delivery import Delivery, DeliveryState, Message, Urgency
from storage.port import DELIVERIES, Store
from storage.tiny import open_tiny
from tests.bench.search_speed import big_company

AT = datetime(2026, 7, 6, tzinfo=UTC)
READERS, TURNS_LIMIT, A_COMMIT = 5_000, 1_000, 100
TEXT = "今晚 22 点起大风，车辆全部入库，人员留在室内。" * 10


def the_desk() -> Desk:
    """A company of 5,000 drivers in one region, all with an account."""
    company = big_company(0)
    posts = (Post(role="driver", region="east"),)
    people = {
        f"p_{n}": Person(name=f"驾驶员{n}", telegram=1_000_000 + n, roles=posts)
        for n in range(READERS)
    }
    sender = Person(name="值班员", telegram=1, roles=(Post(role="duty_officer"),))
    return Desk(company.model_copy(update={"people": {"p_me": sender, **people}}), {})


async def begin_ms(store: Store, desk: Desk) -> float:
    begun = time.perf_counter()
    async with store.turn("begin", at=AT) as turn:
        roster = await desk.roster(turn)
        choice = Choice(regions=("east",), roles=("driver",))
        draft = CastDraft(by="p_me", screen=1, kind="warning", choice=choice, zh=TEXT)
        await send(turn, desk, draft, 1, audience(roster, choice, "p_me", AT))
    return (time.perf_counter() - begun) * 1e3


async def sent(store: Store, at: datetime) -> None:
    """The outbox's part: what is pending has gone out."""
    async with store.turn(at=at) as turn:
        pending = await turn.find(DELIVERIES, state=DeliveryState.PENDING.value)
        for one in pending[:A_COMMIT]:
            turn.put(DELIVERIES, one.model_copy(update={"state": DeliveryState.SENT}))


async def hand_out_ms(store: Store, desk: Desk) -> list[float]:
    """Turn after turn until all have it."""
    costs, now = [], AT
    for _ in range(TURNS_LIMIT):
        await sent(store, now)
        async with store.turn(at=now) as turn:
            cast = await turn.get(CASTS, "1")
        # Looked at no sooner: it is out, and only kept from now on.
        if cast is None or cast.look_at is None or cast.look_at - now > LATER:
            break
        now = max(now, cast.look_at)
        begun = time.perf_counter()
        async with store.turn(at=now) as turn:
            await go_on(turn, desk, "1")
        costs.append((time.perf_counter() - begun) * 1e3)
    return costs


LATER = timedelta(minutes=10)


async def confirm_ms(store: Store) -> float:
    begun = time.perf_counter()
    async with store.turn("press", at=AT) as turn:
        part = await turn.get(PARTS, "1/7")
        assert part is not None, "nothing was sent"
        person, reader = next(iter(part.readers.items()))
        readers = {**part.readers, person: confirmed(reader, AT)}
        turn.put(PARTS, part.model_copy(update={"readers": readers}))
    return (time.perf_counter() - begun) * 1e3


async def at_once_ms(store: Store) -> float:
    """All deliveries in one commit; a longer text would not even fit into it."""
    begun = time.perf_counter()
    async with store.turn("at once", at=AT) as turn:
        for n in range(READERS):
            text = Message(text=TEXT)
            turn.deliver(
                Delivery(id=f"d{n}", chat=n + 1, content=text, at=AT, urgency=Urgency.BULK)
            )
    return (time.perf_counter() - begun) * 1e3


async def main() -> None:
    say, desk = sys.stdout.write, the_desk()
    catalogue()  # read once in a process's life
    with tempfile.TemporaryDirectory() as name:
        async with open_tiny(Path(name) / "store", KINDS) as store:
            say(f"begin to {READERS:,}: {await begin_ms(store, desk):.0f} ms\n")
            costs = await hand_out_ms(store, desk)
            middle, most = statistics.median(costs), max(costs)
            say(f"{len(costs)} turns more: median {middle:.1f} ms, longest {most:.1f} ms\n")
            say(f"a confirmation: {await confirm_ms(store):.2f} ms\n")
        async with open_tiny(Path(name) / "other", KINDS) as store:
            say(f"all {READERS:,} deliveries in one turn: {await at_once_ms(store):.0f} ms\n")
