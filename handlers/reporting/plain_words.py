"""Plain words: whoever says out of the blue what has happened is offered the plan for it.

In: texts and pictures that are no command and answer no question. Out: an offer with a button;
what was said is kept for the report. Forbidden here: starting anything by itself.
"""

import re
from collections.abc import Collection

from telegram import Update

from handlers.buttons import Pressed, button
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.directory.searching import find
from handlers.documents import Conversation, Held
from handlers.incidents.involved import involved_in
from handlers.reporting import said
from handlers.reporting.raising import plan_buttons, private_link
from plans.format import Plan
from plans.spoken import plans_meant
from storage.delivery import Button, Message

OFFERED = 4
# "找 调度", "电话：路平安", "call Max": somebody is asked for, not something reported.
_WHOM = re.compile(
    r"(?:(?:找|电话|打电话给|联系)(?P<gap>[\s:：]*)|(?:call|phone|find)(?P<space>[\s:]+))"
    r"(?P<whom>.{1,40}?)[?？。!！\s]*",
    re.IGNORECASE,
)


async def look_up(context: Context, text: str) -> bool:
    """Answer with whom the words ask for; False when they ask for nobody that is known. In an
    incident they must be plain about it: "找到人了" is news."""
    asked = _WHOM.fullmatch(text.strip())
    if asked is None:
        return False
    plain = bool(asked["gap"] or asked["space"])
    if not plain and await involved_in(context.turn, context.speaker):
        return False
    return await find(context, asked["whom"])


def points_to_plan(context: Context, text: str) -> bool:
    """Whether the words tell of something there is a plan for: whoever is asked for a name or a
    time may have an emergency instead."""
    return bool(plans_meant(context.desk.plans.values(), text))


async def offer(context: Context, held: Held, but: Collection[str] = ()) -> bool:
    """Offer the plans that the words point to, except those; False when there are none."""
    meant = plans_meant(context.desk.plans.values(), held.text)
    plans = [plan for plan in meant if plan.plan not in but][:OFFERED]
    if not plans:
        return False
    await said.keep(context.turn, context.speaker.person, held)
    text = _question(context, plans, "words.offer_besides" if but else "words.offer")
    rows = _links(context, plans)
    if context.speaker.private:
        rows = _buttons(context, plans)
    await context.reply(Message(text=text, buttons=rows))
    return True


async def offer_besides(context: Context, talk: Conversation, held: Held) -> None:
    """The words have been taken as an answer or a note; they may be about something else, too."""
    concerned = {
        incident.plan
        for incident in await involved_in(context.turn, context.speaker)
        if not _asked_for_often(context, incident.plan)
    }
    await offer(context, held, concerned | {talk.plan or ""})


def _asked_for_often(context: Context, plan: str) -> bool:
    """A request may be one of many: who has one under way may well want another."""
    known = context.desk.plans.get(plan)
    return known is not None and known.form


def _question(context: Context, plans: list[Plan], key: str) -> Html:
    lang = context.speaker.lang
    if len(plans) > 1:
        return say(lang, "words.offer_many")
    return say(lang, key, title=plans[0].title.in_(lang))


def _buttons(context: Context, plans: list[Plan]) -> tuple[tuple[Button, ...], ...]:
    lang = context.speaker.lang
    no = button(say(lang, "words.no"), "other")
    if len(plans) == 1:
        yes = (button(say(lang, "words.yes"), "plan", plans[0].plan), no)
        if not context.speaker.roster.may(context.speaker.person, "file_for"):
            return (yes,)
        return (yes, (button(say(lang, "keyboard.for"), "for_plan", plans[0].plan),))
    rows = [(button(f"{p.icon} {p.title.in_(lang)}", "plan", p.plan),) for p in plans]
    return (*rows, (no,))


def _links(context: Context, plans: list[Plan]) -> tuple[tuple[Button, ...], ...]:
    """In a group: to the private chat, where a phone can send its place."""
    lang = context.speaker.lang
    labels = [f"{plan.icon} {plan.title.in_(lang)}" for plan in plans]
    return tuple(
        (private_link(context, plan, label),) for plan, label in zip(plans, labels, strict=True)
    )


async def not_understood(context: Context, held: Held | None) -> None:
    """Say so, with what can be reported. What was sent goes along with a report that follows; of a
    file it is said, since nobody would send it twice."""
    if held is None or not held.file_id:
        if held is not None:
            await said.keep(context.turn, context.speaker.person, held)
        rows = tuple((b,) for b in plan_buttons(context))
        text = say(context.speaker.lang, "general.not_understood")
        await context.reply(Message(text=text, buttons=rows))
        return
    await _keep_file(context, held)


async def _keep_file(context: Context, held: Held) -> None:
    """With the plans that the words sent before it point to, else with all there are."""
    earlier = await said.said_by(context.turn, context.speaker.person)
    words = "\n".join(one.text for one in earlier)
    plans = list(plans_meant(context.desk.plans.values(), words))[:OFFERED]
    await said.keep(context.turn, context.speaker.person, held)
    minutes = context.reader.minutes(int(said.SAID_HOLDS.total_seconds()) // 60)
    text = say(context.speaker.lang, "words.file_kept", within=minutes)
    if plans:
        asked = Html(f"{text}\n{_question(context, plans, 'words.offer')}")
        await context.reply(Message(text=asked, buttons=_buttons(context, plans)))
        return
    rows = tuple((b,) for b in plan_buttons(context))
    await context.reply(Message(text=text, buttons=rows))


async def on_other(update: Update, context: Context, _: Pressed) -> None:
    """Not that: what was said belongs to no report."""
    context.toast(update)
    said.forget(context.turn, context.speaker.person)
    rows = tuple((b,) for b in plan_buttons(context))
    text = say(context.speaker.lang, "words.other")
    await context.reply(Message(text=text, buttons=rows))
