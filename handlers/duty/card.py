"""The duty card: whether somebody is there, until when not, who stands in, the next shifts.

In: a person and who reads. Out: text and buttons. Forbidden here: changing anything.
"""

from datetime import datetime

from handlers.buttons import button, mark_of
from handlers.catalogue import Html, say
from handlers.duty.stand_in import when
from handlers.telling.happening import Reader
from plans.model import PersonId
from plans.roster import PersonState
from storage.delivery import Button, Message

SHIFTS_SHOWN = 3
INCIDENTS_SHOWN = 3


def duty_card(
    reader: Reader, person: PersonId, incidents: list[int], said: Html | str = ""
) -> Message:
    """`incidents`: open ones the person has a part in, for which they may stay."""
    state = reader.roster.state(person)
    lines = [Html(said)] if said else []
    lines += [_standing(reader, person), *_shift_lines(reader, person)]
    if state is not None and state.stays_for & set(incidents):
        numbers = " ".join(f"#{n}" for n in sorted(state.stays_for & set(incidents)))
        lines.append(say(reader.lang, "duty.stays", numbers=numbers))
    rows = () if state is None else _rows(reader, state, incidents)
    return Message(text="\n".join(lines), buttons=rows)


def _standing(reader: Reader, person: PersonId) -> Html:
    lang, at, state = reader.lang, reader.at, reader.roster.state(person)
    name = reader.name(person)
    if state is None or not state.has_absence:
        return say(lang, "duty.on", name=name)
    stand_in = (
        say(lang, "duty.with_stand_in", name=reader.name(state.stand_in)) if state.stand_in else ""
    )
    key = "duty.off" if state.is_away(at) else "duty.planned"
    return say(lang, key, name=name, when=when(reader, person), stand_in=stand_in)


def _shift_lines(reader: Reader, person: PersonId) -> list[Html]:
    coming = [s for s in reader.roster.shifts if s.person == person and s.until > reader.at]
    return [
        say(
            reader.lang,
            "duty.shift",
            since=reader.time(shift.since),
            until=reader.time(shift.until),
            role=reader.role(shift.role),
            region=reader.region(shift.region),
        )
        for shift in sorted(coming, key=lambda s: s.since)[:SHIFTS_SHOWN]
    ]


def _rows(
    reader: Reader, state: PersonState, incidents: list[int]
) -> tuple[tuple[Button, ...], ...]:
    lang, mark = reader.lang, mark_of(state.person)

    def press(key: str, action: str, option: object = "-") -> Button:
        return button(say(lang, f"duty.{key}"), "duty", action, mark, option)

    if state.is_away(reader.at):
        first = (press("back", "back"), press("other_stand_in", "who"))
    elif state.has_absence:
        first = (press("call_off", "back"), press("other_stand_in", "who"))
    else:
        first = (press("leave", "away"), press("rest", "off"))
    rows: list[tuple[Button, ...]] = [first]
    if not state.has_absence:
        rows.append((press("later", "plan"),))
    rows += [(_stay(reader, state, n),) for n in incidents[:INCIDENTS_SHOWN]]
    quiet = reader.roster.company.quiet
    if quiet.from_ != quiet.to:
        label = say(
            lang,
            "duty.quiet_on" if state.quiet else "duty.quiet_off",
            since=f"{quiet.from_:%H:%M}",
            until=f"{quiet.to:%H:%M}",
        )
        rows.append((button(label, "duty", "quiet", mark, "off" if state.quiet else "on"),))
    return tuple(rows)


def _stay(reader: Reader, state: PersonState, number: int) -> Button:
    stays = number in state.stays_for
    label = say(reader.lang, "duty.stay_no_more" if stays else "duty.stay", number=number)
    return button(label, "duty", "leave" if stays else "stay", mark_of(state.person), number)


def until_buttons(
    reader: Reader, person: PersonId, moments: list[tuple[str, datetime]]
) -> tuple[tuple[Button, ...], ...]:
    """The usual ends of an absence, each with the clock time it means."""
    made = [
        button(
            say(reader.lang, f"duty.{key}", time=reader.time(moment)),
            "duty",
            "until",
            mark_of(person),
            int(moment.timestamp()) // 60,
        )
        for key, moment in moments
    ]
    return tuple(tuple(made[i : i + 2]) for i in range(0, len(made), 2))
