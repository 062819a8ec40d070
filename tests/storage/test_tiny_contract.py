"""The embedded store keeps the port's promises."""

from pathlib import Path

import pytest

from storage.tiny import open_tiny
from tests.storage.contract import OpenStore, StoreContract
from tests.storage.samples import KINDS


class TestTinyContract(StoreContract):
    @pytest.fixture
    def open_store(self, tmp_path: Path) -> OpenStore:
        return lambda: open_tiny(tmp_path / "data", KINDS)
