"""sendMessage, sendLocation, sendVenue, sendContact, sendChatAction."""

from typing import Any

from simulator import errors
from simulator.access import Right, reach
from simulator.formatted import read_text
from simulator.methods.posting import post
from simulator.methods.registry import Method, table
from simulator.params import Params
from simulator.world import World

MIN_LIVE_S, MAX_LIVE_S, FOREVER_LIVE_S = 60, 86_400, 0x7FFFFFFF
MAX_VCARD_BYTES = 2048
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(world: World, params: Params) -> Any:
    return post(world, params, read_text(params, world.people, errors.MESSAGE_TOO_LONG))


def read_location(params: Params) -> dict[str, Any]:
    """The Location object of a call; ApiError when it is not on Earth."""
    latitude, longitude = params.number("latitude"), params.number("longitude")
    if latitude is None:
        raise errors.LATITUDE_EMPTY.error()
    if longitude is None:
        raise errors.LONGITUDE_EMPTY.error()
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise errors.BAD_LOCATION.error()
    location: dict[str, Any] = {"latitude": latitude, "longitude": longitude}
    accuracy = params.number("horizontal_accuracy")
    if accuracy:
        location["horizontal_accuracy"] = accuracy
    return location


def check_live_period(period_s: int) -> None:
    if not (MIN_LIVE_S <= period_s <= MAX_LIVE_S or period_s == FOREVER_LIVE_S):
        raise errors.BAD_LIVE_PERIOD.error()


def send_location(world: World, params: Params) -> Any:
    location = read_location(params)
    period_s = params.integer("live_period", 0)
    if period_s:
        check_live_period(period_s)
        location["live_period"] = period_s
    return post(world, params, {"location": location})


def send_venue(world: World, params: Params) -> Any:
    location = read_location(params)
    venue = {
        "location": location,
        "title": _required(params, "title"),
        "address": _required(params, "address"),
    }
    return post(world, params, {"location": location, "venue": venue})


def send_contact(world: World, params: Params) -> Any:
    contact = {
        "phone_number": _required(params, "phone_number"),
        "first_name": _required(params, "first_name"),
    }
    for name in ("last_name", "vcard"):
        if params.has(name):
            contact[name] = params.text(name)
    if len(params.text("vcard").encode()) > MAX_VCARD_BYTES:
        raise errors.VCARD_TOO_LONG.error()
    return post(world, params, {"contact": contact})


def send_chat_action(world: World, params: Params) -> Any:
    action = params.text("action").lower()
    if action not in ACTIONS:
        raise errors.BAD_ACTION.error()
    chat = reach(world, params, Right.WRITE)
    world.events.publish("typing", chat=chat.id, action=action)
    return True


def _required(params: Params, name: str) -> str:
    if not params.has(name):
        raise errors.MISSING.error(name=name)
    return params.text(name)


METHODS = table(
    Method("sendMessage", send_message, counted=True),
    Method("sendLocation", send_location, counted=True),
    Method("sendVenue", send_venue, counted=True),
    Method("sendContact", send_contact, counted=True),
    Method("sendChatAction", send_chat_action),
)
