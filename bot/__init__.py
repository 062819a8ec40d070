"""Runs: the process. The only room that builds things and touches network, time and processes."""
