"""The page's orders, one for each thing a person writes or presses. In: JSON. Out: JSON, after the
stage has done it.

KeyError: something is missing; TypeError, ValueError: it cannot be read. Forbidden here: HTTP.
"""

import base64

from simulator.messages import Json, Shown
from simulator.stage import Stage
from simulator.stage_acts_groups import GROUP_ACTS, Act
from simulator.stage_floor import StageError


def _told(shown: Shown) -> Json:
    return {"message": shown.shape()}


def _shown(stage: Stage, order: Json) -> Shown:
    shown = stage.world.message(int(order["chat"]), int(order["message"]))
    if shown is None:
        raise StageError("that message is not there")
    return shown


def _reply_to(order: Json) -> int | None:
    return int(order["reply_to"]) if order.get("reply_to") else None


def _data(order: Json) -> bytes:
    return base64.b64decode(order["data"], validate=True)


def _say(stage: Stage, who: int, order: Json) -> Json:
    anonymous = bool(order.get("anonymous"))
    reply_to = _reply_to(order)
    return _told(
        stage.say(who, int(order["chat"]), str(order["text"]), reply_to, anonymous=anonymous)
    )


def _press(stage: Stage, who: int, order: Json) -> Json:
    return {"query_id": stage.press(who, _shown(stage, order), str(order["button"]))}


def _location(stage: Stage, who: int, order: Json) -> Json:
    place = float(order["lat"]), float(order["lon"])
    return _told(stage.share_location(who, int(order["chat"]), *place, _reply_to(order)))


def _live(stage: Stage, who: int, order: Json) -> Json:
    place = float(order["lat"]), float(order["lon"])
    period_s = int(order.get("period_s", 3600))
    return _told(stage.start_live(who, int(order["chat"]), *place, period_s, _reply_to(order)))


def _move_live(stage: Stage, who: int, order: Json) -> Json:
    place = float(order["lat"]), float(order["lon"])
    return _told(stage.move_live(who, _shown(stage, order), *place))


def _stop_live(stage: Stage, who: int, order: Json) -> Json:
    return _told(stage.stop_live(who, _shown(stage, order)))


def _photo(stage: Stage, who: int, order: Json) -> Json:
    caption = order.get("caption")
    return _told(stage.send_photo(who, int(order["chat"]), _data(order), caption, _reply_to(order)))


def _document(stage: Stage, who: int, order: Json) -> Json:
    shown = stage.send_document(
        who,
        int(order["chat"]),
        _data(order),
        order.get("caption"),
        _reply_to(order),
        name=str(order.get("name") or "document.bin"),
        mime=order.get("mime") or None,
    )
    return _told(shown)


def _voice(stage: Stage, who: int, order: Json) -> Json:
    shown = stage.send_voice(
        who,
        int(order["chat"]),
        _data(order),
        order.get("caption"),
        _reply_to(order),
        duration_s=int(order.get("duration", 3)),
        mime=str(order.get("mime") or "audio/ogg"),
    )
    return _told(shown)


def _contact(stage: Stage, who: int, order: Json) -> Json:
    contact_of = int(order["contact_of"]) if order.get("contact_of") else None
    reply_to, phone = _reply_to(order), order.get("phone") or None
    chat = int(order["chat"])
    return _told(stage.share_contact(who, chat, contact_of, reply_to, phone=phone))


def _reply_button(stage: Stage, who: int, order: Json) -> Json:
    lat, lon = order.get("lat"), order.get("lon")
    shown = stage.press_reply_button(
        who,
        int(order["chat"]),
        str(order["label"]),
        None if lat is None else float(lat),
        None if lon is None else float(lon),
    )
    return _told(shown)


def _start(stage: Stage, who: int, order: Json) -> Json:
    return _told(stage.start(who, order.get("payload") or None))


def _edit(stage: Stage, who: int, order: Json) -> Json:
    return _told(stage.edit(who, _shown(stage, order), str(order["text"])))


ACTS: dict[str, Act] = {
    **GROUP_ACTS,
    "say": _say,
    "edit": _edit,
    "press": _press,
    "location": _location,
    "live": _live,
    "move_live": _move_live,
    "stop_live": _stop_live,
    "photo": _photo,
    "document": _document,
    "voice": _voice,
    "contact": _contact,
    "reply_button": _reply_button,
    "start": _start,
}
