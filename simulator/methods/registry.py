"""What a method is. A table of them stands at the end of each file here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator.params import Params
from simulator.world import World

Run = Callable[[World, Params], Any]


@dataclass(frozen=True)
class Method:
    """`counted`: falls under the sending limits of the chat it names."""

    name: str
    run: Run
    counted: bool = False


def table(*methods: Method) -> dict[str, Method]:
    return {method.name.lower(): method for method in methods}
