"""Talks: Telegram handlers, wording, cards and buttons; events become messages here."""
