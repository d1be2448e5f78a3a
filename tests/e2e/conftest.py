"""The demo runs once for all end-to-end tests; each test that changes things works on a copy."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.site import Service, Site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("site") / ".assay")


@pytest.fixture(scope="session")
def demo(site: Site) -> dict[str, Any]:
    ran = site.run("demo", "--json")
    assert ran.code == 0, ran.err
    result: dict[str, Any] = ran.json
    return result


@pytest.fixture(scope="session")
def service(site: Site, demo: dict[str, Any]) -> Iterator[Service]:
    with site.service() as service:
        yield service
