"""Read ranges of blocks from a node so that all parts of one answer belong to one chain.

A node may switch to another branch between two questions. A block's hash fixes all blocks before
it; so the last block's hash is asked before the logs and again after them, and every log must name
the hash that its block has afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assay.chain.contract import Contract
from assay.chain.errors import RpcFault
from assay.chain.node import Node
from assay.chain.records import Block, Log, parse_block
from assay.ledger.arguments import encode_arguments

_FIRST_RANGE, _LARGEST_RANGE = 1_000, 100_000
_ENOUGH_LOGS, _MANY_LOGS = 5_000, 20_000


@dataclass(frozen=True, slots=True)
class BlockRange:
    """What the index keeps of the blocks `first` to `last`: rows of its tables."""

    first: int
    last: int
    blocks: Sequence[Mapping[str, Any]]
    events: Sequence[Mapping[str, Any]]


class ChainReader:
    """Headers, and ranges of decoded events, of a few contracts on one node."""

    def __init__(self, node: Node, contracts: Sequence[Contract]) -> None:
        self._node = node
        self._contracts = {contract.address: contract for contract in contracts}
        self._blocks_at_once = _FIRST_RANGE

    def headers(self, blocks: Iterable[int | str]) -> dict[int | str, Block | None]:
        """The headers of blocks by number or tag, in one request per hundred; None if missing."""
        asked = list(blocks)
        tags = [hex(block) if isinstance(block, int) else block for block in asked]
        answers = self._node.batch([("eth_getBlockByNumber", [tag, False]) for tag in tags])
        found: dict[int | str, Block | None] = {}
        for block, answer in zip(asked, answers, strict=True):
            if isinstance(answer, RpcFault):
                raise answer
            found[block] = parse_block(answer) if answer else None
        return found

    def read(self, first: int, newest: int, before: Mapping[int, str]) -> BlockRange | None:
        """The events from block `first` on, as far as one answer of the node reaches.

        Args:
            newest: do not read beyond this block.
            before: the hash of an earlier block, by number, that the range must follow.

        Returns:
            None if the chain changed meanwhile.
        """
        last = min(newest, first + self._blocks_at_once - 1)
        tip = self.headers([last])[last]
        try:
            logs, last_read = self._logs(first, last)
        except RpcFault:
            now = self.headers([last])[last]  # nodes refuse blocks that a reorganisation took away
            if tip is None or now is None or now.hash != tip.hash:
                return None
            raise
        if last_read != last:
            last, tip = last_read, self.headers([last_read])[last_read]
            logs, _ = self._logs(first, last)
        rows = [row for log in logs if (row := self._row(log)) is not None]
        wanted = {row["block_number"] for row in rows} | {*before, last}
        found = self.headers(sorted(wanted))
        expected = {log.block_number: log.block_hash for log in logs if log.block_number in wanted}
        expected |= before
        if tip is None or any(
            (block := found[number]) is None or block.hash != block_hash
            for number, block_hash in [*expected.items(), (last, tip.hash)]
        ):
            return None
        kept = [block for number, block in found.items() if block and number not in before]
        return BlockRange(first, last, [_block_row(block) for block in kept], rows)

    def _logs(self, first: int, last: int) -> tuple[list[Log], int]:
        """The logs of the blocks up to `last`, or to an earlier one if the node wants less."""
        while True:
            try:
                logs = self._node.logs(list(self._contracts), first, last)
            except RpcFault:
                if last == first:
                    raise
                last = first + (last - first) // 2
                self._blocks_at_once = last - first + 1
                continue
            if len(logs) > _MANY_LOGS:
                self._blocks_at_once = max(1, self._blocks_at_once // 2)
            elif len(logs) < _ENOUGH_LOGS:
                self._blocks_at_once = min(_LARGEST_RANGE, 2 * self._blocks_at_once)
            return logs, last

    def _row(self, log: Log) -> dict[str, Any] | None:
        """The row of a log; None for an event that its contract's build does not declare."""
        event = self._contracts[log.address].decode_log(log)
        if event is None:
            return None
        words = ["0x" + topic.hex() for topic in log.topics[1:]] + [None] * 3
        return {
            "block_number": log.block_number,
            "log_index": log.log_index,
            "address": log.address,
            "contract": event.contract,
            "name": event.name,
            "subject": words[0],
            "second_topic": words[1],
            "third_topic": words[2],
            "transaction_hash": log.transaction_hash,
            "arguments": encode_arguments(event.args),
        }


def _block_row(block: Block) -> dict[str, Any]:
    return {
        "number": block.number,
        "hash": block.hash,
        "parent_hash": block.parent_hash,
        "timestamp": block.timestamp,
    }
