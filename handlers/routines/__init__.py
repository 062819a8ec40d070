"""Routines: plans that begin by the clock, and what the company's vehicles are ready for.

`running` begins them, `vehicles` is /vehicles. Forbidden here: when a routine is due (`plans.calendar`).
"""
