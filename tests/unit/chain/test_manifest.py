"""A manifest notices every change to itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.chain.errors import ManifestDamaged, ManifestMissing
from assay.chain.manifest import (
    DeployedContract,
    Manifest,
    manifest_path,
    read_manifest,
    write_manifest,
)
from assay.core.address import Address

MANIFEST = Manifest(
    5,
    {
        "AssayToken": DeployedContract(
            Address("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"),
            ("0x70997970C51812dc3A010C7d01b50e0d17dc79C8", 10**15),
            "0x" + "ab" * 32,
            "0x" + "cd" * 32,
            12,
        ),
        "CallAnchor": DeployedContract(
            Address("0x5FbDB2315678afecb367f032d93F642f64180aa3"), (), "0x" + "ef" * 32, None, 0
        ),
    },
)


def test_a_manifest_comes_back_the_same(tmp_path: Path) -> None:
    write_manifest(tmp_path / "deployments", MANIFEST)

    assert read_manifest(tmp_path / "deployments", 5) == MANIFEST


@pytest.mark.parametrize("flip", [0x01, 0x02, 0x20, 0x80])
def test_any_flipped_byte_is_noticed(tmp_path: Path, flip: int) -> None:
    write_manifest(tmp_path, MANIFEST)
    path = manifest_path(tmp_path, 5)
    good = path.read_bytes()

    for place in range(len(good)):
        path.write_bytes(good[:place] + bytes([good[place] ^ flip]) + good[place + 1 :])
        with pytest.raises(ManifestDamaged):
            read_manifest(tmp_path, 5)


@pytest.mark.parametrize("change", [lambda d: d[:-1], lambda d: d + b"\n", lambda d: b" " + d])
def test_a_longer_or_shorter_file_is_noticed(tmp_path: Path, change: object) -> None:
    write_manifest(tmp_path, MANIFEST)
    path = manifest_path(tmp_path, 5)
    path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]

    with pytest.raises(ManifestDamaged):
        read_manifest(tmp_path, 5)


def test_another_chains_manifest_is_noticed(tmp_path: Path) -> None:
    write_manifest(tmp_path, MANIFEST)
    manifest_path(tmp_path, 5).rename(manifest_path(tmp_path, 6))

    with pytest.raises(ManifestDamaged, match="chain 5"):
        read_manifest(tmp_path, 6)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b"[" * 100_000, b"\xff"])
def test_what_is_not_a_manifest_is_noticed(tmp_path: Path, content: bytes) -> None:
    manifest_path(tmp_path, 5).write_bytes(content)

    with pytest.raises(ManifestDamaged):
        read_manifest(tmp_path, 5)


def test_a_missing_manifest_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ManifestMissing) as caught:
        read_manifest(tmp_path, 5)

    assert "assay deploy" in caught.value.hint
