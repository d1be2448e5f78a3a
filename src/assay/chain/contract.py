"""Bindings to deployed contracts, from their built ABIs.

registry = Contract(node, "AssetRegistry", address)
asset = registry.read("assetOf", asset_id)
events = [registry.decode_log(log) for log in node.logs([address], 0, 100)]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from eth_abi.exceptions import DecodingError, EncodingError
from eth_utils.crypto import keccak

from assay.chain import reverts
from assay.chain.build import Build, load_build
from assay.chain.codec import (
    Convert,
    abi_type,
    converter,
    decode_values,
    encode_values,
    named,
    selector,
    signature,
)
from assay.chain.errors import CodeMissing, ContractRevert, ForeignCode, RpcFault
from assay.chain.node import Node
from assay.chain.records import Log, to_bytes
from assay.core.address import Address
from assay.errors import InputError


@dataclass(frozen=True, slots=True)
class Event:
    """A decoded event; `args` by parameter name, `address` the contract's."""

    contract: str
    name: str
    args: dict[str, Any]
    block_number: int
    block_hash: str
    transaction_hash: str
    log_index: int
    address: Address


class Contract:
    """One deployed contract: what it is called, where it lives, how to talk to it."""

    def __init__(self, node: Node, name: str, address: Address) -> None:
        """Bind the build `name` to `address`; nothing is sent.

        Raises:
            ContractsNotBuilt: the build is missing.
        """
        self._node = node
        self._build: Build = load_build(name)
        self.name = name
        self.address = address
        self.abi = self._build.abi

    @property
    def node(self) -> Node:
        """The node that the binding reads through."""
        return self._node

    def encode(self, function: str, *args: Any) -> bytes:
        """Call data. An overloaded function is picked by its number of arguments, or is named
        by its whole signature: `transfer(address,uint256)`.

        Raises:
            InputError: an argument does not fit its parameter.
        """
        entry = self._function(function, len(args))
        try:
            return selector(entry) + encode_values(entry["inputs"], args)
        except (EncodingError, TypeError, ValueError, KeyError) as error:
            raise InputError(f"{self.name}.{signature(entry)} cannot take this: {error}.") from None

    def decode_result(self, function: str, data: bytes) -> Any:
        """What a call of `function` returned: None, one value, or a tuple of values.

        Raises:
            CodeMissing: nothing at all was returned, as from an address without code.
            ForeignCode: the data has another shape.
        """
        outputs = self._function(function, None)["outputs"]
        try:
            values = decode_values(outputs, data)
        except (DecodingError, UnicodeDecodeError):
            error = ForeignCode if data else CodeMissing
            raise error(self.address, self.name) from None
        if not values:
            return None
        return values[0] if len(values) == 1 else values

    def read(self, function: str, *args: Any, block: int | str = "latest") -> Any:
        """Call a view at a block.

        Raises:
            ContractRevert: the contract refused; with the error's name and values.
        """
        call = {"to": self.address, "data": "0x" + self.encode(function, *args).hex()}
        tag = hex(block) if isinstance(block, int) else block
        try:
            answer = self._node.request("eth_call", [call, tag])
        except RpcFault as fault:
            raise reverts.revert_in(fault) or fault from None
        return self.decode_result(function, to_bytes(answer))

    def decode_log(self, log: Log) -> Event | None:
        """The event behind a log; None if it is another contract's or not in the ABI."""
        if log.address != self.address or not log.topics:
            return None
        decoder = self._decoders.get(log.topics[0])
        args = decoder(log) if decoder else None
        if decoder is None or args is None:
            return None
        return Event(
            contract=self.name,
            name=decoder.name,
            args=args,
            block_number=log.block_number,
            block_hash=log.block_hash,
            transaction_hash=log.transaction_hash,
            log_index=log.log_index,
            address=log.address,
        )

    def topic(self, event: str) -> bytes:
        """The first topic of logs of this event: the hash of its signature."""
        [topic] = [topic for topic, decoder in self._decoders.items() if decoder.name == event]
        return topic

    def decode_revert(self, data: bytes) -> ContractRevert:
        """The error behind a revert's data, by name and values."""
        return reverts.decode_revert(data)

    @cached_property
    def _decoders(self) -> dict[bytes, _EventDecoder]:
        events = [_EventDecoder(entry) for entry in self.abi if entry["type"] == "event"]
        return {decoder.topic: decoder for decoder in events}

    @cached_property
    def _functions(self) -> dict[str, list[dict[str, Any]]]:
        functions: dict[str, list[dict[str, Any]]] = {}
        for entry in self.abi:
            if entry["type"] == "function":
                functions.setdefault(entry["name"], []).append(entry)
                functions[signature(entry)] = [entry]
        return functions

    def _function(self, name: str, arguments: int | None) -> dict[str, Any]:
        entries = self._functions.get(name, [])
        fitting = [e for e in entries if arguments is None or len(e["inputs"]) == arguments]
        assert fitting, f"{self.name} has no function {name} with {arguments} arguments"
        return fitting[0]

    def __repr__(self) -> str:
        return f"Contract({self.name!r}, {self.address})"


class _EventDecoder:
    """Everything about one event that can be worked out before the first log arrives."""

    def __init__(self, entry: dict[str, Any]) -> None:
        inputs = entry["inputs"]
        self.name: str = entry["name"]
        self.topic = keccak(text=signature(entry))
        self._indexed = [item for item in inputs if item["indexed"]]
        self._plain = [item for item in inputs if not item["indexed"]]
        self._order = [item["name"] for item in inputs]
        self._topic_readers = [_topic_reader(item) for item in self._indexed]

    def __call__(self, log: Log) -> dict[str, Any] | None:
        if len(log.topics) != len(self._indexed) + 1:
            return None
        try:
            args = named(self._plain, decode_values(self._plain, log.data))
            for item, read, topic in zip(
                self._indexed, self._topic_readers, log.topics[1:], strict=True
            ):
                args[item["name"]] = read(topic)
        except (DecodingError, UnicodeDecodeError):
            return None
        return {name: args[name] for name in self._order}


def _topic_reader(parameter: dict[str, Any]) -> Callable[[bytes], Any]:
    kind = abi_type(parameter)
    if kind.endswith(("]", ")")) or kind in {"string", "bytes"}:
        return bytes  # dynamic values are indexed by their keccak256
    if kind.startswith("uint"):
        return lambda topic: int.from_bytes(topic, "big")
    if kind == "address":
        convert: Convert | None = converter(parameter)
        assert convert is not None
        return lambda topic: convert("0x" + topic[12:].hex())
    return lambda topic: decode_values([parameter], topic)[0]


def read_many(
    node: Node, calls: Sequence[tuple[Contract, str, tuple[Any, ...]]]
) -> list[Any | ContractRevert]:
    """Many views in batches of eth_call, at the newest block; a revert stands in its call's place.

    Raises:
        ChainUnreachable: no usable answer in time.
        RpcFault: the node failed for another reason than a revert.
    """
    requests = [
        (
            "eth_call",
            [
                {"to": contract.address, "data": "0x" + contract.encode(name, *args).hex()},
                "latest",
            ],
        )
        for contract, name, args in calls
    ]
    results: list[Any | ContractRevert] = []
    for (contract, name, _), answer in zip(calls, node.batch(requests), strict=True):
        if not isinstance(answer, RpcFault):
            results.append(contract.decode_result(name, to_bytes(answer)))
        elif revert := reverts.revert_in(answer):
            results.append(revert)
        else:
            raise answer
    return results
