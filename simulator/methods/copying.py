"""forwardMessage, copyMessage."""

from typing import Any

from simulator import errors
from simulator.access import Right, find_message, reach
from simulator.formatted import read_caption
from simulator.messages import Json, Shown
from simulator.methods.posting import post
from simulator.methods.registry import Method, table
from simulator.params import Params
from simulator.world import World

CONTENT = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "photo",
    "document",
    "voice",
    "location",
    "venue",
    "contact",
)
CAPTIONED = ("photo", "document", "voice")


def _source(world: World, params: Params, verb: str) -> Shown:
    chat = reach(world, params, Right.READ, "from_chat_id")
    return find_message(world, chat, params.integer("message_id", 0), verb)


def _content(shown: Shown) -> Json:
    return {key: shown.body[key] for key in CONTENT if key in shown.body}


def _is_muted(world: World, params: Params) -> bool:
    return world.bot_standing(reach(world, params, Right.WRITE)) == "restricted"


def forward_message(world: World, params: Params) -> Any:
    shown = _source(world, params, "forward")
    content = _content(shown)
    if not content or shown.body.get("has_protected_content") or _is_muted(world, params):
        raise errors.CANNOT_FORWARD.error()
    origin = shown.body.get("forward_origin") or {
        "type": "user",
        "sender_user": shown.body["from"],
        "date": shown.body["date"],
    }
    return post(world, params, {**content, "forward_origin": origin})


def copy_message(world: World, params: Params) -> Any:
    shown = _source(world, params, "copy")
    content = _content(shown)
    if not content or shown.body.get("has_protected_content") or _is_muted(world, params):
        raise errors.CANNOT_COPY.error()
    if params.has("caption") and any(kind in content for kind in CAPTIONED):
        content |= read_caption(params, world.people)
    return {"message_id": post(world, params, content)["message_id"]}


METHODS = table(
    Method("forwardMessage", forward_message, counted=True),
    Method("copyMessage", copy_message, counted=True),
)
