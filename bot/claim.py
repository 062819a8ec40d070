"""The code for the first administrator: made when nobody can look after the bot, shown once.

In: the store and the desk at the start. Out: a code in clear, for the screen of whoever started
the process. Forbidden here: the log; keeping the code (its hash is kept).
"""

import secrets
import sys
from datetime import datetime
from typing import TextIO

from handlers.desk import Desk
from handlers.registration.claim import hash_of
from handlers.registration.documents import CLAIM, Claim
from handlers.registration.register import ready_administrators
from storage.port import Store, Turn

# Without what is easily taken for something else: 0 O, 1 I L, 5 S, 2 Z, 8 B, U V.
LETTERS = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 10


async def offer_claim(store: Store, desk: Desk, *, at: datetime) -> str | None:
    """A new code, valid until it is used or the process starts again; None when there is an
    administrator with an account: then no code is valid any more. StoreFailed: see there."""
    async with store.turn(at=at) as turn:
        known = await turn.get(CLAIM, "claim")
        if ready_administrators(await desk.roster(turn)):
            if known is not None:
                turn.remove(CLAIM, "claim")
            return None
        return _new_code(turn, known)


async def fresh_claim(store: Store, *, at: datetime) -> str:
    """A new code though there are administrators: for when all of them have lost their accounts.
    Valid until it is used or the process starts again. StoreFailed: see there."""
    async with store.turn(at=at) as turn:
        return _new_code(turn, await turn.get(CLAIM, "claim"))


def _new_code(turn: Turn, known: Claim | None) -> str:
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    turn.put(CLAIM, Claim(code_hash=hash_of(code), tries=known.tries if known else ()))
    return code


def show_claim(code: str, bot_name: str, stream: TextIO | None = None) -> None:
    """Show the code on the screen, in both languages."""
    lines = (
        "还没有管理员。请在 Telegram 里给",
        f"  @{bot_name}  发送：  /claim {code}",
        "口令只能用一次，重新启动会换一个。",
        "",
        "There is no administrator yet. In Telegram, send",
        f"  /claim {code}  to  @{bot_name}",
        "It works once; a restart shows another one.",
    )
    rule = "─" * 60
    shown = "\n".join((f"┌{rule}", *(f"│ {line}".rstrip() for line in lines), f"└{rule}"))
    out = stream or sys.stderr
    out.write(f"{shown}\n")
    out.flush()
