"""What of a group a bot gets to see. In: a message. Out: yes or no, by Telegram's privacy mode.
Changes nothing.
"""

from simulator.messages import Json
from simulator.people import Chat
from simulator.world import World

SERVICE = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "pinned_message",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "new_chat_title",
        "group_chat_created",
        "supergroup_chat_created",
    }
)


def is_seen(world: World, chat: Chat, content: Json) -> bool:
    """Whether a person's message makes an update: in private always; in a group when it is a
    command for this bot, a reply to it or a service message, or when the bot is an administrator
    or runs without privacy mode.
    """
    if chat.is_private:
        return True
    standing = world.bot_standing(chat)
    if standing in {"left", "kicked"}:
        return False
    if world.bot.reads_all or standing == "administrator" or SERVICE & content.keys():
        return True
    replied = content.get("reply_to_message", {}).get("from", {}).get("id")
    return replied == world.bot.id or _is_command_for(world, content)


def _is_command_for(world: World, content: Json) -> bool:
    text = content.get("text") or content.get("caption") or ""
    entities = content.get("entities") or content.get("caption_entities") or []
    for entity in entities:
        if entity["type"] == "bot_command" and entity["offset"] == 0:
            _, _, addressed = text[: entity["length"]].partition("@")
            return not addressed or addressed.lower() == world.bot.username.lower()
    return False
