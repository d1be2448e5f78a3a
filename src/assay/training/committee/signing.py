"""What each message's signature covers, and who made it.

All signatures are EIP-712 in the domain of the contract `TrainingTasks` on one chain, and each
names task, round and view: what was signed for one of them means nothing in another. Votes are
`RoundVote`; every other kind is `Kind(uint256 task,uint32 round,uint32 view,bytes32 content)`.

https://eips.ethereum.org/EIPS/eip-712
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

from coincurve import PublicKey

from assay.core.address import Address
from assay.core.canonical import canonical_json
from assay.core.keccak import keccak
from assay.training.committee.encoding import prepared_items
from assay.training.committee.messages import (
    Checkpoint,
    Commit,
    Fetch,
    NewView,
    Prepare,
    PrePrepare,
    SignedMessage,
    ViewChange,
)
from assay.training.model import VOTE_TYPE, VOTE_TYPES, RoundResult, vote_domain

_HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0
_KEPT_CHECKS = 8192
_DOMAIN_TYPE = keccak(
    b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
)
_VOTE_FIELDS = ",".join(f"{field['type']} {field['name']}" for field in VOTE_TYPES[VOTE_TYPE])
_VOTE_TYPE = keccak(f"{VOTE_TYPE}({_VOTE_FIELDS})".encode())
_TYPES = {
    kind: keccak(f"{kind.__name__}(uint256 task,uint32 round,uint32 view,bytes32 content)".encode())
    for kind in (PrePrepare, Prepare, ViewChange, NewView, Checkpoint, Fetch)
}

_REPORT_TYPE = keccak(b"ScoreReport(uint256 task,uint32 round,bytes32 content)")
_MASKING_TYPE = keccak(b"MaskingKeys(uint256 task,uint32 round,bytes32 content)")


class Key(Protocol):
    """Signs for one validator; an `assay.chain.account.Account` is one."""

    @property
    def address(self) -> Address:
        """Whose signatures these are."""
        ...

    def sign_digest(self, digest: bytes) -> bytes:
        """Sign 32 bytes; 65 bytes."""
        ...


class Verify(Protocol):
    """Says whether an address signed 32 bytes."""

    def __call__(self, sender: Address, digest: bytes, signature: bytes) -> bool:
        """True if it did."""
        ...


@dataclass(frozen=True)
class Domain:
    """What signatures are bound to: one task of one contract on one chain."""

    chain_id: int
    tasks: Address
    task: int

    @cached_property
    def _separator(self) -> bytes:
        domain = vote_domain(self.chain_id, self.tasks)
        name, version = keccak(domain["name"].encode()), keccak(domain["version"].encode())
        return keccak(
            _DOMAIN_TYPE
            + name
            + version
            + self.chain_id.to_bytes(32, "big")
            + bytes(12)
            + bytes.fromhex(self.tasks[2:])
        )

    def digest(self, message: SignedMessage) -> bytes:
        """The 32 bytes that the sender of a message signs."""
        if isinstance(message, Commit):
            return self.vote_digest(message.result, message.view)
        place = self._place(message.round, message.view)
        return self._sealed(_TYPES[type(message)] + place + _content(message))

    def vote_digest(self, result: RoundResult, view: int) -> bytes:
        """The 32 bytes that are signed for a vote, as the contract computes them."""
        digests = result.aggregate.raw + result.record.raw + result.contributions.raw
        return self._sealed(_VOTE_TYPE + self._place(result.round, view) + digests)

    def report_digest(self, round_: int, content: bytes) -> bytes:
        """The 32 bytes that are signed for a score report with this canonical JSON."""
        return self._sealed(_REPORT_TYPE + self._place(round_, 0)[:64] + keccak(content))

    def masking_digest(self, round_: int, content: bytes) -> bytes:
        """The 32 bytes that a node signs for its masking keys, with this canonical JSON."""
        return self._sealed(_MASKING_TYPE + self._place(round_, 0)[:64] + keccak(content))

    def _place(self, round_: int, view: int) -> bytes:
        return b"".join(number.to_bytes(32, "big") for number in (self.task, round_, view))

    def _sealed(self, struct: bytes) -> bytes:
        return keccak(b"\x19\x01" + self._separator + keccak(struct))


def _content(message: SignedMessage) -> bytes:
    """The 32 bytes that say what the message says, beyond its place."""
    match message:
        case PrePrepare() | Prepare() | Checkpoint():
            return message.digest.raw
        case ViewChange(prepared=prepared):
            return keccak(canonical_json(prepared_items(prepared and prepared.stripped())))
        case NewView(changes=changes):
            senders = "".join(change.sender for change in changes).encode()
            return keccak(senders + b"".join(_content(change) for change in changes))
    return bytes(32)


def verify(sender: Address, digest: bytes, signature: bytes) -> bool:
    """The `Verify` of secp256k1; what was asked before is answered from memory."""
    return _known_signer(digest, signature) == sender[2:].lower()


def verify_afresh(sender: Address, digest: bytes, signature: bytes) -> bool:
    """The same without memory."""
    return _signer(digest, signature) == sender[2:].lower()


def _signer(digest: bytes, signature: bytes) -> str:
    """The address in small hexadecimal letters, as strictly as OpenZeppelin's ECDSA reads them.

    Empty if no key can have signed.
    """
    if len(signature) != 65 or signature[64] not in (27, 28):
        return ""
    if int.from_bytes(signature[32:64], "big") > _HALF_ORDER:
        return ""
    try:
        key = PublicKey.from_signature_and_message(
            signature[:64] + bytes([signature[64] - 27]), digest, hasher=None
        )
    except ValueError:  # coincurve's word for a signature that no key can have made
        return ""
    return keccak(key.format(compressed=False)[1:])[12:].hex()


_known_signer = lru_cache(_KEPT_CHECKS)(_signer)
