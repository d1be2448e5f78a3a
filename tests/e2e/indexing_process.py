"""Run by tests, to be killed: index without end beside a running service. Argument: the home."""

from __future__ import annotations

import sys
import time

import assay
from assay.errors import AssayError


def main(home: str) -> None:
    with assay.connect(home=home) as client:
        while True:
            try:
                client.sync()
            except AssayError as error:
                print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
                revive(client)
            time.sleep(0.02)


def revive(client: assay.Client) -> None:
    try:
        client.workspace.revive_node()
    except AssayError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
