"""Tests of the room that runs the process."""
