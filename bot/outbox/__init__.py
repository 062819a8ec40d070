"""The outbox sends what was committed: pending -> sending -> sent | failed | unknown | folded.

One rule a file: `lanes` (urgent first, folding), `bundle` (storms), `schedule` (who goes now),
`holds` (429 and trouble), `steady` (their time), `outcome` (what an answer means), `results` (what
follows from it), `ledger` (the store), `sender` and `calls` (the Bot API), `answers` (button
presses), `outbox` (the loop).
"""

from bot.outbox.outbox import Outbox
from bot.outbox.outcome import Failure
from bot.outbox.sender import OutboxSetup

__all__ = ["Failure", "Outbox", "OutboxSetup"]
