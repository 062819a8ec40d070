"""The incident engine. `decide` is its door; one file for each kind of decision."""

from plans.engine.decide import decide

__all__ = ["decide"]
