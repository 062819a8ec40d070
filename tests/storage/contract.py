"""What every store must do: the port's docstrings, as tests.

A test class for an implementation inherits from `StoreContract` and gives the fixture `open_store`:
each call opens the same storage again, as a restart does.
"""

from tests.storage.contract_documents import DocumentsContract, FindContract, InputsContract
from tests.storage.contract_effects import (
    ArchiveContract,
    DueContract,
    FilesContract,
    ListenersContract,
    TimelineContract,
)
from tests.storage.contract_terms import OpenStore

__all__ = ["OpenStore", "StoreContract"]


class StoreContract(
    DocumentsContract,
    FindContract,
    InputsContract,
    TimelineContract,
    ListenersContract,
    DueContract,
    ArchiveContract,
    FilesContract,
):
    """All of it."""
