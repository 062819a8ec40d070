"""editMessageText, -Caption, -ReplyMarkup, -LiveLocation, stopMessageLiveLocation: of the bot's own
messages.
"""

from typing import Any

from simulator import errors
from simulator.access import Right, find_message, reach
from simulator.formatted import read_caption, read_text
from simulator.markup import read_inline_markup
from simulator.messages import Json, Shown
from simulator.methods.registry import Method, table
from simulator.methods.sending import FOREVER_LIVE_S, check_live_period, read_location
from simulator.params import Params
from simulator.world import World

MEDIA = ("photo", "document", "voice")


def _own_message(world: World, params: Params) -> Shown:
    if not params.has("chat_id") and not params.has("message_id"):
        if params.has("inline_message_id"):
            raise errors.NOT_SIMULATED.error(what="inline messages")
        raise errors.MESSAGE_ID_EMPTY.error()
    chat = reach(world, params, Right.EDIT)
    shown = find_message(world, chat, params.integer("message_id", 0), "edit")
    if not shown.by_bot or "forward_origin" in shown.body:
        raise errors.CANNOT_EDIT.error()
    return shown


def _apply(world: World, shown: Shown, changes: Json) -> Json:
    """Make the changes; 400 when there are none, as Telegram insists."""
    if all(shown.body.get(key) == value for key, value in changes.items()):
        raise errors.NOT_MODIFIED.error()
    world.change(shown, changes)
    return shown.body


def edit_text(world: World, params: Params) -> Any:
    changes = read_text(params, world.people, errors.EDIT_TOO_LONG)
    shown = _own_message(world, params)
    if "text" not in shown.body:
        raise errors.NO_TEXT_TO_EDIT.error()
    return _apply(world, shown, {**changes, "reply_markup": read_inline_markup(params)})


def edit_caption(world: World, params: Params) -> Any:
    changes = read_caption(params, world.people)
    shown = _own_message(world, params)
    if not any(kind in shown.body for kind in MEDIA):
        raise errors.NO_CAPTION_TO_EDIT.error()
    return _apply(world, shown, {**changes, "reply_markup": read_inline_markup(params)})


def edit_markup(world: World, params: Params) -> Any:
    shown = _own_message(world, params)
    return _apply(world, shown, {"reply_markup": read_inline_markup(params)})


def _live_message(world: World, params: Params) -> Shown:
    shown = _own_message(world, params)
    period_s = shown.body.get("location", {}).get("live_period")
    if period_s is None:
        raise errors.CANNOT_EDIT.error()
    if period_s != FOREVER_LIVE_S and world.clock.timestamp() > shown.body["date"] + period_s:
        raise errors.CANNOT_EDIT.error()
    return shown


def edit_live_location(world: World, params: Params) -> Any:
    location = read_location(params)
    shown = _live_message(world, params)
    period_s = params.integer("live_period", shown.body["location"]["live_period"])
    check_live_period(period_s)
    location["live_period"] = period_s
    changes = {"location": location, "reply_markup": read_inline_markup(params)}
    return _apply(world, shown, changes)


def stop_live_location(world: World, params: Params) -> Any:
    shown = _live_message(world, params)
    location = {k: v for k, v in shown.body["location"].items() if k != "live_period"}
    changes = {"location": location, "reply_markup": read_inline_markup(params)}
    return _apply(world, shown, changes)


METHODS = table(
    Method("editMessageText", edit_text, counted=True),
    Method("editMessageCaption", edit_caption, counted=True),
    Method("editMessageReplyMarkup", edit_markup, counted=True),
    Method("editMessageLiveLocation", edit_live_location, counted=True),
    Method("stopMessageLiveLocation", stop_live_location, counted=True),
)
