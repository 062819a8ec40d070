"""deleteMessage, deleteMessages."""

from typing import Any

from simulator import errors
from simulator.access import Right, find_message, reach
from simulator.messages import Shown
from simulator.methods.registry import Method, table
from simulator.params import Params, lenient_int
from simulator.people import Chat
from simulator.world import World

DELETABLE_S = 48 * 3600
MAX_AT_ONCE = 100


def delete_message(world: World, params: Params) -> Any:
    chat = reach(world, params, Right.WRITE)
    shown = find_message(world, chat, params.integer("message_id", 0), "delete")
    _check(world, chat, shown)
    world.remove(shown)
    return True


def delete_messages(world: World, params: Params) -> Any:
    """Those that are not there are passed over."""
    chat = reach(world, params, Right.WRITE)
    ids = params.parsed("message_ids", "message identifiers")
    if not isinstance(ids, list) or not 1 <= len(ids) <= MAX_AT_ONCE:
        raise errors.MESSAGE_ID_EMPTY.error()
    found = [world.message(chat.id, lenient_int(message_id)) for message_id in ids]
    for shown in found:
        if shown is not None:
            _check(world, chat, shown)
    for shown in found:
        if shown is not None:
            world.remove(shown)
    return True


def _check(world: World, chat: Chat, shown: Shown) -> None:
    is_admin = world.bot_standing(chat) in {"administrator", "creator"}
    if not (shown.by_bot or chat.is_private or is_admin):
        raise errors.CANNOT_DELETE.error()
    if world.clock.timestamp() - shown.body["date"] > DELETABLE_S:
        raise errors.CANNOT_DELETE_FOR_ALL.error()


METHODS = table(
    Method("deleteMessage", delete_message),
    Method("deleteMessages", delete_messages),
)
