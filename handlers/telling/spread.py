"""Spread steps: how far a step is that several do at once, and who has not done their part.

In: an incident, a step, who reads. Out: one line for a card, the whole picture for those who look
after it, the button between them. Forbidden here: customers; asking who may see it.
"""

import re
from collections.abc import Iterable, Iterator

from handlers.buttons import button
from handlers.catalogue import Html, say
from handlers.paging import arrows, page_of
from handlers.telling.happening import Reader
from plans.format import Plan, whole_of
from plans.incident import Incident, Share, StepState, StepStatus
from plans.model import StepId
from storage.delivery import Button, Message

# With more parts than that a card says how many, not each by itself.
FOLDED_ABOVE = 3
NAMED = 6
BUTTONS_SHOWN = 3
BUTTON_WORDS = 24
_STOPS = re.compile(r"[：，；。,;:.]")
_BEGUN = (StepStatus.OPEN, StepStatus.DONE)


def spread_steps(plan: Plan, incident: Incident) -> list[StepId]:
    """The steps that at least two have a part in, in the plan's order."""
    steps = (name for name in plan.steps if incident.steps[name].shared)
    return [name for name in steps if len(parts_of(incident, name)) > 1]


def parts_of(incident: Incident, step: StepId) -> list[tuple[StepId, StepState]]:
    """The parts that are under way or done."""
    return [(n, part) for n, part in incident.parts_of(step).items() if part.status in _BEGUN]


def do_of(plan: Plan, incident: Incident, step: StepId, reader: Reader) -> str:
    """What is to be done; of one part among several also whose: the role's, where several roles
    have one, or else the region's. Whoever stands in for two is asked twice, whoever is above hears
    of all of them."""
    one, share = plan.step(step), incident.steps[step].share
    do = one.do.in_(reader.lang)
    if one.for_each is None or share is None or share.owner is not None:
        return do
    if len(parts_of(incident, whole_of(step))) < 2:
        return do
    whose = reader.role(share.role) if share.role is not None else reader.region(share.region)
    return f"{do}（{whose}）" if reader.lang == "zh" else f"{do} ({whose})"


def folded(own: Iterable[StepId], incident: Incident) -> set[StepId]:
    """The steps of which so many parts are among these that they are counted, not listed."""
    wholes = [whole_of(name) for name in own if incident.steps[name].share is not None]
    return {whole for whole in wholes if wholes.count(whole) > FOLDED_ABOVE}


def spread_line(plan: Plan, incident: Incident, step: StepId, reader: Reader) -> Html:
    """How many parts are done, how many customers dealt with, whose part is not done."""
    lang, parts = reader.lang, parts_of(incident, step)
    waiting = [(name, part) for name, part in parts if part.status is StepStatus.OPEN]
    values = {
        "do": plan.step(step).do.in_(lang),
        "done": len(parts) - len(waiting),
        "all": len(parts),
        "ticked": _ticked(parts, reader),
    }
    if not waiting:
        return say(lang, "parts.line_done", **values)
    comma = "、" if lang == "zh" else ", "
    names = comma.join(_brief(part, plan, step, reader) for _, part in waiting[:NAMED])
    more = len(waiting) - NAMED
    if more > 0:
        names += say(lang, "parts.and_more", count=more).unescape()
    return say(lang, "parts.line", names=names, **values)


def spread_rows(
    plan: Plan, incident: Incident, steps: Iterable[StepId], reader: Reader
) -> Iterator[tuple[Button, ...]]:
    """To the whole picture of each of these that is under way."""
    if not incident.is_open:
        return
    under_way = [name for name in steps if incident.steps[name].status is StepStatus.SHARED]
    for name in under_way[:BUTTONS_SHOWN]:
        do = _first_words(plan.step(name).do.in_(reader.lang))
        label = say(reader.lang, "parts.button", do=do)
        yield (button(label, "parts", incident.number, name, "new"),)


def _first_words(do: str) -> str:
    """Enough to know it by on a button, of which a phone shows one line."""
    words = _STOPS.split(do, maxsplit=1)[0]
    return words if len(words) <= BUTTON_WORDS else words[: BUTTON_WORDS - 1] + "…"


def picture(plan: Plan, incident: Incident, step: StepId, page: int, reader: Reader) -> Message:
    """Every part: whose, their phone, how far, since when nothing has been heard; those not done
    first."""
    lang, number = reader.lang, incident.number
    parts = sorted(parts_of(incident, step), key=lambda one: one[1].status is StepStatus.DONE)
    values = {"number": number, "time": reader.time(reader.at)}
    head = say(lang, "parts.head", line=spread_line(plan, incident, step, reader), **values)
    lines = [head, *(_entry(part, plan, step, reader) for _, part in page_of(parts, page))]
    turn = arrows(
        len(parts), page, lambda label, to: button(label, "parts", number, step, f"p{to}")
    )
    again = button(say(lang, "parts.refresh"), "parts", number, step, f"p{page}")
    return Message(text="\n".join(lines), buttons=(turn, (again,)) if turn else ((again,),))


def _entry(part: StepState, plan: Plan, step: StepId, reader: Reader) -> Html:
    lang, who = reader.lang, _whom(part, plan, step, reader)
    far = _of_list(part.share)
    if part.status is StepStatus.DONE and part.settled_at is not None:
        by, time = reader.name(part.settled_by), reader.time(part.settled_at)
        return say(lang, "parts.entry_done", who=who, by=by, time=time, far=far)
    phone = reader.phone(_person(part))
    heard = part.share.heard_at if part.share else None
    moments = [moment for moment in (part.opened_at, part.taken_at, heard) if moment is not None]
    key = "parts.entry_taken" if part.taken_by else "parts.entry_asked"
    late = say(lang, "parts.late") if part.held_up else ""
    since = reader.time(max(moments, default=reader.at))
    others = [one for one in part.asked if one != _person(part)][:1]
    asked = say(lang, "parts.now_asked", name=reader.names(others)) if others else ""
    text = say(lang, key, who=who, far=far, since=since, late=late, asked=asked)
    return Html(f"{text}\n☎ {phone}") if phone else text


def _person(part: StepState) -> str | None:
    """Who has it, else whose it is, else whose answer is awaited."""
    owner = part.share.owner if part.share else None
    return part.taken_by or owner or (part.asked[0] if part.asked else None)


def _whom(part: StepState, plan: Plan, step: StepId, reader: Reader) -> str:
    """The person, with their region or role where that is what the part is for."""
    for_each, person = plan.step(step).for_each, _person(part)
    name = reader.name(person) if person else say(reader.lang, "parts.nobody").unescape()
    if for_each is None or part.share is None or part.share.owner is not None:
        return name
    where = reader.role(part.role) if for_each.roles else reader.region(part.region)
    return f"{where} {name}"


def _brief(part: StepState, plan: Plan, step: StepId, reader: Reader) -> str:
    who = _whom(part, plan, step, reader)
    has_list = part.share is not None and bool(part.share.calls)
    return f"{who} {len(part.share.left)}" if has_list and part.share else who


def _of_list(share: Share | None) -> str:
    if share is None or not share.calls:
        return ""
    count = len(share.calls)
    return f" {count - len(share.left)}/{count}"


def _ticked(parts: list[tuple[StepId, StepState]], reader: Reader) -> str:
    """Over all lists; nothing where there are none."""
    shares = [part.share for _, part in parts if part.share is not None and part.share.calls]
    count = sum(len(share.calls or ()) for share in shares)
    if not count:
        return ""
    left = sum(len(share.left) for share in shares)
    return say(reader.lang, "parts.ticked", ticked=count - left, count=count).unescape()
