"""setMyCommands, getMyCommands, deleteMyCommands."""

from typing import Any

from simulator import errors
from simulator.commands import COMMAND, DEFAULT, MAX_COMMANDS, MAX_DESCRIPTION, ScopeKey
from simulator.methods.registry import Method, table
from simulator.params import Params, lenient_int
from simulator.world import World

WIDE = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
NARROW = frozenset({"chat", "chat_administrators", "chat_member"})


def _scope(world: World, params: Params) -> ScopeKey:
    scope = params.parsed("scope", "BotCommandScope")
    if scope is None:
        return DEFAULT
    if not isinstance(scope, dict):
        raise errors.BAD_SCOPE.error(detail="BotCommandScope must be an Object")
    kind = str(scope.get("type"))
    if kind in WIDE:
        return kind, 0, 0
    if kind not in NARROW:
        raise errors.BAD_SCOPE.error(detail="Unsupported type specified")
    if not scope.get("chat_id"):
        raise errors.BAD_SCOPE.error(detail="Empty chat_id specified")
    chat_id = lenient_int(scope["chat_id"])
    if chat_id not in world.chats:
        raise errors.CHAT_NOT_FOUND.error()
    user_id = lenient_int(scope.get("user_id", 0)) if kind == "chat_member" else 0
    if kind == "chat_member" and user_id <= 0:
        raise errors.BAD_SCOPE.error(detail="Invalid user_id specified")
    return kind, chat_id, user_id


def _command(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise errors.BAD_COMMAND.error(detail="expected an Object")
    for name in ("command", "description"):
        if not isinstance(value.get(name), str):
            raise errors.BAD_COMMAND.error(detail=f'Can\'t find field "{name}"')
    command, description = value["command"].removeprefix("/"), value["description"]
    if not COMMAND.fullmatch(command):
        raise errors.COMMAND_INVALID.error()
    if not 1 <= len(description) <= MAX_DESCRIPTION:
        raise errors.COMMAND_DESCRIPTION_INVALID.error()
    return {"command": command, "description": description}


def _tell(world: World, scope: ScopeKey) -> None:
    """Show the changed menus: of one chat for a narrow scope, of all for a wide one."""
    _, chat_id, _ = scope
    for chat in [world.chats[chat_id]] if chat_id else world.chats.values():
        world.tell_chat(chat)


def set_my_commands(world: World, params: Params) -> Any:
    commands = params.parsed("commands", "commands")
    if not isinstance(commands, list):
        raise errors.BAD_COMMANDS.error()
    if len(commands) > MAX_COMMANDS:
        raise errors.COMMANDS_TOO_MANY.error()
    kept = [_command(command) for command in commands]
    scope = _scope(world, params)
    world.commands.set(scope, params.text("language_code"), kept)
    _tell(world, scope)
    return True


def get_my_commands(world: World, params: Params) -> Any:
    return world.commands.get(_scope(world, params), params.text("language_code"))


def delete_my_commands(world: World, params: Params) -> Any:
    scope = _scope(world, params)
    world.commands.set(scope, params.text("language_code"), [])
    _tell(world, scope)
    return True


METHODS = table(
    Method("setMyCommands", set_my_commands),
    Method("getMyCommands", get_my_commands),
    Method("deleteMyCommands", delete_my_commands),
)
