"""Number plates of mainland China, read forgivingly and kept in one form.

In: what drivers and planners type ("浙a·12345", "浙 Ａ１２３４５", "12345"). Out: `Plate`, e.g.
"浙A12345". Forbidden here: knowing which vehicles exist (they are passed in).
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

Plate = str
"""Province sign, letter, 5 characters (6 for new energy), without separators: "浙A12345"."""

_LONGEST_TYPED: Final = 4096
_PROVINCES: Final = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_SEPARATORS: Final = r"[\s·.\-•・‧∙_。]"
_SERIAL: Final = r"(?:[A-Z0-9]{5,6}|[A-Z0-9]{4}[挂学警港澳领试超])"
_PLATE: Final = re.compile(rf"([{_PROVINCES}][A-Z])({_SERIAL})")
_JOINED_IN_SENTENCE: Final = re.compile(
    rf"[{_PROVINCES}]\s?[A-Z]{_SEPARATORS}{{0,3}}{_SERIAL}(?![A-Z0-9])"
)
_SPACED_IN_SENTENCE: Final = re.compile(
    rf"[{_PROVINCES}]{_SEPARATORS}{{0,2}}[A-Z](?:{_SEPARATORS}{{0,2}}[A-Z0-9]){{5}}(?![A-Z0-9])"
)
_TAIL: Final = re.compile(r"(?:车牌号?|尾号|NO\.?)?:?((?:[A-Z])?[A-Z0-9]{4,6})")
# A plate's serial never has the letters I and O, so these are slips for the digits.
_SLIPS: Final = str.maketrans("IO", "10")


def normal_plate(text: str) -> Plate | None:
    """The plate that is the whole of `text`, whatever its case, width and separators, or None."""
    return _plate(_joined(_upper(text)))


def find_plate(text: str) -> Plate | None:
    """The first plate inside a sentence, or None."""
    typed = _upper(text)
    for pattern in (_JOINED_IN_SENTENCE, _SPACED_IN_SENTENCE):
        if found := pattern.search(typed):
            return _plate(_joined(found[0]))
    return None


def show_plate(plate: str) -> str:
    """As it is printed on the vehicle: "浙A·12345"."""
    return f"{plate[:2]}·{plate[2:]}"


def match_plates(text: str, plates: Iterable[Plate]) -> tuple[Plate, ...]:
    """Those of `plates` that `text` can mean, in their order: a full plate, in a sentence or
    alone, or its last 4 or more characters typed alone. Empty when none fits."""
    full = normal_plate(text) or find_plate(text)
    if full is not None:
        return tuple(plate for plate in plates if plate == full)
    tail = _TAIL.fullmatch(_joined(_upper(text)))
    if tail is None:
        return ()
    ending = tail[1]
    wanted = {ending, ending.translate(_SLIPS)}
    return tuple(plate for plate in plates if any(plate[1:].endswith(end) for end in wanted))


def _upper(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:_LONGEST_TYPED]).upper().strip()


def _joined(typed: str) -> str:
    return re.sub(_SEPARATORS, "", typed)


def _plate(joined: str) -> Plate | None:
    found = _PLATE.fullmatch(joined)
    return found[1] + found[2].translate(_SLIPS) if found else None
