"""The whole of Muster in conversation with the people on the stand-in."""
