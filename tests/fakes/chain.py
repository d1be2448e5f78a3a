"""A chain in memory that answers what the indexer asks, and that reorganises on command."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from eth_utils.crypto import keccak

from assay.chain.errors import RpcFault
from assay.chain.records import Log
from assay.core.address import Address

ANCHOR = Address("0x5FbDB2315678afecb367f032d93F642f64180aa3")
_TOPIC = keccak(text="BatchAnchored(address,uint64,bytes32,uint32,bytes32)")


@dataclass(frozen=True)
class FakeBlock:
    """A block whose `BatchAnchored` events have the numbers `batches`."""

    number: int
    hash: str
    parent_hash: str
    batches: tuple[int, ...]

    @classmethod
    def after(cls, parent: FakeBlock | None, batches: tuple[int, ...], branch: int) -> FakeBlock:
        number = parent.number + 1 if parent else 0
        parent_hash = parent.hash if parent else "0x" + "00" * 32
        content = f"{parent_hash} {branch} {batches}".encode()
        return cls(number, "0x" + hashlib.sha256(content).hexdigest(), parent_hash, batches)

    def header(self) -> dict[str, str]:
        return {
            "number": hex(self.number),
            "hash": self.hash,
            "parentHash": self.parent_hash,
            "timestamp": hex(1_700_000_000 + self.number),
        }

    def logs(self) -> list[Log]:
        return [
            Log(
                address=ANCHOR,
                topics=(_TOPIC, bytes(32), batch.to_bytes(32)),
                data=batch.to_bytes(32) + (7).to_bytes(32) + bytes(32),
                block_number=self.number,
                block_hash=self.hash,
                transaction_hash="0x" + hashlib.sha256(f"{batch}".encode()).hexdigest(),
                log_index=index,
            )
            for index, batch in enumerate(self.batches)
        ]


class FakeChain:
    """Stands in for a `Node`.

    Attributes:
        most_logs: answers with an error to a question about more blocks than this.
        before_answer: called before each answer, so that the chain can change between two.
    """

    def __init__(self, chain_id: int = 31337, seed: int = 0) -> None:
        self.chain_id = chain_id
        self.blocks = [FakeBlock.after(None, (), seed)]
        self.most_blocks = 10**9
        self.before_answer: Callable[[], None] = lambda: None
        self._branch = seed

    def mine(self, *batches: int) -> None:
        """Add one block."""
        self.blocks.append(FakeBlock.after(self.blocks[-1], batches, self._branch))

    def reorganise(self, depth: int, blocks: Sequence[Sequence[int]]) -> None:
        """Replace the last `depth` blocks, never the first one; more or fewer may follow."""
        self._branch += 1
        del self.blocks[max(1, len(self.blocks) - depth) :]
        for batches in blocks:
            self.mine(*batches)

    def batches(self) -> list[tuple[int, int]]:
        """Block number and batch of every event."""
        return [(block.number, batch) for block in self.blocks for batch in block.batches]

    def batch(self, calls: Sequence[tuple[str, Sequence[Any]]]) -> list[Any]:
        return [self._header(*params) for _method, params in calls]

    def logs(self, addresses: Sequence[str], from_block: int, to_block: int) -> list[Log]:
        self.before_answer()
        if to_block - from_block >= self.most_blocks:
            raise RpcFault(-32005, f"query exceeds {self.most_blocks} blocks")
        if to_block >= len(self.blocks):  # as Anvil does
            raise RpcFault(-32602, f"height is {len(self.blocks) - 1}, requested was {to_block}")
        assert list(addresses) == [ANCHOR]
        return [log for block in self.blocks[from_block : to_block + 1] for log in block.logs()]

    def _header(self, tag: str, _full: bool) -> dict[str, str] | None:
        self.before_answer()
        number = len(self.blocks) - 1 if tag == "latest" else int(tag, 16)
        return self.blocks[number].header() if number < len(self.blocks) else None
