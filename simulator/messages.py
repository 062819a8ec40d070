"""One message as it is shown in a chat. In: the Bot API's Message object. Out: what tests and the
page read of it.

Forbidden here: deciding what may be sent or changed.
"""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
MAX_EARLIER_KEPT = 20


@dataclass(eq=False)
class Shown:
    """A message. `body` is the Bot API's Message; `earlier` are the texts it had before its last
    edits; `silent` ones came without a sound (`disable_notification`).
    """

    body: Json
    by_bot: bool
    seen_by_bot: bool = True
    deleted: bool = False
    silent: bool = False
    earlier: list[str] = field(default_factory=list)

    @property
    def chat_id(self) -> int:
        return int(self.body["chat"]["id"])

    @property
    def message_id(self) -> int:
        return int(self.body["message_id"])

    @property
    def sender_id(self) -> int:
        return int(self.body["from"]["id"])

    @property
    def text(self) -> str:
        """The text or the caption, "" when there is neither."""
        return str(self.body.get("text") or self.body.get("caption") or "")

    @property
    def buttons(self) -> list[Json]:
        """The inline buttons, in reading order."""
        rows = self.body.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [str(button["text"]) for button in self.buttons]

    def button(self, data_or_label: str) -> Json | None:
        """The inline button with this callback data, or else with this label."""
        for button in self.buttons:
            if button.get("callback_data") == data_or_label:
                return button
        for button in self.buttons:
            if button["text"] == data_or_label:
                return button
        return None

    def remember_text(self) -> None:
        self.earlier.append(self.text)
        del self.earlier[:-MAX_EARLIER_KEPT]

    def shape(self) -> Json:
        """For the page: the Message with `by_bot`, `deleted` and `silent`."""
        known = {"by_bot": self.by_bot, "deleted": self.deleted, "silent": self.silent}
        return {**self.body, **known}

    def quoted(self) -> Json:
        """As it stands inside a reply: a reply shows one level only."""
        return {key: value for key, value in self.body.items() if key != "reply_to_message"}
