"""One chain a module: its clock only moves forward, so that no module spoils another's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integration.content.review.scene import Scene, open_scene


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with open_scene(tmp_path_factory.mktemp("review")) as scene:
        yield scene
