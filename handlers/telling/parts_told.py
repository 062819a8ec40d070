"""Parts told: what is heard of one owner's part of a step that several do at once.

In: a happening. Out: to whoever calls, those who did not answer once more; to the next above, whom
nobody could reach; lines for the record. Forbidden here: customers in a group.
"""

from collections.abc import Sequence

from handlers.buttons import button
from handlers.catalogue import Html, say
from handlers.telling.call_list import NAMED, names_of, retry_lines, retry_rows, ticked_of
from handlers.telling.happening import Happening, Reader
from handlers.telling.letters import Letters
from handlers.telling.spread import do_of
from plans import events as e
from plans.format import Plan
from plans.incident import Share
from plans.model import CustomerId, PersonId
from storage.delivery import Message, Urgency

NAMES_SHOWN = 5


async def brought_up(letters: Letters, happening: Happening, event: e.CallsBroughtUp) -> None:
    """ "3 did not answer, call again", with just those."""
    share = happening.after.steps[event.step].share
    if share is None:
        return
    after, step = happening.after, happening.step(event.step)

    def write(reader: Reader) -> Message:
        do = do_of(happening.plan, after, event.step, reader)
        head = say(reader.lang, "calling.again", number=after.number, do=do, count=event.count)
        rows = retry_rows(share, after.number, event.step, reader, ticked_of(step))
        return Message(text="\n".join([head, *retry_lines(share, reader)]), buttons=tuple(rows))

    for person in event.asked:
        await letters.person(person, write, Urgency.URGENT)


async def completed(letters: Letters, happening: Happening, event: e.StepCompleted) -> None:
    """A part is done though some were not reached: who stands next above is told whom."""
    state = happening.after.steps[event.step]
    if not event.unreached or state.share is None or state.role is None:
        return
    share, after = state.share, happening.after

    def write(reader: Reader) -> Message:
        values = {
            "number": after.number,
            "do": do_of(happening.plan, after, event.step, reader),
            "name": reader.name(event.by),
            "left": event.unreached,
            "count": len(share.calls or ()),
            "names": _unreached(share, reader),
        }
        whole = button(say(reader.lang, "calling.see_list"), "calls", after.number, event.step, 1)
        text = say(reader.lang, "calling.unreached_told", **values)
        return Message(text=text, buttons=((whole,),))

    for person in _above(happening, event):
        await letters.person(person, write, Urgency.URGENT)


def _above(happening: Happening, event: e.StepCompleted) -> tuple[PersonId, ...]:
    """The nearest above who can be told, not whoever has just said that it is done."""
    state, roster, at = happening.after.steps[event.step], happening.roster, happening.at
    region = state.region or happening.after.region
    for role in roster.company.chain(state.role or ""):
        holders = (*roster.holders(role, region), *roster.deputies(role, region))
        acting = dict.fromkeys(roster.acting_for(person, at) for person in holders)
        told = [p for p in acting if p != event.by and roster.can_be_told(p, at) == "yes"]
        if told:
            return (told[0],)
    return ()


def _unreached(share: Share, reader: Reader) -> Html:
    """Those who did not answer, then those who were not called, by name."""
    silent = share.unanswered
    others = [one for one in share.left if one not in set(silent)]
    parts = [("calling.unanswered_names", silent), ("calling.uncalled_names", others)]
    return Html(
        "".join(
            "\n" + say(reader.lang, key, count=len(some), names=_names(some, reader))
            for key, some in parts
            if some
        )
    )


def _names(some: Sequence[CustomerId], reader: Reader) -> str:
    return names_of(some[:NAMED], reader) + ("…" if len(some) > NAMED else "")


PartEvent = e.StepShared | e.CallTicked | e.CallsBroughtUp | e.PartAnswered


def parts_history(plan: Plan, event: PartEvent, reader: Reader) -> Html | None:
    """One line of the record; None for what it need not say."""
    lang, by = reader.lang, reader.name(event.by)
    match event:
        case e.StepShared():
            return _shared(plan, event, reader)
        case e.CallTicked():
            who = names_of([event.customer], reader)
            return say(lang, f"calling.history_{event.result}", by=by, who=who)
        case e.CallsBroughtUp():
            who = reader.names(event.asked)
            return say(lang, "calling.history_again", who=who, count=event.count)
        case e.PartAnswered():
            asked = plan.asked().get(event.name)
            values = {
                "by": by,
                "do": plan.step(event.step).do.in_(lang),
                "what": asked.called(lang) if asked else event.name,
                "value": reader.brief_fact(plan, event.name, event.value),
            }
            return say(lang, "calling.history_answered", **values)


def _shared(plan: Plan, event: e.StepShared, reader: Reader) -> Html | None:
    """To whom the calls were given; parts without a list are asked of their owners anyway."""
    owners = dict.fromkeys(share.owner for share in event.shares.values() if share.owner)
    count = sum(len(share.calls or ()) for share in event.shares.values())
    if not count:
        return None
    who = reader.names(list(owners)[:NAMES_SHOWN]) or reader.name(None)
    do = plan.step(event.step).do.in_(reader.lang)
    return say(reader.lang, "calling.history_shared", count=count, who=who, do=do)
