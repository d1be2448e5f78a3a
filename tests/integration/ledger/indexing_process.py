"""Run by tests, to be killed: index without end. Arguments: database, RPC URL, manifest folder."""

from __future__ import annotations

import sys
from pathlib import Path

from assay.chain.deployment import load_deployment
from assay.chain.node import Node
from assay.ledger import chain_ranges
from assay.ledger.database import open_database
from assay.ledger.indexer import Indexer


def main(database: str, url: str, deployments: str) -> None:
    chain_ranges._LARGEST_RANGE = chain_ranges._FIRST_RANGE = 5  # many transactions to die in
    node = Node(url)
    indexer = Indexer(
        open_database(database), node, load_deployment(node, Path(deployments)).contracts
    )
    print("ready", flush=True)
    while True:
        indexer.sync()


if __name__ == "__main__":
    main(*sys.argv[1:])
