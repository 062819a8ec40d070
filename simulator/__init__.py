"""Stands in: the Telegram Bot API over HTTP and a chat page, so that a bot runs without Telegram."""
