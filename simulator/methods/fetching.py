"""getMe, getFile, logOut, close: the bot about itself and its files."""

from typing import Any

from simulator import errors
from simulator.files import MAX_DOWNLOAD_BYTES
from simulator.methods.registry import Method, table
from simulator.params import Params
from simulator.world import World


def get_me(world: World, params: Params) -> Any:
    return {
        **world.bot.shape(),
        "can_join_groups": True,
        "can_read_all_group_messages": world.bot.reads_all,
        "supports_inline_queries": False,
        "supports_guest_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def get_file(world: World, params: Params) -> Any:
    file_id = params.text("file_id")
    if not file_id:
        raise errors.FILE_ID_EMPTY.error()
    stored = world.files.by_id(file_id)
    if stored is None:
        raise errors.FILE_ID_WRONG.error()
    if len(stored.data) > MAX_DOWNLOAD_BYTES:
        raise errors.FILE_TOO_BIG.error()
    return {**stored.shape(), "file_path": stored.path}


def log_out(world: World, params: Params) -> Any:
    world.logged_out = True
    return True


def close(world: World, params: Params) -> Any:
    return True


METHODS = table(
    Method("getMe", get_me),
    Method("getFile", get_file),
    Method("logOut", log_out),
    Method("close", close),
)
