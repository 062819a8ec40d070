"""The engine in conversation, and under chance."""
