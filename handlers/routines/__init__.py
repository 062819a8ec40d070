"""Routines: plans that begin by the clock. `running` begins them, `listing` shows those under way.
Forbidden here: when a routine is due (`plans.calendar`)."""
