"""Decides: plans, people, resources, the incident engine. Pure: no I/O, no clock, no chance."""
