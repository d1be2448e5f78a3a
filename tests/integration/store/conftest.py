"""Stores, servers and peers for the store's integration tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.store.disk import DiskStore
from tests.integration.store.libkubo import LibKubo


@pytest.fixture
def store(tmp_path: Path) -> DiskStore:
    return DiskStore(tmp_path / "store")


@pytest.fixture
def libkubo(tmp_path: Path) -> Iterator[LibKubo]:
    node = LibKubo(tmp_path / "kubo")
    yield node
    node.close()
