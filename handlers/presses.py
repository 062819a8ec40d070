"""Presses: every inline button, by its verb.

In: callback queries. Out: the handler for the verb called; a press that fits nothing answered.
Forbidden here: what the buttons do.
"""

from collections.abc import Awaitable, Callable

from telegram import Update

from handlers import fleet, hello
from handlers.approving import pressed as approving
from handlers.areas import asking as areas
from handlers.broadcasting import after, composing, hearing
from handlers.broadcasting import steps as broadcast_steps
from handlers.buttons import Pressed, Verb, read_button
from handlers.command import major
from handlers.command import pressed as command
from handlers.context import Context
from handlers.directing import (
    cancelling,
    filing,
    handing,
    merging,
    ordering,
    sparing,
    stranding,
    taking,
    ticking,
)
from handlers.directory import cards, conduct, importing, outside, searching, stale
from handlers.duty import coverage as duty_coverage
from handlers.duty import pressed as duty
from handlers.duty import rota
from handlers.form import pressed as form
from handlers.groups import binding, listing
from handlers.incidents import levels, lists, notes
from handlers.registration import decisions, people, person_card, posts, visits
from handlers.reporting import adopting, answer_buttons, raising
from handlers.reporting import plain_words as words
from handlers.steps import buttons as step_buttons
from handlers.steps import call_sheets, calling, copying, not_done
from handlers.stores import card as stores_card
from handlers.stores import goods as stores_goods
from handlers.stores import listing as stores_listing

Handler = Callable[[Update, Context, Pressed], Awaitable[None]]


async def _drop(update: Update, context: Context, _: Pressed) -> None:
    await raising.on_drop(update, context)


HANDLERS: dict[Verb, tuple[Handler, int]] = {
    "ack": (step_buttons.on_acknowledge, 2),
    "done": (step_buttons.on_complete, 2),
    "all": (step_buttons.on_all_called, 3),
    "only": (step_buttons.on_complete_without, 2),
    "no": (step_buttons.on_decline, 2),
    "why": (step_buttons.on_reason, 3),
    "still": (step_buttons.on_never_mind, 2),
    "give": (step_buttons.on_hand_over, 2),
    "to": (step_buttons.on_handed, 3),
    "agree": (approving.on_agree, 3),
    "deny": (approving.on_deny, 3),
    "fewer": (approving.on_fewer, 3),
    "swap": (sparing.on_swap, 2),
    "again": (step_buttons.on_search_again, 2),
    "ok": (step_buttons.on_all_right, 2),
    "called": (calling.on_called, 3),
    "quiet": (calling.on_no_answer, 3),
    "calls": (calling.on_list, 3),
    "sheet": (call_sheets.on_sheet, 2),
    "parts": (not_done.on_parts, 3),
    "copy": (copying.on_copy, 2),
    "adopt": (adopting.on_adopt, 3),
    "fact": (answer_buttons.on_fact_pressed, 3),
    "said": (answer_buttons.on_said_pressed, 3),
    "leaf": (answer_buttons.on_leaf_pressed, 3),
    "form": (form.on_form, 3),
    "fill": (form.on_fill, 3),
    "skip": (answer_buttons.on_skip_pressed, 2),
    "back": (answer_buttons.on_back_pressed, 1),
    "ask": (answer_buttons.on_correct_pressed, 2),
    "fix": (lists.on_correct, 1),
    "area": (areas.on_area_pressed, 3),
    "plan": (raising.on_plan_pressed, 1),
    "moved": (raising.on_moved_pressed, 1),
    "note": (notes.on_note_pressed, 1),
    "drop": (_drop, 0),
    "other": (words.on_other, 0),
    "show": (lists.on_show_pressed, 1),
    "lang": (hello.on_language_pressed, 1),
    "veh": (fleet.on_vehicle_pressed, 1),
    "vset": (fleet.on_set_pressed, 2),
    "table": (importing.on_pressed, 2),
    "who": (searching.on_page, 2),
    "card": (cards.on_card, 2),
    "contacts": (outside.on_contacts_pressed, 2),
    "customers": (outside.on_customers_pressed, 2),
    "entry": (cards.on_entry, 3),
    "conduct": (conduct.on_pressed, 3),
    "stores": (stores_listing.on_pressed, 2),
    "shelf": (stores_card.on_pressed, 3),
    "goods": (stores_goods.on_pressed, 3),
    "stale": (stale.on_pressed, 3),
    "duty": (duty.on_duty_pressed, 3),
    "cover": (duty_coverage.on_coverage_pressed, 3),
    "rota": (rota.on_rota_pressed, 2),
    "for_plan": (filing.on_plan_pressed, 1),
    "for_who": (filing.on_who_pressed, 2),
    "for_now": (filing.on_start_without, 2),
    "spare": (sparing.on_chosen, 3),
    "merge": (merging.on_pressed, 2),
    "undo": (cancelling.on_pressed, 2),
    "absent": (stranding.on_absent, 1),
    "from": (ticking.on_from, 1),
    "tick": (ticking.on_tick, 3),
    "whom": (ticking.on_whom, 1),
    "give_to": (ticking.on_give_to, 2),
    "take_all": (taking.on_take_all, 0),
    "take_in": (taking.on_take_in, 1),
    "mine": (lists.on_mine_pressed, 0),
    "hand_to": (handing.on_chosen, 1),
    "relieve": (handing.on_relieve, 1),
    "level": (levels.on_pressed, 3),
    "raise": (levels.on_raise, 3),
    "major": (major.on_major_pressed, 2),
    "hq": (command.on_hq_pressed, 3),
    "order": (ordering.on_pressed, 2),
    "cast": (composing.on_pressed, 3),
    "sent": (after.on_pressed, 3),
    "heard": (hearing.on_heard, 1),
    "spread": (broadcast_steps.on_pressed, 2),
    "reg": (visits.on_pressed_by_member, 2),
    "apply": (decisions.on_pressed, 2),
    "people": (people.on_pressed, 2),
    "found": (people.on_found_pressed, 2),
    "person": (person_card.on_pressed, 2),
    "posts": (posts.on_posts, 2),
    "postin": (posts.on_department, 3),
    "postas": (posts.on_role, 3),
    "post": (posts.on_post, 3),
    "rank": (posts.on_rank, 3),
    "bindin": (binding.on_region, 3),
    "bind": (binding.on_department, 3),
    "rebind": (binding.on_replace, 3),
    "groups": (listing.on_pressed, 2),
}
NAMES_NO_INCIDENT = (
    "cover",
    "rota",
    "table",
    "who",
    "card",
    "contacts",
    "customers",
    "entry",
    "conduct",
    "stores",
    "shelf",
    "goods",
    "stale",
    "duty",
    "plan",
    "drop",
    "other",
    "lang",
    "veh",
    "vset",
    "for_plan",
    "for_who",
    "for_now",
    "absent",
    "from",
    "tick",
    "whom",
    "give_to",
    "take_all",
    "hand_to",
    "relieve",
    "order",
    "mine",
    "cast",
    "sent",
    "heard",
    "reg",
    "apply",
    "people",
    "found",
    "person",
    "posts",
    "postin",
    "postas",
    "post",
    "rank",
    "bindin",
    "bind",
    "rebind",
    "groups",
)


async def on_press(update: Update, context: Context) -> None:
    """Any inline button; what it carries is data, never trusted."""
    query = update.callback_query
    pressed = read_button(query.data or "") if query else None
    if pressed is None or not _fits(pressed):
        context.refuse(update, "refusals.old_button")
        return
    handler, _ = HANDLERS[pressed.verb]
    await handler(update, context, pressed)


def _fits(pressed: Pressed) -> bool:
    _, count = HANDLERS[pressed.verb]
    if len(pressed.args) != count:
        return False
    return pressed.verb in NAMES_NO_INCIDENT or (
        pressed.args[0].isdecimal() and len(pressed.args[0]) < 10
    )
