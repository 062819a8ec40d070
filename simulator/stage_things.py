"""What people send besides words and places: pictures, files, voice notes, contacts. In: bytes or a
number. Out: it is shown, and the bot gets an update if Telegram would give it one.

Forbidden here: HTTP, and looking into a file beyond a picture's size.
"""

from simulator.detect import with_found
from simulator.entities import trim
from simulator.files import StoredFile, image_size, mime_of, photo_sizes
from simulator.messages import Json, Shown
from simulator.people import dialled
from simulator.stage_floor import StageError, Where, Which, Who
from simulator.stage_groups import Groups

DEFAULT_PHOTO_SIZE = (1280, 960)


class Things(Groups):
    """Sending."""

    def send_photo(
        self,
        who: Who,
        chat: Where,
        data: bytes,
        caption: str | None = None,
        reply_to: Which | None = None,
    ) -> Shown:
        """Send a picture. Bytes that are no picture are taken for one of the usual size."""
        stored = self._keep("photos", "photo.jpg", "image/jpeg", data)
        sizes = photo_sizes(stored, image_size(data) or DEFAULT_PHOTO_SIZE)
        return self._post(who, chat, {"photo": sizes, **_caption(caption)}, reply_to)

    def send_document(
        self,
        who: Who,
        chat: Where,
        data: bytes,
        caption: str | None = None,
        reply_to: Which | None = None,
        *,
        name: str = "document.pdf",
        mime: str | None = None,
    ) -> Shown:
        """Send a file. `mime` is told by the name's ending where it is not given."""
        stored = self._keep("documents", name, mime or mime_of(name), data)
        document = {**stored.shape(), "file_name": name, "mime_type": stored.mime}
        return self._post(who, chat, {"document": document, **_caption(caption)}, reply_to)

    def send_voice(
        self,
        who: Who,
        chat: Where,
        data: bytes,
        caption: str | None = None,
        reply_to: Which | None = None,
        *,
        duration_s: int = 3,
        mime: str = "audio/ogg",
    ) -> Shown:
        stored = self._keep("voice", "voice.oga", mime, data)
        voice = {**stored.shape(), "duration": duration_s, "mime_type": mime}
        return self._post(who, chat, {"voice": voice, **_caption(caption)}, reply_to)

    def share_contact(
        self,
        who: Who,
        chat: Where,
        contact_of: Who | None = None,
        reply_to: Which | None = None,
        *,
        phone: str | None = None,
        plus: bool = False,
    ) -> Shown:
        """Share a phone number: one's own, or that of somebody else who is on Telegram.

        Telegram gives digits with the country's code and no spaces; some of its apps put a "+"
        before them (`plus`), others do not. `phone`: a card somebody typed, with any number under
        any name: it names no account, so `user_id` is missing.
        """
        person = self._person(who if contact_of is None else contact_of)
        number = person.phone if phone is None else phone
        if not number:
            raise StageError(f"{person.first_name} has no phone number")
        contact: Json = {
            "phone_number": dialled(number, plus=plus),
            "first_name": person.first_name,
        }
        if phone is None:
            contact["user_id"] = person.id
        return self._post(who, chat, {"contact": contact}, reply_to)

    def _keep(self, folder: str, name: str, mime: str, data: bytes) -> StoredFile:
        if not data:
            raise StageError("the file is empty")
        return self.world.files.keep(folder, name, mime, data)


def _caption(caption: str | None) -> Json:
    if not caption:
        return {}
    kept, _ = trim(caption, [])
    found = with_found(kept, [])
    return {"caption": kept, **({"caption_entities": found} if found else {})}
