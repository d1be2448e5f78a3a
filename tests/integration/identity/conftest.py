"""One chain for all tests of identities."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integration.licences.scene import Scene, open_scene


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with open_scene(tmp_path_factory.mktemp("identity")) as scene:
        yield scene
