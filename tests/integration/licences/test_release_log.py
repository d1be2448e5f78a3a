"""The log of released keys, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from assay.core.address import Address
from assay.core.digest import Digest
from assay.ledger.database import open_database
from assay.market.licences.errors import ReleaseRepeated
from assay.market.licences.ports import BlockName, Release
from assay.market.licences.stored import SqlReleaseLog

RELEASE = Release(
    Digest.of(b"asset"),
    2**224 - 1,
    Address("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"),
    "a" * 56,
    BlockName(2**40, "0x" + "ab" * 32, 1_800_000_000),
    1_800_000_001,
)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()


def test_a_release_reads_back_as_it_was_noted(engine: Engine) -> None:
    log = SqlReleaseLog(engine)
    as_owner = replace(RELEASE, licence=None, nonce="b" * 8, asset_id=Digest.of(b"other"))

    log.append(RELEASE)
    log.append(as_owner)

    assert log.releases(None) == [RELEASE, as_owner]
    assert log.releases(RELEASE.asset_id) == [RELEASE]


def test_of_many_workers_with_one_nonce_one_notes_it(engine: Engine) -> None:
    log = SqlReleaseLog(engine)

    def note(_: int) -> bool:
        try:
            log.append(RELEASE)
        except ReleaseRepeated:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(note, range(16)))

    assert sum(won) == 1
    assert len(log.releases(None)) == 1
