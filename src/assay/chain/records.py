"""What a node tells about blocks, logs and receipts, read from JSON-RPC's hexadecimal.

Hashes are text, 0x and 64 lower-case characters; topics and data are bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from eth_utils.address import to_checksum_address

from assay.core.address import Address


@dataclass(frozen=True, slots=True)
class Block:
    """A block header; `timestamp` in seconds since 1970."""

    number: int
    hash: str
    parent_hash: str
    timestamp: int


@dataclass(frozen=True, slots=True)
class Log:
    """One raw event; `topics` of 32 bytes each."""

    address: Address
    topics: tuple[bytes, ...]
    data: bytes
    block_number: int
    block_hash: str
    transaction_hash: str
    log_index: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """The outcome of a mined transaction; `gas_price_wei` is the price paid per unit of gas."""

    transaction_hash: str
    block_number: int
    block_hash: str
    succeeded: bool
    gas_used: int
    gas_price_wei: int
    sender: Address
    to: Address | None
    contract_address: Address | None
    logs: tuple[Log, ...]


@lru_cache(maxsize=4096)
def checksummed(address: str) -> Address:
    """The ERC-55 spelling of an address that a node or the codec wrote; cached, keccak is slow."""
    return Address(to_checksum_address(address))


def to_bytes(text: str) -> bytes:
    """Decode 0x-prefixed data."""
    return bytes.fromhex(text[2:])


def parse_block(answer: Mapping[str, Any]) -> Block:
    """Read the answer of eth_getBlockByNumber."""
    return Block(
        number=int(answer["number"], 16),
        hash=answer["hash"],
        parent_hash=answer["parentHash"],
        timestamp=int(answer["timestamp"], 16),
    )


def parse_log(answer: Mapping[str, Any]) -> Log:
    """Read one element of the answer of eth_getLogs."""
    return Log(
        address=checksummed(answer["address"]),
        topics=tuple(to_bytes(topic) for topic in answer["topics"]),
        data=to_bytes(answer["data"]),
        block_number=int(answer["blockNumber"], 16),
        block_hash=answer["blockHash"],
        transaction_hash=answer["transactionHash"],
        log_index=int(answer["logIndex"], 16),
    )


def parse_receipt(answer: Mapping[str, Any]) -> Receipt:
    """Read the answer of eth_getTransactionReceipt."""
    to, created = answer.get("to"), answer.get("contractAddress")
    return Receipt(
        transaction_hash=answer["transactionHash"],
        block_number=int(answer["blockNumber"], 16),
        block_hash=answer["blockHash"],
        succeeded=int(answer["status"], 16) == 1,
        gas_used=int(answer["gasUsed"], 16),
        gas_price_wei=int(answer.get("effectiveGasPrice") or "0x0", 16),
        sender=checksummed(answer["from"]),
        to=checksummed(to) if to else None,
        contract_address=checksummed(created) if created else None,
        logs=tuple(parse_log(log) for log in answer["logs"]),
    )
