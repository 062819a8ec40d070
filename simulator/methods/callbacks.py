"""answerCallbackQuery: the toast or alert a person sees after pressing a button."""

from datetime import timedelta
from typing import Any

from simulator import errors
from simulator.entities import utf16_length
from simulator.methods.registry import Method, table
from simulator.params import Params
from simulator.world import Answer, World

ANSWERABLE = timedelta(seconds=60)
MAX_ANSWER = 200


def answer_callback_query(world: World, params: Params) -> Any:
    """The first answer is shown; a second one is taken and comes to nothing, the phone has stopped
    waiting.
    """
    query = world.queries.get(params.text("callback_query_id"))
    if query is None or world.clock.now() - query.at > ANSWERABLE:
        raise errors.QUERY_TOO_OLD.error()
    text, url = params.text("text"), params.text("url")
    if utf16_length(text) > MAX_ANSWER:
        raise errors.ANSWER_TOO_LONG.error()
    if url and not url.startswith(
        (f"https://t.me/{world.bot.username}", f"t.me/{world.bot.username}")
    ):
        raise errors.ANSWER_URL_INVALID.error()
    if not query.answered:
        query.answered = True
        show_alert = params.flag("show_alert")
        world.add_answer(Answer(query.query_id, query.person_id, text, show_alert, url))
    return True


METHODS = table(Method("answerCallbackQuery", answer_callback_query))
