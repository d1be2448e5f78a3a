"""Run by tests, to be killed: migrate up and down without end. Arguments: database, revision."""

from __future__ import annotations

import sys

from assay.ledger.connection import connect
from assay.ledger.migration import downgrade, upgrade


def main(database: str, revision: str) -> None:
    engine = connect(database)
    upgrade(engine, revision)
    print("ready", flush=True)
    while True:
        upgrade(engine)
        downgrade(engine, revision)


if __name__ == "__main__":
    main(*sys.argv[1:])
