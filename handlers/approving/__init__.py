"""Approving: pressing and typing what somebody decides on what somebody else asked for.

Forbidden here: who may decide, and on how many (the engine says, each time).
"""
