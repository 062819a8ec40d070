"""What has been put since: a collection as last read, brought up to now one document at a time.

In: a turn, what was read and of which version it was. Out: the same with what has changed.
Forbidden here: changing what was read before; whoever holds it may go on with it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from storage.port import D, Kind, Turn

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class Since:
    """`versions`: of each kind that was read, by its name."""

    turn: Turn
    versions: Mapping[str, int]

    def same(self, kind: Kind[Any]) -> bool:
        """Whether nothing has changed."""
        return self.versions.get(kind.name) == self.turn.version(kind)

    async def entries(
        self, kind: Kind[D], known: Mapping[K, V], entry_of: Callable[[D], tuple[K, V]]
    ) -> Mapping[K, V]:
        """`known` itself when nothing has changed; else a copy in which only what was put has been
        read anew, or, where that is not known, everything."""
        if self.same(kind):
            return known
        since = self.versions.get(kind.name)
        changed = None if since is None else self.turn.changed(kind, since)
        if changed is None:
            return dict(map(entry_of, await self.turn.find(kind)))
        found = [await self.turn.get(kind, key) for key in changed]
        return {**known, **dict(entry_of(one) for one in found if one is not None)}
