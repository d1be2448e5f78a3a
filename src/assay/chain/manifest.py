"""The deployment manifest: which contracts live where on one chain, and how they came there.

`deployments/<chain id>.json` is canonical JSON with a digest over everything else in it. There is
one way to write a manifest, so any changed byte is noticed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assay.chain.errors import ManifestDamaged, ManifestMissing
from assay.chain.files import write_durably
from assay.core.address import Address
from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.errors import InputError

_FORMAT = "deployment/1"


@dataclass(frozen=True, slots=True)
class DeployedContract:
    """One contract of a deployment.

    Attributes:
        arguments: what the constructor was given; addresses as text, amounts as ints, a struct of
            amounts as a tuple.
        code_hash: keccak256 of the runtime code, 0x and 64 characters.
        transaction: the hash of the deploying transaction; None if it was there before.
        block: none of its events is older; 0 if somebody else deployed it.
    """

    address: Address
    arguments: tuple[str | int | tuple[int, ...], ...]
    code_hash: str
    transaction: str | None
    block: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contracts of one chain, by name."""

    chain_id: int
    contracts: Mapping[str, DeployedContract]


def manifest_path(folder: Path, chain_id: int) -> Path:
    """Where the manifest of a chain lies."""
    return folder / f"{chain_id}.json"


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put a manifest on the disk, in place of an older one.

    Raises:
        FileNotWritten: the disk is full or read-only.
    """
    write_durably(manifest_path(folder, manifest.chain_id), _encode(manifest))


def read_manifest(folder: Path, chain_id: int) -> Manifest:
    """Read the manifest of a chain, and check it against its own digest.

    Raises:
        ManifestMissing: there is none.
        ManifestDamaged: a byte of it was changed, or it is another chain's.
    """
    path = manifest_path(folder, chain_id)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ManifestMissing(path, chain_id) from None
    except OSError as error:
        raise ManifestDamaged(path, error.strerror or "it cannot be read") from None
    try:
        manifest = _decode(json.loads(data))
        whole = _encode(manifest) == data
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, InputError):
        raise ManifestDamaged(path, "it is not a manifest") from None
    if not whole:
        raise ManifestDamaged(path, "it does not match its own digest")
    if manifest.chain_id != chain_id:
        raise ManifestDamaged(path, f"it belongs to chain {manifest.chain_id}")
    return manifest


def _encode(manifest: Manifest) -> bytes:
    body: dict[str, Any] = {
        "assay": _FORMAT,
        "chain_id": manifest.chain_id,
        "contracts": {name: asdict(contract) for name, contract in manifest.contracts.items()},
    }
    return canonical_json({**body, "digest": Digest.of(canonical_json(body)).hex})


def _decode(content: Mapping[str, Any]) -> Manifest:
    contracts = {
        name: DeployedContract(
            address=Address(item["address"]),
            arguments=tuple(
                tuple(given) if isinstance(given, list) else given for given in item["arguments"]
            ),
            code_hash=item["code_hash"],
            transaction=item["transaction"],
            block=item["block"],
        )
        for name, item in content["contracts"].items()
    }
    return Manifest(content["chain_id"], contracts)
