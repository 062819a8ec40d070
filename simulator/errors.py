"""Every refusal the stand-in gives, word for word, in one table. In: a name. Out: an ApiError to
raise.

`source` says how sure the words are: SERVER are in the public source of Telegram's Bot API server
or of the library under it; DOCUMENTED are in the Bot API's pages; OBSERVED are reported by many
bots; OURS is what the stand-in says for want of knowledge. Forbidden here: deciding when to refuse.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any


class Source(Enum):
    DOCUMENTED = "documented"
    SERVER = "public server source"
    OBSERVED = "widely observed"
    OURS = "assumed by the stand-in"


class ApiError(Exception):
    """A Bot API refusal: HTTP status and `error_code`, `description`, and `parameters` when there
    are any.
    """

    def __init__(
        self, code: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters or {}

    def body(self) -> dict[str, Any]:
        """The answer's JSON."""
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


@dataclass(frozen=True)
class ErrorText:
    code: int
    text: str
    source: Source

    def error(self, parameters: dict[str, Any] | None = None, **values: object) -> ApiError:
        """The error with `values` filled into its text."""
        return ApiError(self.code, self.text.format(**values) if values else self.text, parameters)


def _server(text: str, code: int = 400) -> ErrorText:
    return ErrorText(code, text, Source.SERVER)


def _observed(text: str, code: int = 400) -> ErrorText:
    return ErrorText(code, text, Source.OBSERVED)


def _ours(text: str, code: int = 400) -> ErrorText:
    return ErrorText(code, text, Source.OURS)


# Reaching the API
UNAUTHORIZED = _observed("Unauthorized", 401)
NOT_FOUND = _server("Not Found", 404)
METHOD_NOT_FOUND = _observed("Not Found", 404)
NOT_SIMULATED = _ours("not simulated: {what}", 501)
TOO_LARGE = _observed("Request Entity Too Large", 413)
LOGGED_OUT = _server("Logged out")
INTERNAL = _server("Internal Server Error", 500)
TOO_MANY = ErrorText(429, "Too Many Requests: retry after {retry_after}", Source.DOCUMENTED)
BAD_JSON = _server("Bad Request: can't parse {what} JSON object")
MISSING = _server('Bad Request: parameter "{name}" is required')

# getUpdates and webhooks
POLL_TERMINATED = _server(
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
    409,
)
POLL_WEBHOOK_SET = _server("Conflict: terminated by setWebhook request", 409)
WEBHOOK_ACTIVE = _server(
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first",
    409,
)
WEBHOOK_URL_INVALID = _server("Bad Request: invalid webhook URL specified")
WEBHOOK_NOT_LOOPBACK = _ours("Bad Request: bad webhook: only loopback http URLs are simulated")
SECRET_TOO_LONG = _server("Bad Request: secret token is too long")
SECRET_CHARACTERS = _server("Bad Request: secret token contains unallowed characters")

# Chats and people
CHAT_ID_EMPTY = _server("Bad Request: chat_id is empty")
CHAT_NOT_FOUND = _server("Bad Request: chat not found")
PARTICIPANT_INVALID = _observed("Bad Request: PARTICIPANT_ID_INVALID")
BLOCKED = _server("Forbidden: bot was blocked by the user", 403)
CANNOT_INITIATE = _observed("Forbidden: bot can't initiate conversation with a user", 403)
DEACTIVATED = _server("Forbidden: user is deactivated", 403)
KICKED = _server("Forbidden: bot was kicked from the {kind} chat", 403)
NOT_MEMBER = _server("Forbidden: bot is not a member of the {kind} chat", 403)
MIGRATED = _server("Bad Request: group chat was upgraded to a supergroup chat")
NO_ADMINS_IN_PRIVATE = _server("Bad Request: there are no administrators in the private chat")
CANNOT_LEAVE_PRIVATE = _observed(
    "Bad Request: chat member status can't be changed in private chats"
)
NO_SEND_RIGHTS = _server("Bad Request: not enough rights to send {what} to the chat")
NO_PIN_RIGHTS = _observed("Bad Request: not enough rights to manage pinned messages in the chat")

# Messages
TEXT_EMPTY = _server("Bad Request: message text is empty")
TEXT_BLANK = _observed("Bad Request: text must be non-empty")
TEXT_TOO_LONG = _server("Bad Request: text is too long")
MESSAGE_TOO_LONG = _observed("Bad Request: message is too long")
EDIT_TOO_LONG = _observed("Bad Request: MESSAGE_TOO_LONG")
CAPTION_TOO_LONG = _observed("Bad Request: message caption is too long")
BAD_PARSE_MODE = _server("Bad Request: unsupported parse_mode")
BAD_ENTITIES = _server("Bad Request: can't parse entities: {detail}")
BAD_ENTITY = _server("Bad Request: can't parse MessageEntity: {detail}")
REPLY_NOT_OBJECT = _server("Bad Request: object expected as reply parameters")
REPLY_NOT_FOUND = _server("Bad Request: message to be replied not found")
NOT_FOUND_TO = _server("Bad Request: message to {what} not found")
NOT_MODIFIED = _server(
    "Bad Request: message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)
CANNOT_EDIT = _server("Bad Request: message can't be edited")
NO_TEXT_TO_EDIT = _server("Bad Request: there is no text in the message to edit")
NO_CAPTION_TO_EDIT = _server("Bad Request: there is no caption in the message to edit")
MESSAGE_ID_EMPTY = _observed("Bad Request: message identifier is not specified")
CANNOT_DELETE = _server("Bad Request: message can't be deleted")
CANNOT_DELETE_FOR_ALL = _observed("Bad Request: message can't be deleted for everyone")
CANNOT_FORWARD = _server("Bad Request: message can't be forwarded")
CANNOT_COPY = _server("Bad Request: message can't be copied")
LATITUDE_EMPTY = _server("Bad Request: latitude is empty")
LONGITUDE_EMPTY = _server("Bad Request: longitude is empty")
BAD_LOCATION = _observed("Bad Request: wrong location specified")
BAD_LIVE_PERIOD = _observed("Bad Request: wrong live location period specified")
VCARD_TOO_LONG = _ours("Bad Request: vcard is too long")
BAD_ACTION = _server("Bad Request: wrong parameter action in request")

# Keyboards
BAD_INLINE_BUTTON = _server("Bad Request: can't parse inline keyboard button: {detail}")
BAD_KEYBOARD_BUTTON = _server("Bad Request: can't parse keyboard button: {detail}")
MARKUP_NOT_OBJECT = _server("Bad Request: object expected as reply markup")
KEYBOARD_NOT_ROWS = _server('Bad Request: field "keyboard" must be an Array of Arrays')
INLINE_NOT_ROWS = _server(
    'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
)
BUTTON_DATA_INVALID = _observed("Bad Request: BUTTON_DATA_INVALID")
BUTTON_COPY_TEXT_INVALID = _observed("Bad Request: BUTTON_COPY_TEXT_INVALID")
BUTTON_TEXT_EMPTY = _observed("Bad Request: inline keyboard button text must be non-empty")
BUTTON_URL_INVALID = _observed(
    "Bad Request: inline keyboard button URL '{url}' is invalid: {detail}"
)
MARKUP_TOO_LONG = _server("Bad Request: reply markup is too long")
ROW_TOO_LONG = _ours("Bad Request: reply markup is too long")
LOCATION_PRIVATE_ONLY = _server("Bad Request: location can be requested in private chats only")
PLACEHOLDER_TOO_LONG = _ours("Bad Request: input field placeholder is too long")
CONTACT_PRIVATE_ONLY = _server("Bad Request: phone number can be requested in private chats only")
MARKUP_NOT_INLINE = _observed("Bad Request: inline keyboard expected")

# Callback queries
QUERY_TOO_OLD = _server(
    "Bad Request: query is too old and response timeout expired or query ID is invalid"
)
ANSWER_TOO_LONG = _observed("Bad Request: MESSAGE_TOO_LONG")
ANSWER_URL_INVALID = _observed("Bad Request: URL_INVALID")

# Files
FILE_MISSING = _server("Bad Request: there is no {what} in the request")
FILE_ID_EMPTY = _server("Bad Request: file_id not specified")
FILE_ID_WRONG = _server("Bad Request: wrong file_id or the file is temporarily unavailable")
FILE_IDENTIFIER_WRONG = _observed("Bad Request: wrong file identifier/HTTP URL specified")
FILE_TOO_BIG = _server("Bad Request: file is too big")
FILE_EMPTY = _observed("Bad Request: file must be non-empty")
FILE_URL = _server("Bad Request: failed to get HTTP URL content")
PHOTO_INVALID = _observed("Bad Request: IMAGE_PROCESS_FAILED")

# Commands
COMMAND_INVALID = _observed("Bad Request: BOT_COMMAND_INVALID")
COMMAND_DESCRIPTION_INVALID = _observed("Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
COMMANDS_TOO_MANY = _observed("Bad Request: BOT_COMMANDS_TOO_MUCH")
BAD_COMMAND = _server("Bad Request: can't parse BotCommand: {detail}")
BAD_COMMANDS = _server("Bad Request: expected an Array of BotCommand")
BAD_SCOPE = _server("Bad Request: can't parse BotCommandScope: {detail}")
SCOPE_NOT_PRIVATE = _server("Bad Request: can't use specified scope in private chats")
BAD_LANGUAGE = _server("Bad Request: invalid language code specified")
