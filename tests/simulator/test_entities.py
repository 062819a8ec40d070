"""HTML as Telegram reads it: offsets in UTF-16, refusals with byte offsets."""

from typing import Any

import pytest

from simulator.detect import with_found
from simulator.entities import trim, utf16_length
from simulator.errors import ApiError
from simulator.html_text import parse_html

REFUSED = [
    ("&#57311;", "Text contains invalid Unicode characters after decoding HTML entities, "
     "check for unmatched surrogate code units"),
    ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
    ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
    ("🏟 🏟&lt;<i    aba>", 'Can\'t find end tag corresponding to start tag "i"'),
    ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
    ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
    ('🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
    ("🏟 🏟&lt;</", "Unexpected end tag at byte offset 13"),
    ("🏟 🏟&lt;<b></b></", "Unexpected end tag at byte offset 20"),
    ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
    ("🏟 🏟&lt;<i>a</em   >",
     'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"'),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
]  # fmt: skip


@pytest.mark.parametrize(("html", "detail"), REFUSED)
def test_html_that_telegram_refuses(html: str, detail: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(html)
    assert refusal.value.description == f"Bad Request: can't parse entities: {detail}"


def one(kind: str, offset: int, length: int, **extra: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **extra}


ACCEPTED: list[tuple[str, str, list[dict[str, Any]]]] = [
    ("", "", []),
    ("&ge;&lt;&gt;&amp;&quot;&laquo;", '&ge;<>&"&laquo;', []),
    ("&#20013;&#x4e2d", "中中", []),
    ("➡️ ➡️<i>➡️ ➡️</i>", "➡️ ➡️➡️ ➡️", [one("italic", 5, 5)]),
    ("🏟 🏟<b>🏟 🏟</b>", "🏟 🏟🏟 🏟", [one("bold", 5, 5)]),
    ("<B>x</>", "x", [one("bold", 0, 1)]),
    ("<b><i>x</i>y</b>", "xy", [one("bold", 0, 2), one("italic", 0, 1)]),
    ("<u></u>x", "x", []),
    ("<s>a</s><del>b</del>", "ab", [one("strikethrough", 0, 1), one("strikethrough", 1, 1)]),
    ('<span class="tg-spoiler">x</span>', "x", [one("spoiler", 0, 1)]),
    ("<blockquote>q</blockquote>", "q", [one("blockquote", 0, 1)]),
    ("<blockquote expandable>q</blockquote>", "q", [one("expandable_blockquote", 0, 1)]),
    ("<pre>p</pre>", "p", [one("pre", 0, 1)]),
    ('<pre><code class="language-sh">p</code></pre>', "p", [one("pre", 0, 1, language="sh")]),
    ('<code class="language-sh">p</code>', "p", [one("code", 0, 1)]),
    ('<a href="https://a.cn/x?y=1&amp;z">l</a>', "l",
     [one("text_link", 0, 1, url="https://a.cn/x?y=1&z")]),
    ("<a href='a.cn'>l</a>", "l", [one("text_link", 0, 1, url="http://a.cn/")]),
    ("<a>a.cn</a>", "a.cn", [one("text_link", 0, 4, url="http://a.cn/")]),
    ('<a href="nowhere">l</a>', "l", []),
    ('<a href="tel:+8613800000000">l</a>', "l", []),
    ('<a href="tg://user?id=5">l</a>', "l", [one("text_mention", 0, 1, user={"id": 5})]),
    ('<tg-emoji emoji-id="77">👍</tg-emoji>', "👍",
     [one("custom_emoji", 0, 2, custom_emoji_id="77")]),
]  # fmt: skip


@pytest.mark.parametrize(("html", "text", "entities"), ACCEPTED)
def test_html_that_telegram_takes(html: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_html(html) == (text, entities)


def test_white_space_around_a_text_goes_and_entities_follow() -> None:
    text, entities = parse_html("  <b> a\tb </b>\n")
    assert trim(text, entities) == ("a b", [one("bold", 0, 3)])


def test_length_is_counted_in_utf16() -> None:
    assert utf16_length("中a🚚") == 4


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("/report now", "bot_command", "/report"),
        ("先 /report@muster_demo_bot 后", "bot_command", "/report@muster_demo_bot"),
        ("ask @anna_t, please", "mention", "@anna_t"),
        ("mark #台风 now", "hashtag", "#台风"),
        ("see https://a.cn/x?y=1.", "url", "https://a.cn/x?y=1"),
        ("mail a.b@c.cn", "email", "a.b@c.cn"),
        ("电话 +86 138 0000 0001。", "phone_number", "+86 138 0000 0001"),
    ],
)
def test_what_telegram_marks_by_itself(text: str, kind: str, found: str) -> None:
    [entity] = with_found(text, [])
    units = text.encode("utf-16-le")
    begin, end = entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2
    assert (entity["type"], units[begin:end].decode("utf-16-le")) == (kind, found)


@pytest.mark.parametrize("text", ["a/b", "//x", "a@b", "1#2", "no 12345", "<https://"])
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert with_found(text, []) == []


def test_nothing_is_found_inside_code() -> None:
    text, entities = parse_html("<code>/report</code>")
    assert with_found(text, entities) == [one("code", 0, 7)]
