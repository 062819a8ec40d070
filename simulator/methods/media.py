"""sendPhoto, sendDocument, sendVoice: bytes sent along, or a file the bot has seen, by its id."""

from typing import Any

from simulator import errors
from simulator.files import (
    MAX_PHOTO_BYTES,
    MAX_UPLOAD_BYTES,
    StoredFile,
    image_size,
    mime_of,
    photo_sizes,
)
from simulator.formatted import read_caption
from simulator.methods.posting import post
from simulator.methods.registry import Method, table
from simulator.params import Params
from simulator.world import World


def send_photo(world: World, params: Params) -> Any:
    stored = _file(world, params, "photo", "photos", MAX_PHOTO_BYTES)
    size = image_size(stored.data)
    if size is None:
        raise errors.PHOTO_INVALID.error()
    content = {"photo": photo_sizes(stored, size), **read_caption(params, world.people)}
    return post(world, params, content)


def send_document(world: World, params: Params) -> Any:
    stored = _file(world, params, "document", "documents", MAX_UPLOAD_BYTES)
    document = {**stored.shape(), "file_name": stored.name, "mime_type": stored.mime}
    return post(world, params, {"document": document, **read_caption(params, world.people)})


def send_voice(world: World, params: Params) -> Any:
    stored = _file(world, params, "voice", "voice", MAX_UPLOAD_BYTES)
    voice = {
        **stored.shape(),
        "duration": params.integer("duration", 0),
        "mime_type": stored.mime,
    }
    return post(world, params, {"voice": voice, **read_caption(params, world.people)})


def _file(world: World, params: Params, name: str, folder: str, max_bytes: int) -> StoredFile:
    upload = params.upload(name)
    if upload is not None:
        if not upload.data:
            raise errors.FILE_EMPTY.error()
        if len(upload.data) > max_bytes:
            raise errors.TOO_LARGE.error()
        mime = mime_of(upload.name, upload.mime)
        return world.files.keep(folder, upload.name, mime, upload.data)
    given = params.text(name)
    if not given:
        raise errors.FILE_MISSING.error(what=name)
    if given.startswith(("http://", "https://")):
        raise errors.FILE_URL.error()
    stored = world.files.by_id(given)
    if stored is None:
        raise errors.FILE_IDENTIFIER_WRONG.error()
    return stored


METHODS = table(
    Method("sendPhoto", send_photo, counted=True),
    Method("sendDocument", send_document, counted=True),
    Method("sendVoice", send_voice, counted=True),
)
