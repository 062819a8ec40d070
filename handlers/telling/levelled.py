"""Levels in words: what a level that is raised or lowered begins and ends.

In: an incident before and after, the events between. Out: lines for whoever asks first, and word to
everybody who has a part. Forbidden here: changing a level (see `handlers.incidents.levels`).
"""

from collections.abc import Iterable, Sequence

from handlers.catalogue import Html, say
from handlers.command.lines import commander_lines
from handlers.telling.cards import groups_of
from handlers.telling.happening import Happening, Reader, brief
from handlers.telling.letters import Letters
from plans import events as e
from plans.format import CLOSING, Plan, whole_of
from plans.incident import Incident, StepStatus
from plans.model import FactName, GroupId, PersonId, StepId
from storage.delivery import Message

PEOPLE_TOLD = 200
STEPS_NAMED = 6
_UNDER_WAY = (StepStatus.OPEN, StepStatus.SHARED)


def change_lines(
    plan: Plan, before: Incident, after: Incident, events: Iterable[e.Event], reader: Reader
) -> list[Html]:
    """What begins, what is put off until when, and what is not needed any more."""
    begun: dict[StepId, str] = {}
    for event in events:
        if isinstance(event, e.StepOpened | e.StepPostponed):
            step = whole_of(event.step)
            if step != CLOSING and not _was_under_way(before, step):
                begun[step] = _begins(plan, event, reader)
    ended = [
        brief(plan.step(step).do.in_(reader.lang))
        for step, state in before.steps.items()
        if step == whole_of(step) != CLOSING
        and state.status in _UNDER_WAY
        and after.steps[step].status not in (*_UNDER_WAY, StepStatus.DONE)
    ]
    lines = []
    if begun:
        lines.append(_listed("levels.begins", list(begun.values()), reader))
    if ended:
        lines.append(_listed("levels.ends", ended, reader))
    return lines or [say(reader.lang, "levels.nothing")]


def _was_under_way(before: Incident, step: StepId) -> bool:
    return before.steps[step].status in _UNDER_WAY


def _begins(plan: Plan, event: e.StepOpened | e.StepPostponed, reader: Reader) -> str:
    do = brief(plan.step(event.step).do.in_(reader.lang))
    if isinstance(event, e.StepPostponed) and event.until is not None:
        return say(reader.lang, "levels.later", do=do, time=reader.time(event.until)).unescape()
    return do


def _listed(key: str, what: Sequence[str], reader: Reader) -> Html:
    shown = ("；" if reader.lang == "zh" else "; ").join(what[:STEPS_NAMED])
    left = len(what) - STEPS_NAMED
    more = say(reader.lang, "levels.more", count=left) if left > 0 else ""
    return say(reader.lang, key, steps=shown, more=more)


def arrow(plan: Plan, name: FactName, previous: str, value: str, reader: Reader) -> Html:
    """From which level to which."""
    was, now = (reader.brief_fact(plan, name, level) for level in (previous, value))
    return Html(f"{was} → {now}")


async def tell(letters: Letters, happening: Happening, event: e.FactRecorded) -> None:
    """One message to everybody who has or had a part, and to the groups concerned."""
    plan, before, after = happening.plan, happening.before, happening.after
    if before is None:
        return

    def write(reader: Reader) -> Message:
        head = say(
            reader.lang,
            "levels.told",
            icon=plan.icon,
            number=after.number,
            title=plan.title.in_(reader.lang),
            name=reader.name(event.by),
            change=arrow(plan, event.name, str(event.previous), str(event.value), reader),
        )
        changes = change_lines(plan, before, after, happening.events, reader)
        brought = [say(reader.lang, "levels.headquarters"), *commander_lines(after, reader)]
        return Message(text=Html("\n".join([head, *changes, *(brought if is_set else ())])))

    new = [one for one in happening.events if isinstance(one, e.HeadquartersSet)]
    is_set = bool(new) and new[0].chief is not None
    for group in groups_told(letters, happening):
        if letters.roster.chat_of(group) != happening.heard_in:
            await letters.group(group, write)
    for person in people_told(letters, happening):
        if not (is_set and person == new[0].chief):  # their briefing says it
            await letters.person(person, write)


def groups_told(letters: Letters, happening: Happening) -> list[GroupId]:
    """The groups that hear of a level raised or lowered here; none where there was none."""
    before, after, plan = happening.before, happening.after, happening.plan
    if before is None or _changed(happening) is None:
        return []
    first = letters.reader_of(after.reporter)
    return list(dict.fromkeys((*groups_of(plan, before, first), *groups_of(plan, after, first))))


def people_told(letters: Letters, happening: Happening) -> list[PersonId]:
    """The people who hear of it: everybody with a part, but whoever changed it."""
    event = _changed(happening)
    if event is None:
        return []
    return [p for p in _concerned(letters, happening)[:PEOPLE_TOLD] if p != event.by]


def _changed(happening: Happening) -> e.FactRecorded | None:
    """The change of a level that somebody made."""
    asked = happening.plan.asked()
    for event in happening.events:
        if not isinstance(event, e.FactRecorded) or event.by is None or event.previous is None:
            continue
        if event.name in asked and asked[event.name].type == "level":
            return event
    return None


def _concerned(letters: Letters, happening: Happening) -> list[PersonId]:
    """Those at work first, then whoever was, then whoever reported or is kept informed."""
    before, after = happening.before, happening.after
    states = [*after.steps.values(), *(before.steps.values() if before else ())]
    under_way = [state for state in states if state.status in _UNDER_WAY]
    at_work = [p for s in under_way for p in ((s.taken_by,) if s.taken_by else s.asked)]
    told = [person for state in states for person in state.told]
    inform = happening.plan.inform
    informed = [p for role in inform for p in letters.roster.holders(role, after.region)]
    everybody = (*at_work, *told, *after.reporters, *informed)
    return list(dict.fromkeys(p for p in everybody if p is not None))
