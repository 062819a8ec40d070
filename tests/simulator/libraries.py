"""Two bot libraries behind one face: what each makes of the stand-in's answers, in the same words.

Every object that comes back is searched for fields the library does not know (`unknown_fields`).
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any, Protocol

import telegram
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    TelegramObject,
)
from telegram.request import HTTPXRequest

from simulator import Simulator


@dataclass(frozen=True)
class Refused:
    """`kind`: bad_request, forbidden, retry or migrated; `detail` in Telegram's words, or the
    number.
    """

    kind: str
    detail: str | int


class Library(Protocol):
    """Calls return the library's own objects, or Refused."""

    async def open(self) -> None: ...
    async def close(self) -> None: ...
    async def me(self) -> Any: ...
    async def updates(self, offset: int) -> Any: ...
    async def send(self, chat_id: int, html: str, button: str | None = None) -> Any: ...
    async def edit(self, chat_id: int, message_id: int, html: str) -> Any: ...
    async def answer(self, query_id: str, text: str) -> Any: ...
    async def place(self, chat_id: int, latitude: float, longitude: float) -> Any: ...
    async def photo(self, chat_id: int, data: bytes, caption: str) -> Any: ...
    async def download(self, file_id: str) -> Any: ...
    async def chat(self, chat_id: int) -> Any: ...
    async def administrators(self, chat_id: int) -> Any: ...
    async def member(self, chat_id: int, user_id: int) -> Any: ...
    async def commands(self) -> Any: ...
    async def webhook(self) -> Any: ...
    def unknown_fields(self, found: Any) -> list[str]: ...


NEWER_THAN_PTB = frozenset({"ChatMemberAdministrator.can_send_welcome_messages"})


class PromptSession(AiohttpSession):
    """Without the quarter of a second aiogram waits after closing, for TLS."""

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


class Aiogram:
    def __init__(self, sim: Simulator) -> None:
        server = TelegramAPIServer(
            base=f"{sim.api_url}{{token}}/{{method}}", file=f"{sim.file_url}{{token}}/{{path}}"
        )
        self.bot = Bot(sim.token, session=PromptSession(api=server))

    async def open(self) -> None:
        return None

    async def close(self) -> None:
        await self.bot.session.close()

    async def _do(self, call: Any) -> Any:
        try:
            return await call
        except TelegramRetryAfter as error:
            return Refused("retry", error.retry_after)
        except TelegramMigrateToChat as error:
            return Refused("migrated", error.migrate_to_chat_id)
        except TelegramForbiddenError as error:
            return Refused("forbidden", _words(error.message))
        except TelegramAPIError as error:
            return Refused("bad_request", _words(error.message))

    async def me(self) -> Any:
        return await self._do(self.bot.get_me())

    async def updates(self, offset: int) -> Any:
        return await self._do(self.bot.get_updates(offset=offset, timeout=0))

    async def send(self, chat_id: int, html: str, button: str | None = None) -> Any:
        markup = None
        if button is not None:
            row = [InlineKeyboardButton(text=button, callback_data="pressed")]
            markup = InlineKeyboardMarkup(inline_keyboard=[row])
        call = self.bot.send_message(chat_id, html, parse_mode="HTML", reply_markup=markup)
        return await self._do(call)

    async def edit(self, chat_id: int, message_id: int, html: str) -> Any:
        call = self.bot.edit_message_text(
            html, chat_id=chat_id, message_id=message_id, parse_mode="HTML"
        )
        return await self._do(call)

    async def answer(self, query_id: str, text: str) -> Any:
        return await self._do(self.bot.answer_callback_query(query_id, text))

    async def place(self, chat_id: int, latitude: float, longitude: float) -> Any:
        return await self._do(self.bot.send_location(chat_id, latitude, longitude))

    async def photo(self, chat_id: int, data: bytes, caption: str) -> Any:
        upload = BufferedInputFile(data, "road.png")
        call = self.bot.send_photo(chat_id, upload, caption=caption, parse_mode="HTML")
        return await self._do(call)

    async def download(self, file_id: str) -> Any:
        held = BytesIO()
        await self.bot.download(file_id, held)
        return held.getvalue()

    async def chat(self, chat_id: int) -> Any:
        return await self._do(self.bot.get_chat(chat_id))

    async def administrators(self, chat_id: int) -> Any:
        return await self._do(self.bot.get_chat_administrators(chat_id))

    async def member(self, chat_id: int, user_id: int) -> Any:
        return await self._do(self.bot.get_chat_member(chat_id, user_id))

    async def commands(self) -> Any:
        await self.bot.set_my_commands([BotCommand(command="report", description="tell")])
        return await self._do(self.bot.get_my_commands())

    async def webhook(self) -> Any:
        return await self._do(self.bot.get_webhook_info())

    def unknown_fields(self, found: Any) -> list[str]:
        if isinstance(found, list):
            return [name for one in found for name in self.unknown_fields(one)]
        if not isinstance(found, TelegramObject):
            return []
        own = [f"{type(found).__name__}.{name}" for name in found.model_extra or {}]
        values = [getattr(found, name) for name in type(found).model_fields]
        return own + [name for value in values for name in self.unknown_fields(value)]


class PythonTelegramBot:
    def __init__(self, sim: Simulator) -> None:
        self.bot = telegram.Bot(
            sim.token,
            base_url=sim.api_url,
            base_file_url=sim.file_url,
            request=HTTPXRequest(httpx_kwargs={"verify": False}),
            get_updates_request=HTTPXRequest(httpx_kwargs={"verify": False}),
        )

    async def open(self) -> None:
        await self.bot.initialize()

    async def close(self) -> None:
        await self.bot.shutdown()

    async def _do(self, call: Any) -> Any:
        try:
            return await call
        except telegram.error.RetryAfter as error:
            return Refused("retry", _seconds(error.retry_after))
        except telegram.error.ChatMigrated as error:
            return Refused("migrated", error.new_chat_id)
        except telegram.error.Forbidden as error:
            return Refused("forbidden", _words(error.message))
        except telegram.error.TelegramError as error:
            return Refused("bad_request", _words(error.message))

    async def me(self) -> Any:
        return await self._do(self.bot.get_me())

    async def updates(self, offset: int) -> Any:
        return list(await self._do(self.bot.get_updates(offset=offset, timeout=0)))

    async def send(self, chat_id: int, html: str, button: str | None = None) -> Any:
        markup = None
        if button is not None:
            row = [telegram.InlineKeyboardButton(button, callback_data="pressed")]
            markup = telegram.InlineKeyboardMarkup([row])
        call = self.bot.send_message(chat_id, html, parse_mode="HTML", reply_markup=markup)
        return await self._do(call)

    async def edit(self, chat_id: int, message_id: int, html: str) -> Any:
        call = self.bot.edit_message_text(html, chat_id, message_id, parse_mode="HTML")
        return await self._do(call)

    async def answer(self, query_id: str, text: str) -> Any:
        return await self._do(self.bot.answer_callback_query(query_id, text))

    async def place(self, chat_id: int, latitude: float, longitude: float) -> Any:
        return await self._do(self.bot.send_location(chat_id, latitude, longitude))

    async def photo(self, chat_id: int, data: bytes, caption: str) -> Any:
        upload = telegram.InputFile(data, "road.png")
        call = self.bot.send_photo(chat_id, upload, caption=caption, parse_mode="HTML")
        return await self._do(call)

    async def download(self, file_id: str) -> Any:
        file = await self.bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())

    async def chat(self, chat_id: int) -> Any:
        return await self._do(self.bot.get_chat(chat_id))

    async def administrators(self, chat_id: int) -> Any:
        return list(await self._do(self.bot.get_chat_administrators(chat_id)))

    async def member(self, chat_id: int, user_id: int) -> Any:
        return await self._do(self.bot.get_chat_member(chat_id, user_id))

    async def commands(self) -> Any:
        await self.bot.set_my_commands([("report", "tell")])
        return list(await self._do(self.bot.get_my_commands()))

    async def webhook(self) -> Any:
        return await self._do(self.bot.get_webhook_info())

    def unknown_fields(self, found: Any) -> list[str]:
        if isinstance(found, (list, tuple)):
            return [name for one in found for name in self.unknown_fields(one)]
        if not isinstance(found, telegram.TelegramObject):
            return []
        own = [f"{type(found).__name__}.{name}" for name in found.api_kwargs]
        own = [name for name in own if name not in NEWER_THAN_PTB]
        names = [name for kind in type(found).__mro__ for name in getattr(kind, "__slots__", ())]
        values = [getattr(found, name, None) for name in names if not name.startswith("_")]
        return own + [name for value in values for name in self.unknown_fields(value)]


def _words(description: str) -> str:
    """Libraries keep or cut the words before the colon, and change the case: the rest is the
    same.
    """
    for prefix in ("Bad Request: ", "Forbidden: "):
        description = description.removeprefix(prefix)
    return description.lower()


def _seconds(wait: Any) -> int:
    return int(wait if isinstance(wait, int) else wait.total_seconds())
