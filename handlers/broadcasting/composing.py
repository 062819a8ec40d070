"""Composing: /broadcast. A draft put together on one screen: who, what, whether to confirm.

In: the command, presses, typed texts. Out: a stored draft, and the screen with it; in the end what
`sending` makes of it. Forbidden here: an audience that the sender may not reach.
"""

from typing import Any

from telegram import Update

from handlers.awaited import await_nothing, await_words
from handlers.broadcasting import dropping, previewing
from handlers.broadcasting.documents import DRAFTS, WORDS_LIMIT, CastDraft
from handlers.broadcasting.drafting import anew, numbered, own
from handlers.broadcasting.listing import show_latest
from handlers.broadcasting.reaching import reach_of
from handlers.broadcasting.screen import choices, show_choices, show_screen
from handlers.buttons import Pressed, marked
from handlers.context import Context
from handlers.paging import page_number
from handlers.typed import command_of, visible
from plans.broadcast import Choice
from plans.text import Lang

CHASES_S = (None, 900, 3600)
_FIELDS = {"regions": "regions", "roles": "roles", "groups": "departments"}


async def on_broadcast(update: Update, context: Context) -> None:
    """A new draft, or the one begun; words behind the command are its text."""
    _, typed = command_of(update.effective_message)
    draft = await own(context.turn, context.speaker.person) or await begun(context)
    draft = await anew(context, draft)
    if typed:
        await on_text_typed(context, (context.speaker.lang, str(draft.screen)), typed)
        return
    if draft.words("zh"):
        await_nothing(context.turn, draft.by)
    else:
        await_text(context, draft, context.speaker.lang)
    await show_screen(context, draft)
    await show_latest(context)


async def begun(context: Context) -> CastDraft:
    """An empty draft for all that the speaker reaches."""
    speaker = context.speaker
    within = await reach_of(context.turn, speaker.roster, speaker.person)
    choice = Choice(regions=within.regions, everywhere=within.everywhere)
    return CastDraft(by=speaker.person, screen=0, choice=choice)


async def on_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    what, value, page = pressed.args
    draft = await _of_button(context, what, page)
    if draft is None:
        context.refuse(update, "broadcast.draft_gone")
    elif what == "open":
        context.toast(update)
        await show_screen(context, draft)
    elif what in _FIELDS and draft.is_own:
        await _tick(update, context, draft, what, value, page_number(page))
    elif what in ("kind", "confirm", "chase") and draft.incident is None:
        context.toast(update)
        await _change(context, draft, **_next_value(draft, what))
    elif what == "write" and value in ("zh", "en"):
        context.toast(update)
        await_text(context, draft, "en" if value == "en" else "zh")
        await context.say(f"broadcast.type_{value}", limit=WORDS_LIMIT)
    elif what == "preview":
        await previewing.on_preview(update, context, draft)
    elif what == "send":
        await previewing.on_send(update, context, draft, value)
    elif what == "edit":
        context.toast(update)
        await show_screen(context, await anew(context, draft))
    elif what == "drop":
        context.toast(update)
        await_nothing(context.turn, draft.by)
        await dropping.drop(context, draft)
    else:
        context.refuse(update, "refusals.old_button")


async def _of_button(context: Context, what: str, page: str) -> CastDraft | None:
    """The draft whose message was pressed; where pages are turned, their own."""
    turn, person = context.turn, context.speaker.person
    if what in _FIELDS:
        return await own(turn, person)
    return await numbered(turn, person, page_number(page))


def await_text(context: Context, draft: CastDraft, lang: Lang) -> None:
    """What is typed next is that draft's text, whatever else is under way."""
    await_words(context.turn, draft.by, "cast_text", lang, str(draft.screen))


def _next_value(draft: CastDraft, what: str) -> dict[str, Any]:
    if what == "confirm":
        return {"confirm": not draft.confirm}
    if what == "chase":
        at = CHASES_S.index(draft.chase_s) if draft.chase_s in CHASES_S else 0
        return {"chase_s": CHASES_S[(at + 1) % len(CHASES_S)]}
    if draft.same_as is not None:
        return {}
    if draft.kind == "warning":
        return {"kind": "notice"}
    return {"kind": "warning", "confirm": True, "chase_s": draft.chase_s or CHASES_S[1]}


async def _change(context: Context, draft: CastDraft, **changes: Any) -> None:
    changed = draft.model_copy(update=changes)
    context.turn.put(DRAFTS, changed)
    await show_screen(context, changed)


async def _tick(
    update: Update, context: Context, draft: CastDraft, what: str, value: str, page: int
) -> None:
    """One more, or one less; "-" only shows the list."""
    within = await reach_of(context.turn, context.speaker.roster, draft.by)
    named = choices(context.reader, within, what)
    field = _FIELDS[what]
    ticked = [one for one in getattr(draft.choice, field) if one in named]
    if value in ("all", "none"):
        ticked = list(named) if value == "all" else []
    elif value != "-":
        one = marked(named, value)
        if one is None:
            context.refuse(update, "broadcast.out_of_reach")
            return
        ticked = [t for t in ticked if t != one] if one in ticked else [*ticked, one]
    context.toast(update)
    chosen = tuple(one for one in named if one in ticked)
    choice = draft.choice.model_copy(update={field: chosen})
    context.turn.put(DRAFTS, draft.model_copy(update={"choice": choice}))
    await show_choices(context, draft, what, named, chosen, page)


async def on_text_typed(context: Context, args: tuple[str, ...], text: str) -> None:
    screen = page_number(args[1]) if len(args) > 1 else 0
    draft = await numbered(context.turn, context.speaker.person, screen)
    if draft is None:
        await context.say("broadcast.draft_gone")
        return
    lang: Lang = "en" if args[:1] == ("en",) else "zh"
    words = visible(text).strip()
    length = len(words.encode("utf-16-le")) // 2  # as Telegram counts
    if not words or length > WORDS_LIMIT:
        await_text(context, draft, lang)
        key = "broadcast.too_long" if words else f"broadcast.type_{lang}"
        await context.say(key, length=length, limit=WORDS_LIMIT)
        return
    await show_screen(context, await anew(context, draft.model_copy(update={lang: words})))
