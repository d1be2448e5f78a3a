"""A contract's address leads back to the words, each link checked; damage breaks its own link."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assay.authoring.records import DEPLOYMENT_FILE, SPECIFICATION_FILE, TEXT_FILE
from assay.authoring.use_cases.deploying import Deployed, Prepared
from assay.core.cid import Cid
from assay.errors import AssayError
from tests.integration.authoring.conftest import Sale


def test_an_address_is_traced_to_the_words_that_were_agreed(sale: Sale, deployed: Deployed) -> None:
    lineage = sale.client.trace(deployed.address)

    titles = {node.id: node.title for node in lineage.nodes}
    links = {(titles[link.source], link.kind, titles[link.target]) for link in lineage.links}
    assert lineage.verified
    assert lineage.start.facts["deployer"] == sale.client.workspace.address("local-1")
    assert {
        ("Contract record", "contains", "agreement.txt"),
        ("specification.json", "read from", "agreement.txt"),
        ("specification.json", "carried out by", "Contract.sol"),
        ("Contract.sol", "compiled by", "solc 0.8.37"),
        ("Contract.sol", "tried in", "test-report.json"),
    } <= links


@pytest.mark.parametrize("name", [TEXT_FILE, SPECIFICATION_FILE, "Contract.sol", DEPLOYMENT_FILE])
def test_a_flipped_bit_breaks_exactly_the_link_to_its_file(
    name: str, sale: Sale, prepared: Prepared, deployed: Deployed
) -> None:
    [cid] = [
        entry.cid for entry in sale.client.store.ls(Cid.parse(prepared.cid)) if entry.name == name
    ]

    with damaged(sale, cid, prepared.files[name]):
        lineage = sale.client.trace(f"contract:{deployed.address}")

    titles = {node.id: node.title for node in lineage.nodes}
    assert [(link.kind, titles[link.target]) for link in lineage.faults] == [("contains", name)]


@contextmanager
def damaged(sale: Sale, cid: Cid, content: bytes) -> Iterator[None]:
    """One bit of a stored file changed, while the block runs."""
    for path, start in places_of(sale.home / "store", content):
        whole = path.read_bytes()
        path.write_bytes(whole[:start] + bytes([whole[start] ^ 1]) + whole[start + 1 :])
        try:
            sale.client.store.read_bytes(cid)
        except AssayError:
            yield
            return
        finally:
            path.write_bytes(whole)
    raise AssertionError("not in the store")


def places_of(store: Path, content: bytes) -> Iterator[tuple[Path, int]]:
    """Wherever the bytes stand: a short file's may stand within a longer one's too."""
    for path in sorted(one for one in store.rglob("*") if one.is_file()):
        start = path.read_bytes().find(content)
        while start >= 0:
            yield path, start
            start = path.read_bytes().find(content, start + 1)
