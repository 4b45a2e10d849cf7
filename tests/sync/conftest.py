"""What tests of the two writers have in common."""

import pytest

from careers import sync


@pytest.fixture(autouse=True)
def _what_is_gone_is_looked_for_again_at_once(monkeypatch):
    """No other process puts a document back while these tests run; who waits asks for `moment`."""
    monkeypatch.setattr(sync, "A_MOMENT", 0)


@pytest.fixture
def moment(monkeypatch) -> float:
    """Seconds until a document that is gone is looked for again, when it is waited for."""
    monkeypatch.setattr(sync, "A_MOMENT", 1)
    return sync.A_MOMENT
