"""Building: PTB's application with every handler in its place.

In: a bot and the plans in force. Out: an application whose `process_update` runs one update inside
the turn of the scene. Forbidden here: PTB's updater, job queue, persistence, `block=False`.
"""

from telegram import Update
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    ExtBot,
    MessageHandler,
    TypeHandler,
    filters,
)

from handlers import fleet, gate, hello, menus, messages, phones, presses
from handlers.broadcasting import composing
from handlers.command import major
from handlers.context import SCENE, App, Context
from handlers.desk import Desk
from handlers.directing import (
    cancelling,
    filing,
    handing,
    merging,
    ordered,
    ordering,
    reassigning,
)
from handlers.directory import importing, outside, papers, searching
from handlers.duty import coverage, presence, rota
from handlers.duty import words as duty_words
from handlers.groups import listing, membership, moving
from handlers.incidents import levels, lists
from handlers.keyboard import KeyboardPressed
from handlers.registration import claim, people, phone
from handlers.reporting import live_places, raising
from handlers.stores import listing as stores_listing

_GATE, _HEARD, _MAIN, _AFTER, _LAST = -2, -1, 0, 1, 2

# Muster's own; no plan may take one of these names.
OWN_COMMANDS = {
    "start": hello.on_start,
    "help": menus.on_help,
    "id": hello.on_id,
    "language": hello.on_language,
    "mine": lists.on_mine,
    "incidents": lists.on_incidents,
    "incident": lists.on_incident,
    "duty": duty_words.on_duty,
    "coverage": coverage.on_coverage,
    "rota": rota.on_rota,
    "call": phones.on_call,
    "vehicles": fleet.on_vehicles,
    "stores": stores_listing.on_stores,
    "cancel": cancelling.on_cancel,
    "for": filing.on_for,
    "merge": merging.on_merge,
    "level": levels.on_level,
    "major": major.on_major,
    "briefing": major.on_briefing,
    "reassign": reassigning.on_reassign,
    "handover": handing.on_handover,
    "direct": ordering.on_direct,
    "directs": ordered.on_directs,
    "broadcast": composing.on_broadcast,
    "claim": claim.on_command,
    "people": people.on_command,
    "groups": listing.on_groups,
    "unbind": listing.on_unbind,
    "phone": phone.on_command,
    "import": papers.on_import,
    "export": papers.on_export,
    "who": searching.on_who,
    "contacts": outside.on_contacts,
    "customers": outside.on_customers,
}


def build_application(bot: ExtBot[None], desk: Desk) -> App:
    """The application, not yet initialised."""
    types = ContextTypes(context=Context, bot_data=dict, chat_data=dict, user_data=dict)
    application: App = (
        ApplicationBuilder().bot(bot).updater(None).job_queue(None).context_types(types).build()
    )
    application.add_handler(TypeHandler(Update, gate.identify), _GATE)
    application.add_handler(TypeHandler(Update, presence.hear), _HEARD)
    _add_service(application)
    _add_commands(application, desk)
    tables = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & importing.TABLE
    application.add_handler(MessageHandler(tables, importing.on_table), _MAIN)
    application.add_handler(CallbackQueryHandler(presses.on_press), _MAIN)
    application.add_handler(
        MessageHandler(filters.UpdateType.EDITED_MESSAGE & filters.LOCATION, live_places.on_moved),
        _MAIN,
    )
    application.add_handler(
        MessageHandler(filters.UpdateType.EDITED_MESSAGE & ~filters.LOCATION, messages.on_edited),
        _MAIN,
    )
    contact = filters.UpdateType.MESSAGE & filters.CONTACT
    application.add_handler(MessageHandler(contact, phone.on_contact), _MAIN)
    application.add_handler(
        MessageHandler(filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL, messages.on_message),
        _MAIN,
    )
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE, menus.keep_up), _AFTER)
    application.add_handler(CallbackQueryHandler(menus.keep_up), _AFTER)
    application.add_handler(TypeHandler(Update, presence.notice), _LAST)
    application.add_error_handler(_failed)
    return application


def _add_service(application: App) -> None:
    application.add_handler(ChatMemberHandler(membership.on_my_membership), _MAIN)
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, moving.on_migrated), _MAIN)


def _add_commands(application: App, desk: Desk) -> None:
    raised = {plan.command: raising.on_command for plan in desk.plans.values()}
    commands = {**raised, **OWN_COMMANDS}
    fresh = filters.UpdateType.MESSAGE
    for name, handler in commands.items():
        application.add_handler(CommandHandler(name, handler, filters=fresh), _MAIN)
    pressed = KeyboardPressed(desk.plans)

    async def on_label(update: Update, context: Context) -> None:
        await commands[pressed.command(update.message)](update, context)

    private = fresh & filters.ChatType.PRIVATE
    application.add_handler(MessageHandler(private & pressed, on_label), _MAIN)


async def _failed(_: object, context: Context) -> None:
    """PTB swallows handlers' exceptions; the turn must not."""
    SCENE.get().error = context.error
