"""Remembers: the store port and its implementations."""
