"""What changed, told in order to whoever watches (the page). In: `publish`. Out: events from a
number on.

The last events are kept; a watcher who asks for older ones, or falls behind, gets one
`reset` event and reads the whole state again. Forbidden here: HTTP.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from simulator.bounds import Bounds

END = "end"

Event = dict[str, Any]


class TooManyWatchers(Exception):
    """As many as may are watching already."""


class EventLog:
    """Numbered events; `seq` is the number of the last one."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self.seq = 0
        self._kept: deque[Event] = deque(maxlen=bounds.events)
        self._watchers: set[asyncio.Queue[Event]] = set()
        self.on_publish: Callable[[], None] = lambda: None

    def publish(self, kind: str, **details: Any) -> None:
        self.seq += 1
        event = {"seq": self.seq, "type": kind, **details}
        self._kept.append(event)
        for queue in self._watchers:
            if queue.full():
                _drain(queue)
                queue.put_nowait(self._reset())
            else:
                queue.put_nowait(event)
        self.on_publish()

    def since(self, seq: int) -> list[Event]:
        """Events after `seq`, or one `reset` when some of them are no longer kept or never were."""
        if seq == self.seq:
            return []
        first = self._kept[0]["seq"] if self._kept else self.seq + 1
        if seq > self.seq or seq < first - 1:
            return [self._reset()]
        return [event for event in self._kept if event["seq"] > seq]

    def watch(self) -> asyncio.Queue[Event]:
        """A queue that gets every event from now on. Raises TooManyWatchers."""
        if len(self._watchers) >= self._bounds.watchers:
            raise TooManyWatchers
        queue: asyncio.Queue[Event] = asyncio.Queue(self._bounds.events_behind)
        self._watchers.add(queue)
        return queue

    def unwatch(self, queue: asyncio.Queue[Event]) -> None:
        self._watchers.discard(queue)

    def close(self) -> None:
        """Tell every watcher that nothing more comes."""
        for queue in self._watchers:
            _drain(queue)
            queue.put_nowait({"seq": self.seq, "type": END})

    def _reset(self) -> Event:
        return {"seq": self.seq, "type": "reset"}


def _drain(queue: asyncio.Queue[Event]) -> None:
    while not queue.empty():
        queue.get_nowait()
