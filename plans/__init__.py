"""Decides: plans, people, resources and the incident engine. Pure: no I/O, no clock, no randomness."""
