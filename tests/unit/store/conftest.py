"""A store in a temporary folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.store.disk import DiskStore


@pytest.fixture
def store(tmp_path: Path) -> DiskStore:
    return DiskStore(tmp_path / "store")
