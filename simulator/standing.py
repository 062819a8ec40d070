"""How people and the bot stand in chats, and the updates a change makes. In: a change. Out: service
messages, `my_chat_member` and `chat_member` updates. Forbidden here: deciding who may change
what.
"""

from simulator.messages import Json
from simulator.people import ANONYMOUS_ADMIN, COMMANDING, OUTSIDE, Chat
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
SEND_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
)
OTHER_RIGHTS = (
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


def member_shape(world: World, chat: Chat, user_id: int, status: str | None = None) -> Json:
    """The Bot API's ChatMember, as it stands or with another status."""
    status = status or chat.standing.get(user_id, "left")
    member: Json = {"status": status, "user": world.user_shape(user_id)}
    match status:
        case "creator":
            member["is_anonymous"] = user_id in chat.anonymous
        case "administrator":
            member |= {"can_be_edited": False, "can_promote_members": False}
            member |= {"is_anonymous": user_id in chat.anonymous}
            member |= dict.fromkeys(ADMIN_RIGHTS, True)
        case "restricted":
            member |= {"is_member": True, "until_date": 0}
            member |= dict.fromkeys(SEND_RIGHTS + OTHER_RIGHTS, False)
        case "kicked":
            member["until_date"] = 0
        case _:
            pass
    return member


def set_standing(
    world: World, chat: Chat, user_id: int, status: str, *, by: Json, told: bool = True
) -> None:
    """Change one member's status, as done by the User `by`: service message first, then the
    update. Not `told`: no service message, as at a group's creation.
    """
    old = chat.standing.get(user_id, "left")
    if old == status:
        return
    was_inside, is_inside = old not in OUTSIDE, status not in OUTSIDE
    before = member_shape(world, chat, user_id, old)
    bot_was_there = chat.has(world.bot.id)
    chat.standing[user_id] = status
    if status not in COMMANDING:
        chat.anonymous.discard(user_id)
    if told and was_inside != is_inside:
        _tell_chat(world, chat, user_id, by, is_inside=is_inside)
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


def _tell_chat(world: World, chat: Chat, user_id: int, by: Json, *, is_inside: bool) -> None:
    """The line in the chat. In a plain group everybody holds the history, so a bot that was put out
    still gets it; in a supergroup it does not.
    """
    user = world.user_shape(user_id)
    content: Json = {"new_chat_members": [user]} if is_inside else {"left_chat_member": user}
    if by["id"] == ANONYMOUS_ADMIN["id"]:
        content["sender_chat"] = world.chat_shape(chat)
    shown = world.show(chat, by, content)
    gets_it = chat.has(world.bot.id) or (user_id == world.bot.id and chat.kind == "group")
    if gets_it and by["id"] != world.bot.id:
        world.queue.add("message", shown.body, lane=chat.id)
