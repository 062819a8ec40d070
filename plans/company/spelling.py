"""Names as they are shown: without what turns a whole message round, or breaks its line.

In: a name as it was written. Out: the name on one line, with nothing in it that cannot be seen.
Forbidden here: judging whether it is a name.
"""

import re
import unicodedata

_TURNING = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_BREAKS = ("Cc", "Zl", "Zp")


def on_one_line(name: object) -> object:
    """What is no text is left as it is: whoever checks it says so."""
    if not isinstance(name, str):
        return name
    kept = _TURNING.sub("", name)
    return "".join(" " if unicodedata.category(one) in _BREAKS else one for one in kept)
