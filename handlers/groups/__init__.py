"""Groups: the bot comes and goes, loses rights, is bound to a department.

`membership` hears of what Telegram tells of our standing, `binding` asks an administrator what a
group is for, `listing` shows them all, `moving` follows a group to its new id.
"""
