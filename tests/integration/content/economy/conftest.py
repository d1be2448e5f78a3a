"""A creator and payers on one chain of their own, whose clock can be moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from eth_abi.abi import encode
from eth_utils.crypto import keccak

from assay.client import Client
from assay.content.model import Provenance
from assay.content.onchain import opening
from assay.core.cid import Cid
from assay.core.digest import Digest
from tests.integration.licences.scene import Scene, open_scene

CREATOR, PAYER, REPOSTER, CO_AUTHOR = "local-1", "local-2", "local-4", "local-6"
UNIT = 10**6


@dataclass
class Town:
    """Content with one or two authors, and what everybody holds."""

    scene: Scene
    _count: int = field(default=0)

    @property
    def creator(self) -> Client:
        return self.scene.provider

    @property
    def payer(self) -> Client:
        return self.scene.buyer

    def minted(self) -> str:
        """A text of the creator's; its content id."""
        self._count += 1
        text = f"The {self._count}. essay, on what a repost owes to those who wrote the original."
        return str(self.creator.content.mint(text).token.content_id)

    def minted_by_two(self, first_bps: int) -> tuple[str, Provenance, list[Any]]:
        """Content whose income two authors share; its id, its origin and the shares."""
        self._count += 1
        workspace = self.creator.workspace
        content_id = Digest.of(f"essay {self._count} by two".encode())
        shares = [
            (self.scene.address(CREATOR), 0, first_bps),
            (self.scene.address(CO_AUTHOR), 0, 10_000 - first_bps),
        ]
        digest = keccak(encode(["(address,uint256,uint16)[]"], [shares]))
        provenance = Provenance(
            prompt_digest=Digest.of(b"prompt"),
            model=None,
            creator=self.scene.address(CREATOR),
            metadata=Cid.raw(b"metadata"),
            shares_digest=Digest(digest),
        )
        workspace.content_contract().mint(content_id, provenance, 1000)
        return content_id.hex, provenance, shares

    def release(self, content_id: str, provenance: Provenance, shares: list[Any]) -> None:
        """Have the income of content paid out to its authors; anybody may ask."""
        deployment = self.payer.workspace.deployment
        arguments = (Digest.parse(content_id).token_id, opening(provenance), shares)
        sender = self.scene.sender(PAYER)
        sender.transact(deployment.content, "releaseRoyalty", *arguments, deployment.token.address)

    def held(self, content_id: str) -> int:
        """What lies in the royalty account of content."""
        deployment = self.payer.workspace.deployment
        account = deployment.content.read("royaltyAccountOf", Digest.parse(content_id).token_id)
        return int(deployment.token.read("balanceOf", account))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with open_scene(tmp_path_factory.mktemp("economy")) as scene:
        yield Town(scene)
