"""What a call came to, told apart by what has to be done about it. Pure.

In: Telegram's answer or the network's failure. Out: one of a closed set of outcomes. Forbidden
here: doing anything about it.
"""

from dataclasses import dataclass
from enum import StrEnum

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from bot.request import NotSent, ServerTrouble, TooManyRequests


class Failure(StrEnum):
    """Why a delivery was given up."""

    BLOCKED = "blocked"  # the person blocked the bot
    NOT_STARTED = "not_started"  # the person never pressed Start
    DEACTIVATED = "deactivated"  # the account is gone
    NOT_IN_GROUP = "not_in_group"  # the bot was removed from the group
    CHAT_NOT_FOUND = "chat_not_found"
    NO_RIGHT = "no_right"  # the bot may not write, or not this kind of message
    REJECTED = "rejected"  # Telegram can never accept this message
    FATE_UNKNOWN = "fate_unknown"  # begun several times, no answer to any

    @property
    def concerns_chat(self) -> bool:
        """Nothing else can reach this chat either."""
        return self not in {Failure.NO_RIGHT, Failure.REJECTED, Failure.FATE_UNKNOWN}


@dataclass(frozen=True)
class Sent:
    message_id: int


@dataclass(frozen=True)
class Refused:
    """Never again: `words` are Telegram's."""

    failure: Failure
    words: str


@dataclass(frozen=True)
class Flooded:
    """429."""

    retry_after_s: float


@dataclass(frozen=True)
class Moved:
    """The group became a supergroup with another id."""

    chat: int


@dataclass(frozen=True)
class EditLost:
    """The message to edit is not there any more."""


@dataclass(frozen=True)
class Unformattable:
    """Telegram cannot read the formatting."""


@dataclass(frozen=True)
class ServerTroubled:
    """5xx: not done, try later."""


@dataclass(frozen=True)
class NoLine:
    """No connection, or the token is refused: not done, nobody can be reached."""

    words: str


@dataclass(frozen=True)
class Unclear:
    """Begun, no answer: it may have arrived."""


@dataclass(frozen=True)
class Withdrawn:
    """Not sent: its state in the store says that it need not be any more."""


Outcome = (
    Sent
    | Refused
    | Flooded
    | Moved
    | EditLost
    | Unformattable
    | ServerTroubled
    | NoLine
    | Unclear
    | Withdrawn
)

FORBIDDEN = (
    ("blocked by the user", Failure.BLOCKED),
    ("can't initiate conversation", Failure.NOT_STARTED),
    ("can't send messages to bots", Failure.CHAT_NOT_FOUND),
    ("deactivated", Failure.DEACTIVATED),
    ("kicked", Failure.NOT_IN_GROUP),
    ("not a member", Failure.NOT_IN_GROUP),
    ("group chat was deleted", Failure.NOT_IN_GROUP),
)
BAD_REQUEST = (
    ("chat not found", Failure.CHAT_NOT_FOUND),
    ("peer_id_invalid", Failure.CHAT_NOT_FOUND),
    ("group chat was deactivated", Failure.CHAT_NOT_FOUND),
    ("rights", Failure.NO_RIGHT),
    ("chat_write_forbidden", Failure.NO_RIGHT),
    ("chat_restricted", Failure.NO_RIGHT),
)
EDIT_LOST = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
    "no text in the message to edit",
)


def outcome_of(error: TelegramError, edits: int | None) -> Outcome:
    """What the error of a call means; `edits` is the message that it was to edit, if any."""
    match error:
        case TooManyRequests():
            return Flooded(error.retry_after_s)
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case NotSent() | InvalidToken():
            return NoLine(error.message)
        case ServerTrouble():
            return ServerTroubled()
        case Forbidden():
            return Refused(_named(error.message, FORBIDDEN, Failure.NO_RIGHT), error.message)
        case BadRequest():
            return _of_bad_request(error.message, edits)
        case _:
            return Unclear()


def _of_bad_request(message: str, edits: int | None) -> Outcome:
    words = message.lower()
    if edits is not None and "message is not modified" in words:
        return Sent(edits)
    if edits is not None and any(part in words for part in EDIT_LOST):
        return EditLost()
    if "can't parse" in words and "entit" in words:
        return Unformattable()
    return Refused(_named(message, BAD_REQUEST, Failure.REJECTED), message)


def _named(message: str, table: tuple[tuple[str, Failure], ...], otherwise: Failure) -> Failure:
    words = message.lower()
    return next((failure for part, failure in table if part in words), otherwise)
