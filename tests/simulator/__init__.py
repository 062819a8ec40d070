"""The stand-in against what Telegram documents, over HTTP and with two bot libraries."""
