"""Two bot libraries that know nothing of each other hold the same conversation with the stand-in.

What both understand in the same way is most likely what Telegram says.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import aiogram
import pytest
import telegram.ext
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update

from simulator import Limits, Simulator
from tests.simulator.conftest import ANNA, BO, DEPOT, furnish
from tests.simulator.libraries import Aiogram, Library, PythonTelegramBot, Refused
from tests.simulator.test_files import jpeg, png

LIBRARIES: list[Callable[[Simulator], Library]] = [Aiogram, PythonTelegramBot]


@pytest.fixture(autouse=True)
def durations_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it python-telegram-bot warns of its own change at each 429."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture(params=LIBRARIES, ids=lambda kind: kind.__name__)
async def bot(sim: Simulator, request: pytest.FixtureRequest) -> AsyncIterator[Library]:
    library: Library = request.param(sim)
    await library.open()
    yield library
    await library.close()


async def one_update(bot: Library, offset: int = 0) -> Any:
    [update] = await bot.updates(offset)
    assert bot.unknown_fields(update) == []
    return update


async def test_who_am_i(bot: Library) -> None:
    me = await bot.me()
    assert (me.id, me.is_bot, me.username) == (1, True, "muster_demo_bot")
    assert bot.unknown_fields(me) == []


async def test_text_and_entities(bot: Library) -> None:
    sent = await bot.send(ANNA, "<b>车</b> 🚚 <code>x</code> +86 138 0000 0001")
    assert sent.text == "车 🚚 x +86 138 0000 0001"
    assert [(str(entity.type), entity.offset, entity.length) for entity in sent.entities] == [
        ("bold", 0, 1),
        ("code", 5, 1),
        ("phone_number", 7, 17),
    ]
    assert bot.unknown_fields(sent) == []


async def test_a_conversation_with_a_button(sim: Simulator, bot: Library) -> None:
    sim.stage.say(ANNA, ANNA, "/report fire")
    asked = await one_update(bot)
    assert asked.message.text == "/report fire"
    assert asked.message.chat.type == "private"
    sent = await bot.send(ANNA, "Where?", button="At the pier")
    card = sim.world.last(ANNA)
    assert card is not None
    assert card.message_id == sent.message_id
    query_id = sim.stage.press(ANNA, card, "At the pier")
    pressed = await one_update(bot, asked.update_id + 1)
    assert pressed.update_id == asked.update_id + 1
    query = pressed.callback_query
    assert (query.id, query.data, query.message.text) == (query_id, "pressed", "Where?")
    assert await bot.answer(query_id, "noted") is True
    assert sim.world.answers[query_id].text == "noted"
    edited = await bot.edit(ANNA, sent.message_id, "At <i>the</i> pier")
    assert edited.text == card.text == "At the pier"
    assert edited.edit_date is not None
    assert bot.unknown_fields(edited) == []
    again = await bot.edit(ANNA, sent.message_id, "At <i>the</i> pier")
    assert again.kind == "bad_request"
    assert again.detail.startswith("message is not modified: specified new message content")
    assert await bot.updates(pressed.update_id + 1) == []
    assert sim.quiet()


async def test_places(sim: Simulator, bot: Library) -> None:
    sent = await bot.place(ANNA, 31.2, 121.5)
    assert (sent.location.latitude, sent.location.longitude) == (31.2, 121.5)
    live = sim.stage.start_live(ANNA, ANNA, 31.0, 121.0, 900)
    sim.stage.move_live(ANNA, live, 31.1, 121.0, heading=90)
    began, moved = await bot.updates(0)
    assert began.message.location.live_period in {900, timedelta(seconds=900)}
    assert moved.edited_message.location.latitude == 31.1
    assert bot.unknown_fields([sent, began, moved]) == []


async def test_photos_up_and_down(sim: Simulator, bot: Library) -> None:
    picture = png(320, 200)
    sent = await bot.photo(ANNA, picture, "<b>the</b> road")
    assert sent.caption == "the road"
    assert (sent.photo[-1].width, sent.photo[-1].height) == (320, 200)
    assert await bot.download(sent.photo[-1].file_id) == picture
    sim.stage.send_photo(ANNA, ANNA, jpeg(64, 48), "flooded")
    came = await one_update(bot)
    assert came.message.caption == "flooded"
    assert await bot.download(came.message.photo[-1].file_id) == jpeg(64, 48)


async def test_people_who_cannot_be_reached(sim: Simulator, bot: Library) -> None:
    cannot = "bot can't initiate conversation with a user"
    assert await bot.send(BO, "x") == Refused("forbidden", cannot)
    sim.stage.block(ANNA)
    assert await bot.send(ANNA, "x") == Refused("forbidden", "bot was blocked by the user")
    assert await bot.send(-5, "x") == Refused("bad_request", "chat not found")
    update = await one_update(bot)
    assert update.my_chat_member.new_chat_member.status == "kicked"


async def test_html_that_is_refused(bot: Library) -> None:
    outcome = await bot.send(ANNA, "<x>")
    words = 'can\'t parse entities: unsupported start tag "x" at byte offset 0'
    assert outcome == Refused("bad_request", words)


async def test_a_group_that_moved(sim: Simulator, bot: Library) -> None:
    sim.stage.add_group(-55, "Small", [ANNA], kind="group")
    new_id = sim.stage.migrate(-55)
    assert await bot.send(-55, "x") == Refused("migrated", new_id)
    moved_to, moved_from = await bot.updates(0)
    assert moved_to.message.migrate_to_chat_id == new_id
    assert moved_from.message.migrate_from_chat_id == -55


async def test_too_many_messages() -> None:
    for kind in LIBRARIES:
        sim = Simulator(limits=Limits.strict())
        furnish(sim)
        await sim.start()
        library = kind(sim)
        await library.open()
        await library.send(ANNA, "one")
        assert await library.send(ANNA, "two") == Refused("retry", 1)
        sim.clock.advance(1)
        assert not isinstance(await library.send(ANNA, "two"), Refused)
        await library.close()
        await sim.stop()


async def test_everything_else_that_is_returned_is_understood(sim: Simulator, bot: Library) -> None:
    sim.stage.promote(BO, DEPOT)
    sim.stage.promote(sim.world.bot.id, DEPOT)
    found: list[Any] = [
        await bot.chat(ANNA),
        await bot.chat(DEPOT),
        await bot.administrators(DEPOT),
        await bot.member(DEPOT, ANNA),
        await bot.member(DEPOT, 1003),
        await bot.commands(),
        await bot.webhook(),
        await bot.updates(0),
    ]
    assert not any(isinstance(one, Refused) for one in found)
    assert bot.unknown_fields(found) == []
    statuses = [str(member.status) for member in found[2]]
    assert statuses == ["creator", "administrator", "administrator"]


async def test_every_kind_of_message_a_person_sends_is_understood(
    sim: Simulator, bot: Library
) -> None:
    stage = sim.stage
    card = await bot.send(DEPOT, "card", button="x")
    shown = sim.world.last(DEPOT)
    assert shown is not None
    stage.press(BO, shown, "x")
    stage.say(ANNA, DEPOT, "/report", anonymous=True)
    stage.say(BO, DEPOT, "reply @anna_t #x https://a.cn", reply_to=card.message_id)
    stage.send_voice(ANNA, ANNA, b"OggS")
    stage.send_document(ANNA, ANNA, b"%PDF")
    stage.share_contact(ANNA, ANNA)
    stage.join(1003, DEPOT)
    stage.leave(1003, DEPOT)
    stage.share_contact(ANNA, ANNA, phone="+86 138 0000 0002")
    stage.restrict_bot(ANNA, DEPOT)
    muted = await bot.member(DEPOT, 1)
    assert (str(muted.status), muted.can_send_messages) == ("restricted", False)
    assert bot.unknown_fields(muted) == []
    stage.remove_bot(ANNA, DEPOT)
    stage.create_group(ANNA, "Small", [BO])
    stage.start(BO, "payload_1")
    updates = await bot.updates(0)
    assert len(updates) == 14
    assert bot.unknown_fields(updates) == []


# --- the libraries' own loops


async def with_aiogram(sim: Simulator) -> "asyncio.Task[None]":
    dispatcher = aiogram.Dispatcher()

    @dispatcher.message()
    async def ask(message: aiogram.types.Message) -> None:
        button = aiogram.types.InlineKeyboardButton(text="yes", callback_data="yes")
        markup = aiogram.types.InlineKeyboardMarkup(inline_keyboard=[[button]])
        await message.answer(f"{message.text}?", reply_markup=markup)

    @dispatcher.callback_query()
    async def take(query: aiogram.types.CallbackQuery) -> None:
        await query.answer("taken")
        assert isinstance(query.message, aiogram.types.Message)
        await query.message.edit_text("done")

    bot = Aiogram(sim).bot
    run = dispatcher.start_polling(bot, handle_signals=False, polling_timeout=30)
    return asyncio.create_task(run)


async def with_python_telegram_bot(sim: Simulator) -> "asyncio.Task[None]":
    async def ask(update: Update, context: Any) -> None:
        assert update.message is not None
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("yes", callback_data="yes")]])
        await update.message.reply_text(f"{update.message.text}?", reply_markup=markup)

    async def take(update: Update, context: Any) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("taken")
        await update.callback_query.edit_message_text("done")

    builder = telegram.ext.Application.builder().token(sim.token)
    app = builder.base_url(sim.api_url).base_file_url(sim.file_url).build()
    app.add_handler(telegram.ext.MessageHandler(None, ask))
    app.add_handler(telegram.ext.CallbackQueryHandler(take))

    async def run() -> None:
        async with app:
            await app.start()
            assert app.updater is not None
            await app.updater.start_polling(timeout=30)
            try:
                await asyncio.Event().wait()
            finally:
                await app.updater.stop()
                await app.stop()

    return asyncio.create_task(run())


@pytest.mark.parametrize("start", [with_aiogram, with_python_telegram_bot])
async def test_a_library_that_polls_by_itself(sim: Simulator, start: Any) -> None:
    running = await start(sim)
    sim.stage.say(ANNA, ANNA, "fire")
    await sim.until(lambda: any(one.by_bot for one in sim.world.messages(ANNA)))
    card = sim.world.last(ANNA, by_bot=True)
    assert card is not None
    assert (card.text, card.labels) == ("fire?", ["yes"])
    query_id = sim.stage.press(ANNA, card, "yes")
    await sim.until(lambda: card.text == "done" and sim.quiet())
    assert sim.world.answers[query_id].text == "taken"
    await sim.until(sim.is_polled)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
