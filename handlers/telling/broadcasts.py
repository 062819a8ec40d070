"""A step's broadcast in the words of cards and of the record.

In: a step that has sent one. Out: few words. Forbidden here: who has confirmed.
"""

from handlers.catalogue import Html, say
from handlers.telling.happening import Reader
from plans import events as e
from plans.format import Plan
from plans.incident import SentBroadcast, StepState
from plans.text import Lang


def broadcast_words(state: StepState, confirm: bool, lang: Lang) -> str:
    """已发 132/132，确认 80; empty where nothing was sent."""
    sent: SentBroadcast | None = state.broadcast
    if sent is None:
        return ""
    key = "step_tally" if confirm else "step_tally_sent"
    values = {"sent": sent.sent, "all": sent.people, "confirmed": sent.confirmed}
    return say(lang, f"broadcast.{key}", **values).unescape()


def broadcast_history(
    plan: Plan, event: e.BroadcastSent | e.BroadcastCounted, reader: Reader
) -> Html | None:
    """That it was sent; how many have confirmed stands on the card."""
    if isinstance(event, e.BroadcastCounted):
        return None
    return say(
        reader.lang,
        "broadcast.history_sent",
        by=reader.name(event.by),
        do=plan.step(event.step).do.in_(reader.lang),
        people=event.people,
        groups=event.groups,
    )
