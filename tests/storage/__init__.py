import pytest

pytest.register_assert_rewrite("tests.storage.contract_documents", "tests.storage.contract_effects")
