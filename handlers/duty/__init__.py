"""Duty: who is there, who is away and who stands in; the rota; quiet hours; coverage.

`pressed` is the door for commands and buttons, `coming` for what time brings. Forbidden here:
deciding who is told of a step (the ladder does, see `plans.roster`).
"""
