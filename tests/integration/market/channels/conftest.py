"""One chain for tests that leave it whole, and one of its own for each that does not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.integration.market.channels.scene import Scene, running_scene


@pytest.fixture(scope="package")
def shared_scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with running_scene(tmp_path_factory.mktemp("scene")) as scene:
        yield scene


@pytest.fixture
def own_scene(tmp_path: Path) -> Iterator[Scene]:
    with running_scene(tmp_path / "scene") as scene:
        yield scene


@pytest.fixture(scope="package")
def salts() -> Iterator[int]:
    """Numbers that name channels, each once."""
    return count(1)
