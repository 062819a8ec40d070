"""The directory: people, outside contacts, customers and vehicles, found by whatever is typed."""

from plans.directory.entries import HitKind
from plans.directory.search import Directory, Hit, directory_of

__all__ = ["Directory", "Hit", "HitKind", "directory_of"]
