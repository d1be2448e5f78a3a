"""A small contract, built once, and a chain to put it on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import assay
from assay.authoring.use_cases.deploying import Deployed, Prepared
from assay.core.address import Address

TEXT = "When the user pays $100, issue 10 tokens to them"
ANSWERS = {"fiat_token.USD": "USDC 6", "payment_to_nobody.1": "issuer"}
ISSUER = "local-5"


@dataclass(frozen=True)
class Sale:
    """The contract's folder, and a home folder with a running chain."""

    client: assay.Client
    home: Path
    folder: Path

    @property
    def token(self) -> Address:
        """A token of six decimals."""
        return self.client.workspace.deployment.token.address

    def prepared(self, folder: Path | None = None) -> Prepared:
        deployments = self.client.authoring.deployments("local-1")
        return deployments.prepare(
            folder or self.folder, parties={"issuer": ISSUER}, tokens={"USDC": self.token}
        )

    def copy(self, folder: Path) -> Path:
        shutil.copytree(self.folder, folder)
        return folder


@pytest.fixture(scope="package")
def sale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sale]:
    folder = tmp_path_factory.mktemp("sale")
    with assay.connect(home=folder / "home") as client:
        agreed = client.authoring.read(text=TEXT, answers=ANSWERS)
        built = client.authoring.build(agreed, name="Sale", folder=folder / "sale")
        assert built.report.passed
        yield Sale(client, folder / "home", folder / "sale")


@pytest.fixture(scope="package")
def prepared(sale: Sale) -> Prepared:
    return sale.prepared()


@pytest.fixture(scope="package")
def deployed(sale: Sale, prepared: Prepared) -> Deployed:
    return sale.client.authoring.deployments("local-1").deploy(prepared)
