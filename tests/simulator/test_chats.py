"""getChat and its kin, pinning, command lists."""

from typing import Any

import pytest

from simulator import Simulator, StageError
from tests.simulator.bare_bot import BareBot
from tests.simulator.conftest import ANNA, BO, CAI, DEPOT


async def test_chats_and_members(sim: Simulator, bot: BareBot) -> None:
    chat = await bot.call("getChat", chat_id=DEPOT)
    assert (chat["title"], chat["type"]) == ("Depot", "supergroup")
    assert (await bot.call("getChat", chat_id=ANNA))["username"] == "anna_t"
    assert await bot.call("getChatMemberCount", chat_id=DEPOT) == 3
    assert await bot.call("getChatMemberCount", chat_id=ANNA) == 2
    sim.stage.promote(BO, DEPOT)
    administrators = await bot.call("getChatAdministrators", chat_id=DEPOT)
    assert [(one["user"]["id"], one["status"]) for one in administrators] == [
        (ANNA, "creator"),
        (BO, "administrator"),
    ]
    cai = await bot.call("getChatMember", chat_id=DEPOT, user_id=CAI)
    assert cai["status"] == "left"
    refused = bot.refused
    assert await refused("getChatMember", chat_id=DEPOT, user_id=5) == (
        "Bad Request: PARTICIPANT_ID_INVALID"
    )
    assert await refused("getChatAdministrators", chat_id=ANNA) == (
        "Bad Request: there are no administrators in the private chat"
    )


async def test_pinning_needs_rights_in_groups(sim: Simulator, bot: BareBot) -> None:
    card = await bot.send(DEPOT, "card")
    where = {"chat_id": DEPOT, "message_id": card["message_id"]}
    no_rights = "Bad Request: not enough rights to manage pinned messages in the chat"
    assert await bot.refused("pinChatMessage", **where) == no_rights
    sim.stage.promote(sim.world.bot.id, DEPOT)
    assert await bot.call("pinChatMessage", **where) is True
    assert await bot.call("pinChatMessage", **where) is True
    pinned = sim.world.last(DEPOT)
    assert pinned is not None
    assert pinned.body["pinned_message"]["text"] == "card"
    chat = await bot.call("getChat", chat_id=DEPOT)
    assert chat["pinned_message"]["text"] == "card"
    assert await bot.call("unpinChatMessage", chat_id=DEPOT) is True
    assert await bot.refused("unpinChatMessage", chat_id=DEPOT) == (
        "Bad Request: message to unpin not found"
    )


def command(name: str, description: str = "does it") -> dict[str, str]:
    return {"command": name, "description": description}


async def test_command_lists_are_kept_by_scope_and_language(bot: BareBot) -> None:
    await bot.call("setMyCommands", commands=[command("help")])
    here = {"type": "chat", "chat_id": ANNA}
    await bot.call("setMyCommands", commands=[command("boss")], scope=here, language_code="zh")
    assert await bot.call("getMyCommands") == [command("help")]
    assert await bot.call("getMyCommands", scope=here) == []
    assert await bot.call("getMyCommands", scope=here, language_code="zh") == [command("boss")]
    await bot.call("deleteMyCommands", scope=here, language_code="zh")
    assert await bot.call("getMyCommands", scope=here, language_code="zh") == []


SCOPES: list[dict[str, Any]] = [
    {"type": "default"},
    {"type": "all_group_chats"},
    {"type": "all_chat_administrators"},
    {"type": "chat", "chat_id": DEPOT},
    {"type": "chat_administrators", "chat_id": DEPOT},
    {"type": "chat_member", "chat_id": DEPOT, "user_id": ANNA},
]
"""Of a group, widest first."""


async def test_the_narrowest_scope_wins_and_in_it_the_language(
    sim: Simulator, bot: BareBot
) -> None:
    """Anna is the group's creator, Bo a plain member; both speak Chinese."""
    menus = []
    for number, scope in enumerate(SCOPES):
        for language in ("", "zh"):
            listed = [command(f"c{number}{language}")]
            await bot.call("setMyCommands", commands=listed, scope=scope, language_code=language)
            both = [sim.stage.menu(who, DEPOT)[0][0] for who in (ANNA, BO)]
            menus.append(both)
    assert menus == [
        ["c0", "c0"],
        ["c0zh", "c0zh"],
        ["c1", "c1"],
        ["c1zh", "c1zh"],
        ["c2", "c1zh"],
        ["c2zh", "c1zh"],
        ["c3", "c3"],
        ["c3zh", "c3zh"],
        ["c4", "c3zh"],
        ["c4zh", "c3zh"],
        ["c5", "c3zh"],
        ["c5zh", "c3zh"],
    ]
    sim.stage.set_language(ANNA, "en")
    assert sim.stage.menu(ANNA, DEPOT) == [("c5", "does it")]
    sim.stage.promote(BO, DEPOT)
    assert sim.stage.menu(BO, DEPOT) == [("c4zh", "does it")]


async def test_menus_in_private(sim: Simulator, bot: BareBot) -> None:
    assert sim.stage.menu(ANNA, ANNA) == []
    await bot.call("setMyCommands", commands=[command("help")])
    await bot.call(
        "setMyCommands", commands=[command("zh")], language_code="zh",
        scope={"type": "all_private_chats"},
    )  # fmt: skip
    await bot.call(
        "setMyCommands", commands=[command("boss")], scope={"type": "chat", "chat_id": ANNA}
    )
    sim.stage.set_language(CAI, "en")
    menus = {who: sim.stage.menu(who, who)[0][0] for who in (ANNA, BO, CAI)}
    assert menus == {ANNA: "boss", BO: "zh", CAI: "help"}
    with pytest.raises(StageError, match="not in that chat"):
        sim.stage.menu(ANNA, BO)


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({}, "Bad Request: expected an Array of BotCommand"),
        ({"commands": ["x"]}, "Bad Request: can't parse BotCommand: expected an Object"),
        ({"commands": [{"command": "x"}]},
         'Bad Request: can\'t parse BotCommand: Can\'t find field "description"'),
        ({"commands": [command("报告")]}, "Bad Request: BOT_COMMAND_INVALID"),
        ({"commands": [command("Report")]}, "Bad Request: BOT_COMMAND_INVALID"),
        ({"commands": [command("x", "")]}, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [command("x", "x" * 257)]},
         "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [command("x")] * 101}, "Bad Request: BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [], "scope": []},
         "Bad Request: can't parse BotCommandScope: BotCommandScope must be an Object"),
        ({"commands": [], "scope": {"type": "moon"}},
         "Bad Request: can't parse BotCommandScope: Unsupported type specified"),
        ({"commands": [], "scope": {"type": "chat"}},
         "Bad Request: can't parse BotCommandScope: Empty chat_id specified"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 999}},
         "Bad Request: chat not found"),
        ({"commands": [], "scope": {"type": "chat_member", "chat_id": DEPOT}},
         "Bad Request: can't parse BotCommandScope: Invalid user_id specified"),
        ({"commands": [], "scope": {"type": "chat_administrators", "chat_id": ANNA}},
         "Bad Request: can't use specified scope in private chats"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": CAI}},
         "Bad Request: chat not found"),
        ({"commands": [], "language_code": "zh-hans"},
         "Bad Request: invalid language code specified"),
    ],
)  # fmt: skip
async def test_command_lists_that_are_refused(
    bot: BareBot, params: dict[str, Any], refusal: str
) -> None:
    assert await bot.refused("setMyCommands", **params) == refusal
