"""setMyCommands, getMyCommands, deleteMyCommands."""

import re
from typing import Any

from simulator import errors
from simulator.access import Right, reach
from simulator.commands import COMMAND, DEFAULT, MAX_COMMANDS, MAX_DESCRIPTION, ScopeKey
from simulator.methods.registry import Method, table
from simulator.params import Params, lenient_int
from simulator.world import World

WIDE = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
LANGUAGE = re.compile(r"[a-z]{2}")
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
    chat = reach(world, Params({"chat_id": scope["chat_id"]}), Right.READ)
    if chat.is_private and kind != "chat":
        raise errors.SCOPE_NOT_PRIVATE.error()
    user_id = lenient_int(scope.get("user_id", 0)) if kind == "chat_member" else 0
    if kind == "chat_member" and user_id <= 0:
        raise errors.BAD_SCOPE.error(detail="Invalid user_id specified")
    return kind, chat.id, user_id


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


def _language(params: Params) -> str:
    given = params.text("language_code")
    if given and not LANGUAGE.fullmatch(given):
        raise errors.BAD_LANGUAGE.error()
    return given


def set_my_commands(world: World, params: Params) -> Any:
    commands = params.parsed("commands", "commands")
    if not isinstance(commands, list):
        raise errors.BAD_COMMANDS.error()
    if len(commands) > MAX_COMMANDS:
        raise errors.COMMANDS_TOO_MANY.error()
    kept = [_command(command) for command in commands]
    scope, language = _scope(world, params), _language(params)
    if not world.commands.set(scope, language, kept):
        raise errors.NOT_SIMULATED.error(what="so many command lists")
    return True


def get_my_commands(world: World, params: Params) -> Any:
    return world.commands.get(_scope(world, params), _language(params))


def delete_my_commands(world: World, params: Params) -> Any:
    world.commands.set(_scope(world, params), _language(params), [])
    return True


METHODS = table(
    Method("setMyCommands", set_my_commands),
    Method("getMyCommands", get_my_commands),
    Method("deleteMyCommands", delete_my_commands),
)
