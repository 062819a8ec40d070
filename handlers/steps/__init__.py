"""Steps: what people do with a step of an incident, by its buttons.

In: presses on a step's message. Out: commands to the engine, call lists ticked, texts to copy.
Forbidden here: whose step it is, and who comes next (the engine and the roster's ladder say).
"""
