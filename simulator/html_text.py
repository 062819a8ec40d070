"""HTML as Telegram reads it. In: what a bot wrote. Out: plain text and Bot API entities, or an
ApiError that names the byte offset in the UTF-8 text, as Telegram's do. Forbidden here: lengths
allowed; Markdown is not simulated.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from simulator import errors
from simulator.entities import sort_entities, utf16_length
from simulator.errors import ApiError

Json = dict[str, Any]
MAX_RAW_BYTES = 1 << 15

TAGS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
REFERENCE_BYTES = 10
EMOJI_ID = re.compile(r"[1-9][0-9]{0,18}")
REFERENCE = re.compile(rb"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
NAME_TOKEN = re.compile(rb"[0-9A-Za-z.-]*")
PERSON_LINK = re.compile(r"tg://user\?id=(\d{1,15})")
WEB_SCHEMES = frozenset({"http", "https"})
APP_SCHEMES = frozenset({"tg", "ton"})
SPACE = frozenset(b" \t\r\n\v\f")
GT, SLASH, EQUALS = ord(">"), ord("/"), ord("=")


def _refuse(detail: str) -> ApiError:
    return errors.BAD_ENTITIES.error(detail=detail)


@dataclass
class _Open:
    tag: str
    argument: str
    offset: int
    text_index: int


@dataclass
class _Html:
    """One pass over the bytes of an HTML text."""

    raw: bytes
    at: int = 0
    out: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def parse(self) -> tuple[str, list[Json]]:
        while self.at < len(self.raw):
            char = self.raw[self.at]
            if char == ord("&") and (decoded := self._reference()) is not None:
                self._emit(decoded)
            elif char != ord("<"):
                self._emit(self._character())
            elif self._peek(self.at + 1) == SLASH:
                self._end_tag()
            else:
                self._start_tag()
        if self.stack:
            tag = self.stack[-1].tag
            raise _refuse(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return "".join(self.out), self.entities

    def _peek(self, at: int) -> int:
        return self.raw[at] if at < len(self.raw) else 0

    def _emit(self, text: str) -> None:
        self.out.append(text)
        self.length += utf16_length(text)

    def _character(self) -> str:
        """The run of plain bytes up to the next tag or reference; at least one character."""
        end = self.at + 1
        while end < len(self.raw) and self.raw[end] not in b"<&":
            end += 1
        text = self.raw[self.at : end].decode()
        self.at = end
        return text

    def _reference(self) -> str | None:
        """A decoded character reference, None when it is none and the & stands for itself."""
        found = REFERENCE.match(self.raw, self.at)
        if found is None:
            return None
        hexadecimal, decimal, name = found.groups()
        char = NAMED.get(name) if name is not None else _decoded(hexadecimal, decimal)
        if char is None:
            return None
        if 0xD800 <= ord(char) <= 0xDFFF:
            raise _refuse(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        self.at = found.end()
        return char

    def _skip_space(self) -> None:
        while self._peek(self.at) in SPACE:
            self.at += 1

    def _word(self, stops: bytes) -> str:
        begin = self.at
        while (
            self.at < len(self.raw)
            and self.raw[self.at] not in SPACE
            and self.raw[self.at] not in stops
        ):
            self.at += 1
        return self.raw[begin : self.at].decode(errors="replace")

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._word(b">").lower()
        if self.at >= len(self.raw):
            raise _refuse(f"Unclosed start tag at byte offset {begin}")
        if tag not in TAGS:
            raise _refuse(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "spoiler":
            raise _refuse(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.at += 1
        self.stack.append(_Open(tag, argument, self.length, len(self.out)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._skip_space()
            if self._peek(self.at) == GT:
                return argument
            if self.at >= len(self.raw):
                raise _refuse(f'Unclosed start tag "{tag}" at byte offset {begin}')
            name = self._word(b"=>")
            if not name:
                raise _refuse(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
            self._skip_space()
            value = ""
            if self._peek(self.at) == EQUALS:
                self.at += 1
                value = self._value(tag, begin)
            argument = _argument(tag, name.lower(), value, argument)

    def _value(self, tag: str, begin: int) -> str:
        self._skip_space()
        if self.at >= len(self.raw):
            raise _refuse(f'Unclosed start tag "{tag}" at byte offset {begin}')
        quote = self.raw[self.at]
        if quote not in b"'\"":
            token_begin = self.at
            token = NAME_TOKEN.match(self.raw, self.at)
            self.at = token.end() if token else self.at
            if self._peek(self.at) not in SPACE and self._peek(self.at) != GT:
                raise _refuse(f"Unexpected end of name token at byte offset {token_begin}")
            return self.raw[token_begin : self.at].decode().lower()
        self.at += 1
        value: list[str] = []
        while self.at < len(self.raw) and self.raw[self.at] != quote:
            value.append(self._quoted_part(quote))
        self.at += 1
        if self.at >= len(self.raw):
            raise _refuse(f"Unclosed start tag at byte offset {begin}")
        return "".join(value)

    def _quoted_part(self, quote: int) -> str:
        if self.raw[self.at] == ord("&") and (decoded := self._reference()) is not None:
            return decoded
        end = self.at + 1
        while end < len(self.raw) and self.raw[end] != ord("&") and self.raw[end] != quote:
            end += 1
        part = self.raw[self.at : end].decode(errors="replace")
        self.at = end
        return part

    def _end_tag(self) -> None:
        begin = self.at
        if not self.stack:
            raise _refuse(f"Unexpected end tag at byte offset {begin}")
        self.at += 2
        name = self._word(b">").lower()
        self._skip_space()
        if self._peek(self.at) != GT:
            raise _refuse(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        opened = self.stack.pop()
        if name and name != opened.tag:
            raise _refuse(
                f"Unmatched end tag at byte offset {begin}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.length > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Json = {
            "type": TAGS[opened.tag],
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        match opened.tag:
            case "a":
                link = _link(opened.argument or "".join(self.out[opened.text_index :]))
                if link is None:
                    return
                entity |= link
            case "blockquote" if opened.argument:
                entity["type"] = "expandable_blockquote"
            case "tg-emoji":
                if not EMOJI_ID.fullmatch(opened.argument):
                    raise errors.BAD_ENTITIES.error(
                        detail="Invalid custom emoji identifier specified"
                    )
                entity["custom_emoji_id"] = opened.argument
            case "pre" | "code":
                self._close_code(opened, entity)
                return
            case _:
                pass
        self.entities.append(entity)

    def _close_code(self, opened: _Open, entity: Json) -> None:
        """`<pre><code class="language-x">` is one block with a language."""
        inner = self.entities[-1] if self.entities else None
        same_span = inner is not None and (inner["offset"], inner["length"]) == (
            entity["offset"],
            entity["length"],
        )
        if opened.tag == "pre" and inner is not None and same_span and inner.get("_language"):
            inner |= {"type": "pre", "language": inner["_language"]}
            return
        if opened.argument:
            entity["_language"] = opened.argument
        self.entities.append(entity)


def _decoded(hexadecimal: bytes | None, decimal: bytes | None) -> str | None:
    """The character of a numeric reference, None when there is none by that number."""
    digits, base = (hexadecimal, 16) if hexadecimal else (decimal or b"", 10)
    if len(digits) + len(b"&#") + (base == 16) >= REFERENCE_BYTES:
        return None
    code = int(digits, base)
    return chr(code) if 0 < code < 0x10FFFF else None


def _argument(tag: str, name: str, value: str, before: str) -> str:
    """What an attribute tells its tag; attributes of no meaning are passed over."""
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case "code", "class" if value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case "blockquote", "expandable":
            return "1"
        case _:
            return before


def _link(url: str) -> Json | None:
    """Where a link leads: a person, or an address that Telegram takes; None for any other."""
    person = PERSON_LINK.fullmatch(url)
    if person is not None:
        return {"type": "text_mention", "user": {"id": int(person.group(1))}}
    if "://" not in url:
        url = f"http://{url}"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme in APP_SCHEMES:
        return {"url": url}
    if parts.scheme not in WEB_SCHEMES or not host or "." not in host.strip("."):
        return None
    return {"url": url if parts.path or parts.query else f"{url}/"}


def parse_html(raw: str) -> tuple[str, list[Json]]:
    """Plain text and entities, in the order Telegram sorts them. ApiError when the HTML is not
    Telegram's.
    """
    text, entities = _Html(raw.encode("utf-8", errors="replace")).parse()
    cleaned = [{k: v for k, v in entity.items() if k != "_language"} for entity in entities]
    return text, sort_entities(cleaned)
