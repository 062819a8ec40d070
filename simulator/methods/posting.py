"""The last steps every sending method shares: reply, keyboard, posting. In: content. Out: the
message shown.
"""

from simulator import errors
from simulator.access import Right, find_replied, reach
from simulator.markup import read_markup
from simulator.messages import Json, Shown
from simulator.params import Params
from simulator.people import Chat
from simulator.world import World

NOT_SIMULATED = (
    "business_connection_id",
    "direct_messages_topic_id",
    "message_thread_id",
    "suggested_post_parameters",
)
NAMED = {
    "text": "text messages",
    "photo": "photos",
    "document": "documents",
    "voice": "voice notes",
    "contact": "contacts",
    "venue": "venues",
    "location": "locations",
}


def post(world: World, params: Params, content: Json) -> Json:
    """Post `content` (keys with None left out) as the bot; the Message that the bot is told."""
    for name in NOT_SIMULATED:
        if params.has(name):
            raise errors.NOT_SIMULATED.error(what=name)
    chat = reach(world, params, Right.WRITE)
    check_sending(world, chat, content)
    markup = read_markup(params, private=chat.is_private)
    reply = find_replied(world, chat, params)
    kept = {key: value for key, value in content.items() if value is not None}
    if markup is not None and "inline_keyboard" in markup:
        kept["reply_markup"] = markup
    if params.flag("protect_content"):
        kept["has_protected_content"] = True
    silent = params.flag("disable_notification")
    shown = world.show(chat, world.bot.shape(), {**reply, **kept}, silent=silent)
    if markup is not None and "inline_keyboard" not in markup:
        _show_keyboard(world, chat, shown, markup)
    return shown.body


def check_sending(world: World, chat: Chat, content: Json) -> None:
    """ApiError when the bot's right to write in a group was taken away."""
    if world.bot_standing(chat) == "restricted":
        what = next(words for kind, words in NAMED.items() if kind in content)
        raise errors.NO_SEND_RIGHTS.error(what=what)


def _show_keyboard(world: World, chat: Chat, shown: Shown, markup: Json) -> None:
    for person_id in _addressed(world, chat, shown, markup):
        if "remove_keyboard" in markup:
            world.set_keyboard(chat, person_id, None)
        else:
            world.set_keyboard(chat, person_id, {**markup, "message_id": shown.message_id})


def _addressed(world: World, chat: Chat, shown: Shown, markup: Json) -> list[int]:
    """Whom a keyboard is for: all members, or, when selective, those mentioned and the one replied
    to.
    """
    members = [user_id for user_id in chat.members if user_id in world.people]
    if not markup.get("selective") or chat.is_private:
        return members
    chosen = {shown.body.get("reply_to_message", {}).get("from", {}).get("id")}
    units = shown.text.encode("utf-16-le")
    for entity in shown.body.get("entities", []):
        begin, end = entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2
        if entity["type"] == "text_mention":
            chosen.add(entity["user"]["id"])
        elif entity["type"] == "mention":
            chosen.add(units[begin:end].decode("utf-16-le").removeprefix("@").lower())
    return [
        user_id
        for user_id in members
        if user_id in chosen or (world.people[user_id].username or "").lower() in chosen
    ]
