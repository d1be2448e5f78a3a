"""Commit and reveal: claim a digest so that nobody who sees the claim can take it.

The salt is drawn from the claimant's own signature over the digest. It is secret, it needs no
storage, and after a crash between the two steps it comes out the same, so that the claim goes on
where it stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from assay.chain.contract import Contract
from assay.chain.errors import CommitmentNotReady
from assay.chain.node import Node
from assay.chain.records import Receipt
from assay.chain.transaction import Sender
from assay.core.address import Address
from assay.core.digest import Digest

_SALT_TYPES = {"ClaimSalt": [{"name": "digest", "type": "bytes32"}]}
_POLL_S = 0.2


def claim_salt(sender: Sender, contract: Contract, digest: Digest) -> bytes:
    """The 32 bytes that blind the commitment to `digest` of this account on this contract."""
    domain = {
        "name": "Assay commitment salt",
        "version": "1",
        "chainId": contract.node.chain_id,
        "verifyingContract": contract.address,
    }
    signature = sender.account.sign_typed_data(
        domain, _SALT_TYPES, "ClaimSalt", {"digest": digest.raw}
    )
    return Digest.of(signature).raw


def claim(
    node: Node,
    sender: Sender,
    contract: Contract,
    digest: Digest,
    reveal: Callable[[bytes], tuple[str, tuple[Any, ...]]],
    *,
    timeout_s: float = 180.0,
) -> Receipt:
    """Commit to `digest` unless that is done already, wait for the minimum age, and reveal.

    Args:
        reveal: from the salt, the function to call and its arguments.
        timeout_s: how long to wait for the commitment to come of age.

    Raises:
        ContractRevert: the contract refuses the reveal, for one because the digest is taken.
        CommitmentNotReady: the chain made no blocks in time.
    """
    salt = claim_salt(sender, contract, digest)
    claimant = sender.account.address
    commit(node, sender, contract, digest, salt, claimant=claimant, timeout_s=timeout_s)
    function, arguments = reveal(salt)
    return sender.transact(contract, function, *arguments)


def commit(
    node: Node,
    sender: Sender,
    contract: Contract,
    digest: Digest,
    salt: bytes,
    *,
    claimant: Address,
    timeout_s: float = 180.0,
) -> None:
    """Commit `claimant` to `digest` unless that is done already, and wait for the minimum age.

    Raises:
        CommitmentNotReady: the chain made no blocks in time.
    """
    commitment = contract.read("commitmentOf", claimant, digest.raw, salt)
    if not contract.read("isPending", commitment):
        sender.transact(contract, "commit", commitment)
    committed_block = contract.read("committedAt", commitment)
    wait_for_age(node, contract, commitment, committed_block, timeout_s=timeout_s)


def wait_for_age(
    node: Node,
    contract: Contract,
    commitment: bytes,
    committed_block: int,
    *,
    timeout_s: float = 180.0,
) -> None:
    """Wait until the next block is old enough to use what was committed to.

    Raises:
        CommitmentNotReady: the chain made no blocks in time.
    """
    ready_at = committed_block + contract.read("minimumAgeBlocks")
    deadline = time.monotonic() + timeout_s
    while node.block_number() + 1 < ready_at:
        if time.monotonic() > deadline:
            raise CommitmentNotReady(commitment, timeout_s)
        time.sleep(_POLL_S)
