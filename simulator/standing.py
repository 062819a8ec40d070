"""How people and the bot stand in chats, and the updates a change makes. In: a change. Out: service
messages, `my_chat_member` and `chat_member` updates. Forbidden here: deciding who may change
what.
"""

from simulator.messages import Json
from simulator.people import OUTSIDE, Chat
from simulator.world import World

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_send_welcome_messages",
)


def member_shape(world: World, chat: Chat, user_id: int, status: str | None = None) -> Json:
    """The Bot API's ChatMember, as it stands or with another status."""
    status = status or chat.standing.get(user_id, "left")
    member: Json = {"status": status, "user": world.user_shape(user_id)}
    match status:
        case "creator":
            member["is_anonymous"] = False
        case "administrator":
            member |= {"can_be_edited": False, "is_anonymous": False, "can_promote_members": False}
            member |= dict.fromkeys(ADMIN_RIGHTS, True)
        case "kicked":
            member["until_date"] = 0
        case _:
            pass
    return member


def set_standing(world: World, chat: Chat, user_id: int, status: str, *, by: Json) -> None:
    """Change one member's status, as done by the User `by`: service message first, then the
    update.
    """
    old = chat.standing.get(user_id, "left")
    if old == status:
        return
    was_inside, is_inside = old not in OUTSIDE, status not in OUTSIDE
    before = member_shape(world, chat, user_id, old)
    user = world.user_shape(user_id)
    bot_was_there = chat.has(world.bot.id)
    chat.standing[user_id] = status
    if not chat.is_private and was_inside != is_inside:
        content: Json = {"new_chat_members": [user]} if is_inside else {"left_chat_member": user}
        shown = world.show(chat, by, content)
        if chat.has(world.bot.id) and by["id"] != world.bot.id:
            world.queue.add("message", shown.body, lane=chat.id)
    kind = "my_chat_member" if user_id == world.bot.id else "chat_member"
    if kind == "my_chat_member" or bot_was_there:
        world.queue.add(
            kind,
            {
                "chat": world.chat_shape(chat),
                "from": by,
                "date": world.clock.timestamp(),
                "old_chat_member": before,
                "new_chat_member": member_shape(world, chat, user_id),
            },
            lane=chat.id,
        )
    world.tell_chat(chat)
