"""What the embedded store refuses to read. In: nothing. Out: an exception class."""

from storage.port import Damaged


class OtherVersion(Damaged):
    """Written by another version of the program: whole, but not understood by this one."""
