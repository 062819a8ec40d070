"""Tests of `plans.calendar`."""
