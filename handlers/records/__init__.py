"""Records: the company as it is now, from the file and what has been entered since.

`registers` names what is kept, `rosters` puts it together, `change_log` remembers who changed what.
Forbidden here: hearing or telling anybody.
"""
