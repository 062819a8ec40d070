"""The real thing, as `make run` starts it, played by people on the page in a real Chromium."""
