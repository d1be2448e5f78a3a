"""Vectors that Python and Solidity have to agree on; the files beside this one hold them.

    python contracts/test/vectors/generate.py    writes the files anew

The forge tests read the files. A test in Python makes the vectors again and compares, so neither
side can drift from the other.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from eth_account.messages import encode_typed_data
from eth_utils.crypto import keccak

from assay.core.cid import RAW, Cid
from assay.core.digest import Digest
from assay.core.merkle import MerkleTree

FOLDER = Path(__file__).parent
TREE_SIZES = (1, 2, 3, 4, 5, 7, 8, 9, 16, 33)


def _word(label: str, index: int) -> bytes:
    return hashlib.sha256(f"{label} {index}".encode()).digest()


def merkle() -> dict[str, Any]:
    """Trees with their values, root and all proofs."""
    trees = []
    for size in TREE_SIZES:
        values = [_word(f"tree of {size}", index) for index in range(size)]
        tree = MerkleTree(values)
        proofs = [[_hex(node) for node in tree.proof(index)] for index in range(size)]
        trees.append({"values": [_hex(v) for v in values], "root": _hex(tree.root), "proofs": proofs})
    return {"count": len(trees), "trees": trees}


def raw_cid() -> dict[str, Any]:
    """Digests and the CIDs of raw blocks that have them."""
    digests = [b"\x00" * 32, b"\xff" * 32, *(_word("cid", index) for index in range(32))]
    return {
        "digests": [_hex(digest) for digest in digests],
        "cids": [str(Cid(RAW, Digest(digest))) for digest in digests],
    }


def call_record() -> dict[str, Any]:
    """A call record and its EIP-712 digest, as eth-account computes it."""
    fields = (
        "address provider,address payer,uint256 service,uint256 model,bytes32 promptDigest,"
        "bytes32 outputDigest,address token,uint256 amount,bytes32 paymentNonce,uint64 startedAt,"
        "uint64 finishedAt"
    )
    types = [dict(zip(("type", "name"), field.split(), strict=True)) for field in fields.split(",")]
    record = {
        "provider": "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
        "payer": "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
        "service": int.from_bytes(_word("service", 0), "big"),
        "model": int.from_bytes(_word("model", 0), "big"),
        "promptDigest": _word("prompt", 0),
        "outputDigest": _word("output", 0),
        "token": "0x5FbDB2315678afecb367f032d93F642f64180aa3",
        "amount": 1000,
        "paymentNonce": _word("nonce", 0),
        "startedAt": 1_800_000_000,
        "finishedAt": 1_800_000_003,
    }
    contract, chain_id = "0xCf7Ed3AccA5a467e9e704C703E8D87F634fB0Fc9", 31337
    domain = {
        "name": "Assay CallAnchor",
        "version": "1",
        "chainId": chain_id,
        "verifyingContract": contract,
    }
    signable = encode_typed_data(domain, {"CallRecord": types}, record)
    digest = keccak(b"\x19" + signable.version + signable.header + signable.body)
    # Numbers beyond 2^53 and bytes are written in hexadecimal.
    readable = {
        key: _hex(value) if isinstance(value, bytes) else hex(value) if isinstance(value, int) else value
        for key, value in record.items()
    }
    return {"chain_id": chain_id, "contract": contract, "record": readable, "digest": _hex(digest)}


def _hex(data: bytes) -> str:
    return "0x" + data.hex()


GENERATORS = {"merkle": merkle, "raw_cid": raw_cid, "call_record": call_record}


def main() -> None:
    """Write every file."""
    for name, generate in GENERATORS.items():
        text = json.dumps(generate(), indent=1) + "\n"
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
