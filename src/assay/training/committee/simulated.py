"""What stands in, in a simulation, for keys, for the chain and for the work of a round."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from assay.core.address import ZERO_ADDRESS, Address
from assay.core.digest import Digest
from assay.training.committee.signing import Domain, Verify
from assay.training.model import RoundResult

DOMAIN = Domain(chain_id=31337, tasks=ZERO_ADDRESS, task=1)


class SimulatedKey:
    """Signs by a keyed hash: as unforgeable as a signature here, and a hundred times faster."""

    def __init__(self, index: int) -> None:
        self.secret = hashlib.sha256(b"validator %d" % index).digest()
        self.address = Address(f"0x{hashlib.sha256(self.secret).hexdigest()[:40]}")

    def sign_digest(self, digest: bytes) -> bytes:
        """65 bytes, as a signature has."""
        return hashlib.blake2b(digest, key=self.secret).digest() + b"\x1b"


def keyed_verify(keys: Sequence[SimulatedKey]) -> Verify:
    """The `Verify` of simulated keys."""
    by_address = {key.address: key for key in keys}

    def verify(sender: Address, digest: bytes, signature: bytes) -> bool:
        return by_address[sender].sign_digest(digest) == signature

    return verify


def simulated_result(round_: int, value: bytes) -> RoundResult:
    """What a value stands for: digests that differ wherever values do."""
    parts = [Digest.of(part + value) for part in (b"aggregate", b"record", b"contributions")]
    return RoundResult(DOMAIN.task, round_, *parts)


@dataclass
class Choice:
    """The simulation's `Application`: anything that begins rightly is valid.

    Each proposal is another one, so that a replica that forgot its proposal would contradict it.
    """

    name: str
    ready: bool = True
    made: int = 0

    def propose(self, round_: int) -> bytes | None:
        """See `Application`."""
        self.made += 1
        return f"valid {round_} {self.name} {self.made}".encode() if self.ready else None

    def judge(self, round_: int, value: bytes) -> RoundResult | None:
        """See `Application`."""
        right = self.ready and value.startswith(f"valid {round_} ".encode())
        return simulated_result(round_, value) if right else None
