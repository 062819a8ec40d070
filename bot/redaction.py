"""What must not reach a log is taken out of a text here. Pure.

In: any text. Out: the text without tokens, passwords in addresses and phone numbers. Forbidden
here: deciding what is logged.
"""

import re

HIDDEN = "***"

# (what, replacement). Order matters: a token inside an address goes with the address.
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(/bot)[^/\s\"'?]*:[^/\s\"'?]+"), rf"\1{HIDDEN}"),
    (re.compile(r"\b\d{1,20}(?::|%3A)[A-Za-z0-9_-]{20,}", re.IGNORECASE), HIDDEN),
    (re.compile(r"(://)[^/\s@\"']+@"), rf"\1{HIDDEN}@"),
    (re.compile(r"(?<![\d+])(?:\+|00(?=[1-9]))\d[\d\s().-]{6,18}\d(?!\d)"), HIDDEN),
    (re.compile(r"(?<!\d)(?:86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"), HIDDEN),
    (re.compile(r"(?<![\d-])\(?0[1-9]\d{1,2}\)?[ -]?\d{7,8}(?!\d)"), HIDDEN),
    (re.compile(r"(?<![\d-])[48]00[ -]\d{3,4}[ -]\d{3,4}(?!\d)"), HIDDEN),
)
TO_HALF_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}


def redact(text: str, secrets: tuple[str, ...] = ()) -> str:
    """The text with secrets, tokens, passwords in addresses and phone numbers hidden.

    Full-width digits are read as plain ones, since people type phone numbers so.
    """
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    text = text.translate(TO_HALF_WIDTH)
    for pattern, replacement in PATTERNS:
        text = pattern.sub(replacement, text)
    return text
