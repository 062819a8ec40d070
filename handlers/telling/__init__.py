"""Telling: what has happened becomes messages, in each reader's language.

`announce` is its door: cards kept live (`live`, `cards`), new messages for whoever must act
(`pings`, `step_messages`), word for everybody else (`word`). Forbidden here: hearing anybody.
"""
