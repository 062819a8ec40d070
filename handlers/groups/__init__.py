"""Groups: the bot comes and goes, loses rights, is bound to a department.

`membership` hears of what Telegram tells, `binding` asks an administrator what a group is for,
`listing` shows them all.
"""

from handlers.groups.moving import migrate, on_migrated, on_my_membership

__all__ = ["migrate", "on_migrated", "on_my_membership"]
