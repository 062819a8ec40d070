"""Phone numbers, as keyboards, tables and Telegram write them: told whether two are the same.

In: what somebody wrote. Out: a key to compare by, and the last digits to tell people apart by.
Forbidden here: judging whether the number is in use.
"""

import re
import unicodedata

COUNTRY = "86"
_EXTENSION = re.compile(r"(?:转|ext\.?|x) ?[0-9]+$", re.IGNORECASE)
# A national number behind the country's code has at least this many digits.
_NATIONAL_DIGITS = 9


def digits_of(written: str) -> str:
    """The digits and nothing else, wide ones as plain ones: for a part of a number."""
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", written))


def phone_key(written: str) -> str:
    """The digits that make a number what it is, without country code (of China), trunk zeros,
    extension, signs; empty when there is no digit. Other countries' codes stay."""
    digits = digits_of(_EXTENSION.sub("", unicodedata.normalize("NFKC", written).strip()))
    digits = digits.lstrip("0") if digits.startswith("00") else digits
    if digits.startswith(COUNTRY) and len(digits) - len(COUNTRY) >= _NATIONAL_DIGITS:
        digits = digits.removeprefix(COUNTRY)
    return digits.lstrip("0")


def international(shared: str) -> str:
    """A number as Telegram shares it (with the country's code, with or without a plus), written so
    that a tap dials it: +86 138 0000 0000."""
    digits = digits_of(shared)
    mobile = re.fullmatch(rf"{COUNTRY}(1\d\d)(\d{{4}})(\d{{4}})", digits)
    return f"+{COUNTRY} {' '.join(mobile.groups())}" if mobile else f"+{digits}"


def last_digits(written: str | None, count: int = 4) -> str:
    """The last digits, to tell two of the same name apart; empty for no number."""
    return phone_key(written or "")[-count:]
