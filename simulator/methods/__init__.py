"""What a bot can call, one file for each thing it does. In: the world and the call's parameters.
Out: the `result`.

A method is a plain function; it refuses by raising ApiError. Forbidden here: HTTP, waiting.
"""

from simulator.methods import (
    callbacks,
    chats,
    commands,
    copying,
    deleting,
    editing,
    fetching,
    media,
    sending,
)
from simulator.methods.registry import Method

METHODS: dict[str, Method] = {
    **callbacks.METHODS,
    **chats.METHODS,
    **commands.METHODS,
    **copying.METHODS,
    **deleting.METHODS,
    **editing.METHODS,
    **fetching.METHODS,
    **media.METHODS,
    **sending.METHODS,
}
"""By lower-case name."""

__all__ = ["METHODS", "Method"]
