"""Measurements: `python -m tests.bench` runs them all. They print; they assert nothing."""
