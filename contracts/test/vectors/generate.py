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

from assay.chain.signing import typed_data_digest
from assay.content.model import Provenance
from assay.content.shares import Share, shares_digest
from assay.content.tokens.model import Entry, Statement, Terms
from assay.content.tokens.stored import provenance_blocks
from assay.core.address import parse_address
from assay.core.cid import RAW, Cid
from assay.core.digest import Digest
from assay.core.merkle import MerkleTree, leaf_hash
from assay.market.calls import CallRecord, RecordDomain, record_digest
from assay.market.channels.authorizations import claim_batch_digest, refund_digest
from assay.market.channels.model import (
    LARGEST_AMOUNT,
    LONGEST_DELAY_S,
    NOBODY,
    SHORTEST_DELAY_S,
    ChannelConfig,
    SettlementDomain,
    Voucher,
)
from assay.market.channels.ports import Claim
from assay.training.model import VOTE_TYPE, VOTE_TYPES, RoundResult, vote_domain, vote_message
from assay.training.rounds import RoundPlace, commitment

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
        tree_values = [_hex(value) for value in values]
        trees.append({"values": tree_values, "root": _hex(tree.root), "proofs": proofs})
    return {"count": len(trees), "trees": trees}


def raw_cid() -> dict[str, Any]:
    """Digests and the CIDs of raw blocks that have them."""
    digests = [b"\x00" * 32, b"\xff" * 32, *(_word("cid", index) for index in range(32))]
    return {
        "digests": [_hex(digest) for digest in digests],
        "cids": [str(Cid(RAW, Digest(digest))) for digest in digests],
    }


def call_record() -> dict[str, Any]:
    """A call record and its EIP-712 digest."""
    record = CallRecord(
        provider=parse_address("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"),
        payer=parse_address("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"),
        service=Digest(_word("service", 0)),
        model=Digest(_word("model", 0)),
        prompt_digest=Digest(_word("prompt", 0)),
        output_digest=Digest(_word("output", 0)),
        token=parse_address("0x5FbDB2315678afecb367f032d93F642f64180aa3"),
        amount=1000,
        payment_nonce=Digest(_word("nonce", 0)),
        started_at=1_800_000_000,
        finished_at=1_800_000_003,
    )
    anchor = parse_address("0xCf7Ed3AccA5a467e9e704C703E8D87F634fB0Fc9")
    digest = record_digest(record, RecordDomain(31337, anchor), typed_data_digest)
    return {
        "chain_id": 31337,
        "contract": anchor,
        "record": record.as_json(),
        "digest": _hex(digest),
    }


def vouchers() -> dict[str, Any]:
    """Channels with their ids, vouchers, refunds and one batch of claims, with their digests."""
    settlement = parse_address("0x4020074e9dF2ce1deE5A9C1b5c3f541D02a10003")
    domain = SettlementDomain(31337, settlement)
    sums = (
        (1000, 1000, SHORTEST_DELAY_S),
        (10**12, 1, 86_400),
        (LARGEST_AMOUNT, 0, LONGEST_DELAY_S),
    )
    claims = [
        _claim(index, limit, total, delay_s, domain)
        for index, (limit, total, delay_s) in enumerate(sums)
    ]
    return {
        "chain_id": domain.chain_id,
        "contract": settlement,
        "count": len(claims),
        "lines": [_line(claim, domain) for claim in claims],
        "batch_digest": _hex(claim_batch_digest(claims, domain)),
    }


def _claim(index: int, limit: int, total: int, delay_s: int, domain: SettlementDomain) -> Claim:
    payer, signer, receiver, authorizer, token = (
        parse_address("0x" + _word(role, index)[:20].hex())
        for role in ("payer", "signer", "receiver", "authorizer", "token")
    )
    signer = signer if index else NOBODY
    salt = Digest(_word("salt", index))
    config = ChannelConfig(payer, signer, receiver, authorizer, token, delay_s, salt)
    return Claim(config, Voucher(config.channel_id(domain), limit, b""), total)


def _line(claim: Claim, domain: SettlementDomain) -> dict[str, Any]:
    config, channel = claim.config, claim.voucher.channel
    return {
        "channel": {
            "payer": config.payer,
            "payerAuthorizer": config.payer_authorizer,
            "receiver": config.receiver,
            "receiverAuthorizer": config.receiver_authorizer,
            "token": config.token,
            "withdrawDelay": config.withdraw_delay_s,
            "salt": config.salt.hex,
        },
        "channel_id": channel.hex,
        "max_claimable": str(claim.voucher.max_claimable),
        "total": str(claim.total),
        "voucher_digest": claim.voucher.digest(domain).hex,
        "refund_nonce": str(claim.config.withdraw_delay_s),
        "refund_digest": _hex(refund_digest(channel, config.withdraw_delay_s, claim.total, domain)),
    }


def content() -> dict[str, Any]:
    """A provenance and its folder, shares and their digest, and a leaf of a list."""
    creator = parse_address("0x" + _word("creator", 0)[:20].hex())
    shares = (
        Share(Digest(_word("model", 0)), 1234),
        Share(parse_address("0x" + _word("author", 0)[:20].hex()), 8766),
    )
    provenance = Provenance(
        prompt_digest=Digest(_word("prompt", 0)),
        model=Digest(_word("model", 0)),
        creator=creator,
        metadata=Cid(RAW, Digest(_word("metadata", 0))),
        shares_digest=shares_digest(shares),
    )
    statement = Statement(Digest(_word("content", 0)), provenance, 500)
    entry = Entry(statement, Terms(parse_address("0x" + "cc" * 20), 2_500_000, 1_900_000_000))
    return {
        "prompt_digest": provenance.prompt_digest.hex,
        "model": _hex(_word("model", 0)),
        "creator": creator,
        "metadata_digest": provenance.metadata.digest.hex,
        "author": str(shares[1].payee),
        "shares_digest": str(provenance.shares_digest),
        "folder": f"ipfs://{provenance_blocks(provenance)[1].cid}",
        "content_id": statement.content_id.hex,
        "leaf": _hex(leaf_hash(entry.leaf())),
    }


def training() -> dict[str, Any]:
    """A commitment, what a vote signs, and a tree of earnings with its proofs."""
    place, sealed, salt = RoundPlace(7, 3), Digest(_word("sealed", 0)), _word("salt", 0)
    nodes = [parse_address("0x" + _word("node", index)[:20].hex()) for index in range(3)]
    tasks = parse_address("0x" + _word("tasks", 0)[:20].hex())
    tree = MerkleTree(
        [
            int(node, 16).to_bytes(32, "big") + (100 + node_number).to_bytes(32, "big")
            for node_number, node in enumerate(nodes)
        ]
    )
    result = RoundResult(
        place.task,
        place.round,
        Digest(_word("aggregate", 0)),
        Digest(_word("record", 0)),
        Digest(tree.root),
    )
    domain, message = vote_domain(31337, tasks), vote_message(result, view=2)
    return {
        "task": str(place.task),
        "round": str(place.round),
        "view": "2",
        "node": nodes[0],
        "sealed": sealed.hex,
        "salt": _hex(salt),
        "commitment": commitment(place, nodes[0], sealed, salt).hex,
        "tasks": tasks,
        "chain_id": "31337",
        "aggregate": result.aggregate.hex,
        "record": result.record.hex,
        "vote_digest": _hex(typed_data_digest(domain, VOTE_TYPES, VOTE_TYPE, message)),
        "root": _hex(tree.root),
        "proof": [_hex(node) for node in tree.proof(0)],
        "cumulative": "100",
    }


def _hex(data: bytes) -> str:
    return "0x" + data.hex()


GENERATORS = {
    "merkle": merkle,
    "raw_cid": raw_cid,
    "call_record": call_record,
    "vouchers": vouchers,
    "content": content,
    "training": training,
}


def main() -> None:
    """Write every file."""
    for name, generate in GENERATORS.items():
        text = json.dumps(generate(), indent=1) + "\n"
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
