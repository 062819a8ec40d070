"""Tests of the stand-in's page in a real browser, of its cast file and of its launcher."""
