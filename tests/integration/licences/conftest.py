"""One chain a module: its clock only moves forward, so that no module spoils another's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integration.licences.scene import Scene, open_scene, serving


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with open_scene(tmp_path_factory.mktemp("licences")) as scene:
        yield scene


@pytest.fixture(scope="module")
def url(scene: Scene) -> Iterator[str]:
    with serving(scene.provider) as url:
        yield url
