"""Checks a reply_markup. In: the parameter. Out: the keyboard as Telegram keeps it. Forbidden here:
showing it.
"""

from typing import Any
from urllib.parse import urlsplit

from simulator import errors
from simulator.params import Params

Json = dict[str, Any]
MAX_CALLBACK_DATA_BYTES = 64
MAX_COPY_TEXT = 256
MAX_INLINE_BUTTONS = 100
MAX_ROW_BUTTONS = 8
MAX_REPLY_BUTTONS = 300
MAX_PLACEHOLDER = 64
LINK_SCHEMES = frozenset({"http", "https", "tg", "ton"})
INLINE_KINDS = (
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "login_url",
    "web_app",
    "callback_game",
    "pay",
)


def read_markup(params: Params, *, private: bool) -> Json | None:
    """The markup, None when absent or empty. ApiError for what Telegram refuses."""
    value = params.parsed("reply_markup", "reply keyboard markup")
    if value is None:
        return None
    if not isinstance(value, dict):
        raise errors.MARKUP_NOT_OBJECT.error()
    if value.get("keyboard"):
        return _reply_keyboard(value, private=private)
    if value.get("inline_keyboard"):
        rows = _inline_rows(value["inline_keyboard"])
        return {"inline_keyboard": rows} if rows else None
    if value.get("remove_keyboard"):
        return {"remove_keyboard": True, "selective": bool(value.get("selective"))}
    if value.get("force_reply"):
        kept = {"force_reply": True, "selective": bool(value.get("selective"))}
        return kept | _placeholder(value)
    return None


def read_inline_markup(params: Params) -> Json | None:
    """For edits, which take inline keyboards only."""
    markup = read_markup(params, private=True)
    if markup is not None and "inline_keyboard" not in markup:
        raise errors.MARKUP_NOT_INLINE.error()
    return markup


def _placeholder(value: Json) -> Json:
    kept = _optional(value, "input_field_placeholder")
    if len(str(kept.get("input_field_placeholder", ""))) > MAX_PLACEHOLDER:
        raise errors.PLACEHOLDER_TOO_LONG.error()
    return kept


def _optional(value: Json, *names: str) -> Json:
    return {name: value[name] for name in names if value.get(name)}


def _inline_rows(value: Any) -> list[list[Json]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise errors.INLINE_NOT_ROWS.error()
    rows = [[_inline_button(button) for button in row] for row in value if row]
    if sum(len(row) for row in rows) > MAX_INLINE_BUTTONS:
        raise errors.MARKUP_TOO_LONG.error()
    if any(len(row) > MAX_ROW_BUTTONS for row in rows):
        raise errors.ROW_TOO_LONG.error()
    return rows


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise errors.BAD_INLINE_BUTTON.error(detail="InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        detail = (
            'Can\'t find field "text"' if text is None else 'Field "text" must be of type String'
        )
        raise errors.BAD_INLINE_BUTTON.error(detail=detail)
    if not text.strip():
        raise errors.BUTTON_TEXT_EMPTY.error()
    kept: Json = {"text": text, **_optional(button, "style", "icon_custom_emoji_id")}
    if button.get("url"):
        return kept | {"url": _link(str(button["url"]))}
    if button.get("callback_data"):
        data = str(button["callback_data"])
        if len(data.encode()) > MAX_CALLBACK_DATA_BYTES:
            raise errors.BUTTON_DATA_INVALID.error()
        return kept | {"callback_data": data}
    if "copy_text" in button:
        return kept | {"copy_text": {"text": _copied(button["copy_text"])}}
    for kind in INLINE_KINDS:
        if kind in button:
            return kept | {kind: button[kind]}
    raise errors.BAD_INLINE_BUTTON.error(detail="Text buttons are unallowed in the inline keyboard")


def _copied(value: Any) -> str:
    text = value.get("text") if isinstance(value, dict) else None
    if not isinstance(text, str) or not 0 < len(text) <= MAX_COPY_TEXT:
        raise errors.BUTTON_COPY_TEXT_INVALID.error()
    return text


def _link(url: str) -> str:
    parts = urlsplit(url if "://" in url or ":" in url else "http://" + url)
    if parts.scheme not in LINK_SCHEMES:
        raise errors.BUTTON_URL_INVALID.error(url=url, detail="Unsupported URL protocol")
    if parts.scheme in {"http", "https"} and "." not in parts.netloc.strip("."):
        raise errors.BUTTON_URL_INVALID.error(url=url, detail="Wrong HTTP URL")
    return url if "://" in url else "http://" + url


def _reply_keyboard(value: Json, *, private: bool) -> Json:
    keyboard = value["keyboard"]
    if not isinstance(keyboard, list) or not all(isinstance(row, list) for row in keyboard):
        raise errors.KEYBOARD_NOT_ROWS.error()
    rows = [[_reply_button(button, private=private) for button in row] for row in keyboard if row]
    if sum(len(row) for row in rows) > MAX_REPLY_BUTTONS:
        raise errors.MARKUP_TOO_LONG.error()
    names = ("resize_keyboard", "one_time_keyboard", "is_persistent", "selective")
    return {"keyboard": rows, **_optional(value, *names), **_placeholder(value)}


def _reply_button(button: Any, *, private: bool) -> Json:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        detail = "KeyboardButton must be a String or an Object"
        raise errors.BAD_KEYBOARD_BUTTON.error(detail=detail)
    if not isinstance(button.get("text"), str):
        raise errors.BAD_KEYBOARD_BUTTON.error(detail='Can\'t find field "text"')
    if button.get("request_location") and not private:
        raise errors.LOCATION_PRIVATE_ONLY.error()
    if button.get("request_contact") and not private:
        raise errors.CONTACT_PRIVATE_ONLY.error()
    return {
        "text": button["text"],
        **_optional(button, "request_location", "request_contact", "style"),
    }
