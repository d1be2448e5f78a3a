"""Mints a text in a process that dies, as if killed, between commit and reveal."""

import os
import sys
from pathlib import Path
from typing import Any

from assay.chain.contract import Contract
from assay.chain.deployment import load_deployment
from assay.chain.node import Node
from assay.chain.records import Receipt
from assay.chain.transaction import Sender
from assay.content.stored import StoredContentIndex
from assay.content.tokens.stored import TokenFolders
from assay.content.use_cases.mint import NewContent, mint_content
from assay.content.use_cases.text_matching import TextMatcher
from assay.ledger.database import open_database
from assay.store.disk import DiskStore
from tests.integration.content.conftest import Chain


class DyingSender(Sender):
    """Ends the process at once when it is asked to reveal."""

    def transact(self, contract: Contract, function: str, *args: Any, value: int = 0) -> Receipt:
        if function == "mint":
            os._exit(9)
        return super().transact(contract, function, *args, value=value)


class DyingChain(Chain):
    """Opens dying senders."""

    def sender(self, name: str) -> Sender:
        return DyingSender(self.node, self.account(name), self.folder / "outbox")


def main(url: str, chain_folder: str, home: str, text: str) -> None:
    """Mint `text` as local-1, up to the reveal."""
    node, folder = Node(url), Path(chain_folder)
    chain = DyingChain(folder, node, load_deployment(node, folder / "deployments"))
    blobs = DiskStore(Path(home) / "store")
    index = StoredContentIndex(open_database(f"sqlite:///{home}/ledger.db"))
    mint_content(
        NewContent(text.encode()),
        blobs=blobs,
        contract=chain.contract("local-1"),
        folders=TokenFolders(blobs),
        matchers=[TextMatcher(index, blobs)],
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
