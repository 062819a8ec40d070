"""The HTTP client under python-telegram-bot: aiohttp, with failures told apart by what they mean.

In: a Bot API call. Out: status and body, or an exception that says whether Telegram may have done
it. Forbidden here: repeating a call, waiting for a better time, logging what was sent.
"""

import io
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import JSONDict, ODVInput
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

BODY_LIMIT_BYTES = 32 * 1024 * 1024


class NotSent(NetworkError):
    """Telegram surely did not get the call: no connection could be made."""


class FateUnknown(NetworkError):
    """The call was begun and no answer came: Telegram may have done it."""


class ServerTrouble(NetworkError):
    """Telegram answered with 5xx: it did not do it, and may do it later."""


class TooManyRequests(TelegramError):
    """Telegram asks for silence of `retry_after_s` seconds (429)."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__(f"Too many requests, retry after {retry_after_s:g} s")
        self.retry_after_s = retry_after_s


@dataclass(frozen=True)
class Timeouts:
    """Seconds for each part of a call. None of them is endless."""

    pool_s: float = 2.0
    connect_s: float = 10.0
    write_s: float = 10.0
    read_s: float = 15.0
    upload_s: float = 60.0


class AiohttpRequest(BaseRequest):
    """PTB's request interface over one aiohttp session.

    `proxy` is an `http://[user:password@]host:port` URL; None: straight. `connections` bounds the
    calls under way; one more waits `pool_s` and then is NotSent.
    """

    __slots__ = ("_connections", "_proxy", "_session", "_timeouts")

    def __init__(
        self,
        *,
        proxy: str | None = None,
        connections: int = 64,
        timeouts: Timeouts | None = None,
    ) -> None:
        self._proxy = proxy
        self._connections = connections
        self._timeouts = timeouts or Timeouts()
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._timeouts.read_s

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, limit_per_host=0),
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("the request is used before initialize() or after shutdown()")
        uploads = request_data is not None and request_data.contains_files
        timeout = self._client_timeout(
            read_s=_chosen(read_timeout, self._timeouts.read_s),
            write_s=_chosen(
                write_timeout, self._timeouts.upload_s if uploads else self._timeouts.write_s
            ),
            connect_s=_chosen(connect_timeout, self._timeouts.connect_s),
            pool_s=_chosen(pool_timeout, self._timeouts.pool_s),
        )
        body, headers = _encode(request_data)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, proxy=self._proxy
            ) as response:
                status, payload = response.status, await _read_bounded(response)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(f"no connection: {type(error).__name__}") from error
        except (aiohttp.ClientHttpProxyError, aiohttp.InvalidURL) as error:
            raise NotSent(f"no way through: {type(error).__name__}") from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise FateUnknown(f"no answer: {type(error).__name__}") from error
        _raise_for(status, payload)
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """As PTB's, but what was received is never logged: it may hold what people wrote."""
        try:
            parsed: JSONDict = json.loads(payload.decode("utf-8", "replace"))
        except ValueError as error:
            raise FateUnknown("the answer is not JSON") from error
        return parsed

    def _client_timeout(
        self, *, read_s: float, write_s: float, connect_s: float, pool_s: float
    ) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(
            total=pool_s + connect_s + write_s + read_s,
            connect=pool_s + connect_s,
            sock_connect=connect_s,
            sock_read=read_s,
        )


def _chosen(given: ODVInput[float], default_s: float) -> float:
    if given is None or isinstance(given, DefaultValue):
        return default_s
    return float(given)


def _encode(data: RequestData | None) -> tuple[aiohttp.FormData | bytes | None, dict[str, str]]:
    if data is None:
        return None, {}
    if not data.contains_files:
        body = urlencode(data.json_parameters).encode()
        return body, {"Content-Type": "application/x-www-form-urlencoded"}
    # Telegram reads names as they are, not percent-encoded.
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)
    for name, (filename, content, mime) in data.multipart_data.items():
        content = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, content, filename=filename, content_type=mime)
    return form, {}


async def _read_bounded(response: aiohttp.ClientResponse) -> bytes:
    parts, size = [], 0
    async for part in response.content.iter_any():
        size += len(part)
        if size > BODY_LIMIT_BYTES:
            raise aiohttp.ClientPayloadError("the answer is too large")
        parts.append(part)
    return b"".join(parts)


def _raise_for(status: int, payload: bytes) -> None:
    # A gateway that ran out of patience (504) does not know what happened behind it.
    if status == 504:
        raise FateUnknown("gateway time-out (504)")
    if status >= 500:
        raise ServerTrouble(f"server trouble ({status})")
    if status == 429:
        raise TooManyRequests(_retry_after_s(payload))


def _retry_after_s(payload: bytes) -> float:
    fallback_s = 5.0
    try:
        answer: Any = json.loads(payload)
        return float(answer["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return fallback_s
