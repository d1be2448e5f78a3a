"""The attestation service: ours where a chain has none, else the chain's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assay.chain.deployment import Choices, deploy, derive_deployment, load_deployment
from assay.chain.errors import CodeMissing
from assay.chain.node import Node
from assay.chain.plan import CREATED_NAMES
from assay.chain.review_terms import ATTESTATION_SERVICES, review_terms
from assay.chain.transaction import Sender
from assay.chain.verification import check_deployment

PACKAGE = (
    Path(__file__).parents[3]
    / "contracts/node_modules/@ethereum-attestation-service/eas-contracts/deployments"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deployments"


def test_a_chain_without_a_service_gets_one(node: Node, sender: Sender, folder: Path) -> None:
    deployment = deploy(node, sender, folder, choices=Choices(review_period_s=7))

    service, review = deployment.attestations, deployment.review
    assert service.read("version") == "1.4.0"
    assert service.read("getSchemaRegistry") == deployment.bound["SchemaRegistry"].address
    assert review.read("attestationService") == service.address
    assert tuple(review.read("terms")) == review_terms(7)


def test_the_manifest_and_not_a_later_choice_decides(
    node: Node, sender: Sender, folder: Path
) -> None:
    first = deploy(node, sender, folder, choices=Choices(review_period_s=7))

    again = deploy(node, sender, folder, choices=Choices(review_period_s=8))

    assert again.manifest == first.manifest


def test_a_service_that_is_there_is_used_and_none_created(
    node: Node, sender: Sender, folder: Path, tmp_path: Path
) -> None:
    service = deploy(node, sender, tmp_path / "other").attestations.address
    choices = Choices(service=service)

    deployment = deploy(node, sender, folder, choices=choices)

    created = [name for name in CREATED_NAMES if name not in {"SchemaRegistry", "EAS"}]
    assert list(deployment.manifest.contracts) == created
    assert deployment.attestations.address == service
    loaded = load_deployment(node, folder)
    assert loaded.attestations.address == service
    assert all(check.ok for check in check_deployment(node, folder))
    holder = sender.account.address
    assert derive_deployment(node, holder, choices=choices).attestations.address == service
    assert deploy(node, sender, folder).manifest == deployment.manifest


def test_a_service_without_code_is_refused(node: Node, sender: Sender, folder: Path) -> None:
    with pytest.raises(CodeMissing, match="EAS"):
        deploy(node, sender, folder, choices=Choices(service=sender.account.address))


def test_the_known_services_are_those_of_the_package() -> None:
    published = {}
    for place in PACKAGE.iterdir():
        number = place / ".chainId"
        if number.is_file():
            published[int(number.read_text())] = json.loads((place / "EAS.json").read_text())

    for chain_id, address in ATTESTATION_SERVICES.items():
        assert published[chain_id]["address"] == address
