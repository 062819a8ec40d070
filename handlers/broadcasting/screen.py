"""The screen of a draft: all that is known of it, and a button for each part of it.

In: a draft. Out: one message, edited in place. Forbidden here: changing the draft.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from handlers.broadcasting.documents import CastDraft
from handlers.broadcasting.drafting import draft_slot
from handlers.broadcasting.gathering import gathered
from handlers.broadcasting.reaching import reach_of
from handlers.buttons import button, mark_of
from handlers.catalogue import Html, plain, say
from handlers.context import Context
from handlers.paging import arrows, page_of
from handlers.telling.happening import Reader
from plans.broadcast import Audience, Reach
from plans.duration import say_duration
from plans.text import Lang
from storage.delivery import Button, Message, Urgency

SHOWN = 600
Row = tuple[Button, ...]


async def show_screen(context: Context, draft: CastDraft) -> None:
    """The draft as it is by now, in its own message."""
    audience = await gathered(context.turn, context.speaker.roster, draft)
    lang = context.speaker.lang
    words = draft.words(lang)
    text = say(
        lang,
        "broadcast.screen",
        text=plain(words[:SHOWN] + ("…" if len(words) > SHOWN else ""))
        or say(lang, "broadcast.no_text"),
        whom=count_words(audience, lang) or say(lang, "broadcast.nobody_chosen"),
    )
    if draft.same_as is not None:
        kind = say(lang, f"broadcast.kind_{draft.kind}")
        about = say(lang, "broadcast.screen_about", kind=kind, number=draft.same_as)
        text = Html(f"{text}\n{about}")
    within = await reach_of(context.turn, context.speaker.roster, draft.by)
    rows = tuple(_rows(context.reader, draft, within))
    await _put(context, draft, Message(text=text, buttons=rows))


def count_words(audience: Audience, lang: Lang) -> Html:
    """132 人、6 个群; empty for nobody."""
    if not audience.people and not audience.groups:
        return Html("")
    words = [say(lang, "broadcast.count", people=len(audience.people))]
    if audience.groups:
        words.append(say(lang, "broadcast.count_groups", groups=len(audience.groups)))
    joined = ("、" if lang == "zh" else ", ").join(words)
    if not audience.in_groups:
        return Html(joined)
    inside = say(lang, "broadcast.count_inside", inside=len(audience.in_groups))
    return Html(f"{joined}{'' if lang == 'zh' else ' '}{inside}")


def _rows(reader: Reader, draft: CastDraft, within: Reach) -> list[Row]:
    lang = reader.lang
    rows: list[Row] = []
    if draft.is_own:
        rows += _audience_rows(reader, draft, within)
        kind = say(lang, f"broadcast.kind_{draft.kind}")
        rows.append((_press(draft, say(lang, "broadcast.kind_button", kind=kind), "kind"),))
    if draft.incident is None:
        confirm = "confirm_yes" if draft.confirm else "confirm_no"
        row = [_press(draft, say(lang, f"broadcast.{confirm}"), "confirm")]
        if draft.confirm:
            row.append(_press(draft, _chase_label(draft, lang), "chase"))
        rows.append(tuple(row))
    write = [
        _press(draft, say(lang, f"broadcast.write_{one}"), "write", one) for one in ("zh", "en")
    ]
    rows.append(tuple(write if lang == "zh" else reversed(write)))
    preview, drop = say(lang, "broadcast.preview"), say(lang, "broadcast.drop")
    rows.append((_press(draft, preview, "preview"), _press(draft, drop, "drop")))
    return rows


def _audience_rows(reader: Reader, draft: CastDraft, within: Reach) -> list[Row]:
    company, lang, choice = reader.roster.company, reader.lang, draft.choice
    names = {
        "regions": [reader.region(r) for r in choice.regions],
        "roles": [reader.role(r) for r in choice.roles],
        "groups": [company.departments[d].name.in_(lang) for d in choice.departments],
    }
    every = {"regions": len(within.regions), "roles": -1, "groups": -1}
    rows: list[Row] = []
    for what, chosen in names.items():
        label = say(lang, f"broadcast.{what}", chosen=_chosen(chosen, every[what], lang)).unescape()
        short = label if len(label) <= 60 else f"{label[:59]}…"
        rows.append((button(short, "cast", what, "-", 0),))
    return rows


def _chosen(names: list[str], every: int, lang: Lang) -> str:
    if not names:
        return say(lang, "broadcast.none")
    if len(names) == every:
        return say(lang, "broadcast.all")
    return ("、" if lang == "zh" else ", ").join(names)


def _chase_label(draft: CastDraft, lang: Lang) -> Html:
    if draft.chase_s is None:
        return say(lang, "broadcast.chase_none")
    time = say_duration(timedelta(seconds=draft.chase_s), lang)
    return say(lang, "broadcast.chase_after", time=time)


def choices(reader: Reader, within: Reach, what: str) -> Mapping[str, str]:
    """What can be ticked, and its name."""
    company, lang = reader.roster.company, reader.lang
    if what == "regions":
        return {region: reader.region(region) for region in within.regions}
    if what == "roles":
        return {
            role: known.name.in_(lang)
            for role, known in company.roles.items()
            if known.scope == "region" or within.everywhere
        }
    near = {
        group.department
        for group in company.groups
        if (group.region in within.regions if group.region else within.everywhere)
    }
    return {d: known.name.in_(lang) for d, known in company.departments.items() if d in near}


async def show_choices(
    context: Context,
    draft: CastDraft,
    what: str,
    named: Mapping[str, str],
    ticked: Collection[str],
    page: int,
) -> None:
    """The list to tick, in place of the screen."""
    lang = context.speaker.lang
    ids: Sequence[str] = list(named)
    marks = {id_: "✅ " if id_ in ticked else "▫️ " for id_ in ids}
    buttons = [
        button(f"{marks[id_]}{named[id_]}", "cast", what, mark_of(id_), page)
        for id_ in page_of(ids, page)
    ]
    rows: list[Row] = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    if turn := arrows(len(ids), page, lambda label, to: button(label, "cast", what, "-", to)):
        rows.append(turn)
    rows.append(
        (
            button(say(lang, "broadcast.tick_all"), "cast", what, "all", page),
            button(say(lang, "broadcast.tick_none"), "cast", what, "none", page),
        )
    )
    rows.append((_press(draft, say(lang, "broadcast.back"), "open"),))
    key = "departments" if what == "groups" else what
    text = say(lang, f"broadcast.pick_{key}")
    await _put(context, draft, Message(text=text, buttons=tuple(rows)))


def _press(draft: CastDraft, label: str, what: str, value: str = "-") -> Button:
    return button(label, "cast", what, value, draft.screen)


async def _put(context: Context, draft: CastDraft, message: Message) -> None:
    chat, slot = context.speaker.chat, draft_slot(draft, "screen")
    await context.letters.chat(chat, message, Urgency.URGENT, slot=slot)
