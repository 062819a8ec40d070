"""The command of a major incident: who directs it, and how everybody knows.

`told` says what has happened, `proposals` asks the chiefs, `briefing` is the situation on a screen,
`pressed` hears them, `coming` looks when somebody leaves or is back. Forbidden here: letting the
command pass by itself (the engine decides, and only on a press).
"""
