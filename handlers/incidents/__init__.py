"""Incidents: looking at them, and what belongs to one as a whole.

`lists` shows them, `levels` raises and lowers, `notes` takes what is added, `children` and
`following` begin what belongs to another. Forbidden here: single steps (see `handlers.steps`).
"""
