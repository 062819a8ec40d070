"""Files up and down: real bytes, sizes, ids, and what is refused."""

import io
import struct

import aiohttp
import pytest

from simulator import Simulator
from simulator.bounds import Bounds
from simulator.files import FileStore, image_size
from tests.simulator.bare_bot import BareBot
from tests.simulator.conftest import ANNA, BO, DEPOT


def png(width: int, height: int) -> bytes:
    """The head of a PNG: all that anyone here looks at."""
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", width, height) + b"\x08\x02"


def jpeg(width: int, height: int) -> bytes:
    frame = b"\xff\xc0" + struct.pack(">HBHH", 17, 8, height, width) + b"\x03" * 10
    return b"\xff\xd8\xff\xe0\x00\x04ab" + frame


async def test_a_photo_of_a_person_is_fetched_byte_for_byte(sim: Simulator, bot: BareBot) -> None:
    sim.stage.send_photo(ANNA, ANNA, jpeg(640, 480), "the road /report")
    [update] = await bot.updates()
    small, large = update["message"]["photo"]
    assert (large["width"], large["height"]) == (640, 480)
    assert small["width"] == 90
    assert update["message"]["caption_entities"][0]["type"] == "bot_command"
    file = await bot.call("getFile", file_id=large["file_id"])
    async with bot.session.get(f"{sim.file_url}{sim.token}/{file['file_path']}") as answer:
        assert await answer.read() == jpeg(640, 480)
    async with bot.session.get(f"{sim.file_url}{sim.token}/photos/none.jpg") as answer:
        assert answer.status == 404
    async with bot.session.get(f"{sim.file_url}2:OTHER/{file['file_path']}") as answer:
        assert answer.status == 401


async def test_documents_and_voices(sim: Simulator, bot: BareBot) -> None:
    sim.stage.send_document(ANNA, ANNA, b"%PDF", name="plan.pdf")
    sim.stage.send_voice(ANNA, ANNA, b"OggS", duration_s=7)
    document, voice = (update["message"] for update in await bot.updates())
    assert document["document"]["file_name"] == "plan.pdf"
    assert (voice["voice"]["duration"], voice["voice"]["mime_type"]) == (7, "audio/ogg")


async def upload(bot: BareBot, method: str, name: str, data: bytes, **params: str) -> object:
    return await upload_to(bot, ANNA, method, name, data, **params)


async def upload_to(
    bot: BareBot,
    chat_id: int,
    method: str,
    name: str,
    data: bytes,
    *,
    filename: str = "f.bin",
    mime: str = "application/octet-stream",
    **params: str,
) -> object:
    """The message, or the words of the refusal."""
    values = {"chat_id": str(chat_id), name: "attach://f", **params}
    form = aiohttp.FormData(values, quote_fields=False)  # names as they are, as other clients do
    form.add_field("f", io.BytesIO(data), filename=filename, content_type=mime)
    async with bot.session.post(bot.url(method), data=form) as answer:
        body = await answer.json()
        return body["result"] if body["ok"] else body["description"]


async def test_what_the_bot_uploads(sim: Simulator, bot: BareBot) -> None:
    sent = await upload(bot, "sendPhoto", "photo", png(10, 20), caption="<b>x</b>",
                        parse_mode="HTML")  # fmt: skip
    assert isinstance(sent, dict)
    assert sent["photo"][-1]["height"] == 20
    assert sent["caption_entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    document = await upload(bot, "sendDocument", "document", b"x,y")
    assert isinstance(document, dict)
    again = await bot.call("sendDocument", chat_id=ANNA, document=document["document"]["file_id"])
    assert again["document"]["file_unique_id"] == document["document"]["file_unique_id"]
    where = {"chat_id": ANNA, "message_id": again["message_id"]}
    captioned = await bot.call("editMessageCaption", **where, caption="list")
    assert captioned["caption"] == "list"
    assert "caption" not in await bot.call("editMessageCaption", **where)


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("人员.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("people.csv", "text/csv"),
        ("people.unheard", "text/x-own"),
    ],
)
async def test_a_document_goes_both_ways_with_its_name_and_kind(
    sim: Simulator, bot: BareBot, name: str, mime: str
) -> None:
    sent = await upload_to(
        bot, ANNA, "sendDocument", "document", b"a,b", filename=name, mime="text/x-own; charset=x"
    )
    assert isinstance(sent, dict)
    document = sent["document"]
    assert (document["file_name"], document["mime_type"]) == (name, mime)
    file = await bot.call("getFile", file_id=document["file_id"])
    for url in (
        f"{sim.file_url}{sim.token}/{file['file_path']}",
        f"{sim.url}/stage/file/{document['file_id']}",
    ):
        async with bot.session.get(url) as answer:
            assert await answer.read() == b"a,b"
    sim.stage.send_document(ANNA, ANNA, b"a,b", name=name, mime=mime)
    [came] = await bot.updates()
    assert came["message"]["document"]["file_name"] == name
    assert came["message"]["document"]["mime_type"] == mime


async def test_contacts_the_bot_sends(sim: Simulator, bot: BareBot) -> None:
    told = {"phone_number": "+86 10 5550 0120", "first_name": "Rescue", "last_name": "Station"}
    sent = await bot.call("sendContact", chat_id=ANNA, **told)
    assert sent["contact"] == told
    assert "parameter" in await bot.refused("sendContact", chat_id=ANNA, first_name="x")
    assert await bot.refused("sendContact", chat_id=ANNA, **told, vcard="x" * 2049) == (
        "Bad Request: vcard is too long"
    )


async def test_uploads_that_are_refused(bot: BareBot) -> None:
    assert await upload(bot, "sendPhoto", "photo", b"no picture") == (
        "Bad Request: IMAGE_PROCESS_FAILED"
    )
    assert await upload(bot, "sendDocument", "document", b"") == (
        "Bad Request: file must be non-empty"
    )
    assert await upload(bot, "sendPhoto", "photo", png(1, 1) + bytes(10 * 1024 * 1024)) == (
        "Request Entity Too Large"
    )
    assert await upload(bot, "sendVoice", "voice", b"x", caption="x" * 1025) == (
        "Bad Request: message caption is too long"
    )
    assert await upload(bot, "sendDocument", "document", bytes(53 * 1024 * 1024)) == (
        "Request Entity Too Large"
    )
    refused = bot.refused
    assert await refused("sendPhoto", chat_id=ANNA) == (
        "Bad Request: there is no photo in the request"
    )
    assert await refused("sendPhoto", chat_id=ANNA, photo="AgACwrong") == (
        "Bad Request: wrong file identifier/HTTP URL specified"
    )
    assert await refused("sendPhoto", chat_id=ANNA, photo="https://a.cn/x.jpg") == (
        "Bad Request: failed to get HTTP URL content"
    )


async def test_files_that_cannot_be_fetched(sim: Simulator, bot: BareBot) -> None:
    assert await bot.refused("getFile") == "Bad Request: file_id not specified"
    assert await bot.refused("getFile", file_id="x") == (
        "Bad Request: wrong file_id or the file is temporarily unavailable"
    )
    shown = sim.stage.send_document(ANNA, ANNA, bytes(20 * 1024 * 1024 + 1))
    file_id = shown.body["document"]["file_id"]
    assert await bot.refused("getFile", file_id=file_id) == "Bad Request: file is too big"


async def test_a_photo_without_reply_in_a_group_is_not_seen(sim: Simulator, bot: BareBot) -> None:
    sim.stage.send_photo(BO, DEPOT, jpeg(1, 1))
    card = await bot.send(DEPOT, "send a photo")
    sim.stage.send_photo(BO, DEPOT, jpeg(2, 2), reply_to=card["message_id"])
    [update] = await bot.updates()
    assert update["message"]["photo"][-1]["width"] == 2


def test_the_oldest_files_are_forgotten_first() -> None:
    store = FileStore(Bounds(files=2))
    kept = [store.keep("voice", "v.oga", "audio/ogg", bytes([n])) for n in range(3)]
    assert [store.by_id(file.file_id) is None for file in kept] == [True, False, False]
    small = FileStore(Bounds(file_bytes=10))
    first = small.keep("voice", "v.oga", "audio/ogg", bytes(6))
    second = small.keep("voice", "v.oga", "audio/ogg", bytes(6))
    assert small.by_path(first.path) is None
    assert small.by_path(second.path) is second


@pytest.mark.parametrize(
    ("data", "size"),
    [(png(3, 4), (3, 4)), (jpeg(5, 6), (5, 6)), (b"", None), (b"\xff\xd8\xff", None)],
)
def test_pictures_are_measured(data: bytes, size: tuple[int, int] | None) -> None:
    assert image_size(data) == size
