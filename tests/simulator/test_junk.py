"""Whatever a bot sends, it is answered in the Bot API's form; nothing breaks the stand-in."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator import Limits, Simulator
from simulator.api import Reply
from simulator.detect import with_found
from simulator.entities import trim, utf16_length
from simulator.errors import ApiError
from simulator.html_text import parse_html
from simulator.methods import METHODS
from simulator.params import Params
from tests.simulator.conftest import ANNA, BO, DEPOT, furnish

PIECES = [
    "<b>",
    "</b>",
    "<a href=",
    "'https://a.cn'",
    ">",
    "</a>",
    "<",
    "&lt;",
    "&#",
    "x41",
    "<pre>",
    "</code>",
    "</pre>",
    "</",
    "中🚚",
    "/x",
    "@anna_t",
]
MARKUP = st.lists(
    st.sampled_from([*PIECES, "9" * 5000, '<code class="language-x">', " ", "\n", "\r"])
    | st.text(max_size=3),
    max_size=12,
).map("".join)


@settings(max_examples=200, deadline=None)
@given(MARKUP)
def test_any_html_is_read_or_refused(html: str) -> None:
    try:
        text, entities = trim(*parse_html(html))
    except ApiError:
        return
    length = utf16_length(text)
    for entity in with_found(text, entities):
        assert entity["offset"] >= 0
        assert entity["length"] > 0
        assert entity["offset"] + entity["length"] <= length


FIELDS = [
    "text",
    "keyboard",
    "inline_keyboard",
    "callback_data",
    "url",
    "message_id",
    "chat_id",
    "type",
    "offset",
    "length",
    "user",
    "id",
    "command",
    "description",
    "force_reply",
    "selective",
    "allow_sending_without_reply",
    "remove_keyboard",
    "user_id",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4)
    ),
    max_leaves=10,
)
NAMES = [
    "text",
    "caption",
    "parse_mode",
    "entities",
    "caption_entities",
    "reply_markup",
    "reply_parameters",
    "reply_to_message_id",
    "message_id",
    "message_ids",
    "latitude",
    "longitude",
    "live_period",
    "horizontal_accuracy",
    "title",
    "address",
    "phone_number",
    "first_name",
    "photo",
    "document",
    "voice",
    "duration",
    "callback_query_id",
    "show_alert",
    "url",
    "commands",
    "scope",
    "language_code",
    "action",
    "user_id",
    "file_id",
    "from_chat_id",
    "protect_content",
]
VALUE = JSON | JSON.map(json.dumps) | st.just("HTML") | st.sampled_from([1, 2, ANNA, DEPOT])


@pytest.fixture(scope="module")
def busy_world() -> Simulator:
    sim = Simulator(limits=Limits.none())
    furnish(sim)
    sim.stage.say(ANNA, ANNA, "/one")
    sim.stage.say(BO, DEPOT, "/two")
    return sim


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(set(METHODS) - {"logout"})),
    st.sampled_from([ANNA, BO, DEPOT, 5, "", None]),
    st.dictionaries(st.sampled_from(NAMES), VALUE, max_size=6),
)
async def test_any_call_is_answered(
    busy_world: Simulator, method: str, chat_id: Any, values: dict[str, Any]
) -> None:
    reply = await busy_world.api.call(method, Params({"chat_id": chat_id, **values}))
    assert isinstance(reply, Reply)
    assert reply.body["ok"] is (reply.status == 200)
    json.dumps(reply.body)
