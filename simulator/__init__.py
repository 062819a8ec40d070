"""Stands in: the Telegram Bot API over HTTP and a chat page, so that a bot runs without Telegram.

In: a bot's calls over HTTP, and what people do on the stage. Out: what Telegram would answer and
show. It knows one bot, nothing of what the bot is for, and imports nothing of ours.
"""

from simulator.clock import SimClock
from simulator.faults import Fault
from simulator.limits import Limits
from simulator.server import Simulator
from simulator.stage_floor import StageError

__all__ = ["Fault", "Limits", "SimClock", "Simulator", "StageError"]
