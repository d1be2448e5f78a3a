"""Run by tests, to be killed: hold a lock. Arguments: folder or URL, name."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from assay.coordination.file_locks import FileLocks
from assay.coordination.port import Locks
from assay.coordination.redis_locks import RedisLocks

LEASE_S = 1.0


def open_locks(place: str) -> Locks:
    if place.startswith("redis://"):
        return RedisLocks(place, lease_s=LEASE_S)
    return FileLocks(Path(place))


def main(place: str, name: str) -> None:
    with open_locks(place).attempt(name) as lease:
        print(lease.token if lease else 0, flush=True)
        time.sleep(600)


if __name__ == "__main__":
    main(*sys.argv[1:])
