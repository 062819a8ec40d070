"""Tests read as conversations: who types or presses what, who then sees what, at which fake minute."""
