"""Tests read as conversations: who says or presses what, who then sees what, at which minute."""
