"""What must not stand in a log. In: log lines, what people wrote. Out: nothing, or an
AssertionError. Also: every line is JSON."""

import json
from collections.abc import Iterable

from tests.process.stand_in import TOKEN, the_desk


def assert_quotes_nobody(lines: Iterable[str], written: Iterable[str]) -> None:
    """No token, no phone number of the company, and nothing of what people `written`."""
    everything = "\n".join(lines)
    phones = [person.phone for person in the_desk().company.people.values() if person.phone]
    compact = [phone.replace(" ", "") for phone in phones]
    for secret in (TOKEN, TOKEN.partition(":")[2], *phones, *compact, *written):
        assert secret not in everything
    for line in everything.splitlines():
        assert not line or "message" in json.loads(line)
