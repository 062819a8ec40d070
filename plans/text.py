"""What is said, in both languages.

In: words from plan files, the company file and the code. Out: `Text`, which always has Chinese and
English, so that no screen can fall back to a blank. Forbidden here: choosing a person's language.
"""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, StringConstraints

Lang = Literal["zh", "en"]

LONGEST_TEXT: Final = 500

_Wording = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT)
]


class Text(BaseModel, frozen=True, extra="forbid"):
    """One wording in Chinese and English; both 1 to 500 characters after trimming."""

    zh: _Wording
    en: _Wording

    def in_(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


class WordedError(ValueError):
    """A value that cannot be accepted, with the reason in words for whoever wrote it.

    Validators raise it; `plans.yaml_source` shows `text` beside the line.
    """

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh=zh[:LONGEST_TEXT], en=en[:LONGEST_TEXT])
