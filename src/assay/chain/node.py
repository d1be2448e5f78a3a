"""JSON-RPC to any EVM node, with a time-out on every call.

    with Node("http://127.0.0.1:8545", expected_chain_id=31337) as node:
        print(node.block_number(), node.balance(address))

Method reference: https://ethereum.github.io/execution-apis/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from threading import Lock
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from assay.chain.errors import BlockMissing, ChainUnreachable, RpcFault, WrongChain
from assay.chain.records import (
    Block,
    Log,
    Receipt,
    parse_block,
    parse_log,
    parse_receipt,
    to_bytes,
)
from assay.chain.transport import JsonTransport

LOCAL_CHAIN_ID = 31337
BATCH_SIZE = 100
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_REPEATABLE_PREFIXES = ("eth_get", "eth_call", "eth_block", "eth_chain", "eth_estimate", "net_")
_REPEATABLE = {"eth_gasPrice", "eth_maxPriorityFeePerGas", "eth_feeHistory", "web3_clientVersion"}

Call = tuple[str, Sequence[Any]]


class Node:
    """A connection to one node. Safe to use from several threads.

    Attributes:
        url: the whole URL, perhaps with a key in it: never print it.
        label: the URL without user, password, path and query, for people.
    """

    def __init__(
        self, url: str, *, timeout_s: float = 10.0, expected_chain_id: int | None = None
    ) -> None:
        """Remember where the node is; the first call checks the chain id.

        Raises:
            InputError: not an http or https URL.
        """
        self._timeout_s = timeout_s
        self._transport = JsonTransport(url, timeout_s)
        self.url = url
        self.label = self._transport.label
        self._expected_chain_id = expected_chain_id
        self._chain_id: int | None = None
        self._ids = count(1)
        self._first_use = Lock()

    @property
    def chain_id(self) -> int:
        """The chain's id, asked once.

        Raises:
            WrongChain: not the expected one.
        """
        if self._chain_id is None:
            with self._first_use:
                found = int(self._call("eth_chainId", []), 16)
                if self._expected_chain_id not in (None, found):
                    raise WrongChain(self._expected_chain_id or 0, found)
                self._chain_id = found
        return self._chain_id

    @property
    def is_local(self) -> bool:
        """True for the local development chain on this very machine."""
        host = urlsplit(self.url).hostname
        return host in _LOOPBACK and self.chain_id == LOCAL_CHAIN_ID

    def request(self, method: str, params: Sequence[Any] = ()) -> Any:
        """Call one method and return its result.

        Raises:
            ChainUnreachable: no usable answer in time.
            WrongChain: the node serves another chain than expected.
            RpcFault: the node answered with an error.
        """
        _ = self.chain_id
        return self._call(method, params)

    def batch(self, calls: Sequence[Call]) -> list[Any | RpcFault]:
        """Call many methods in arrays of up to 100; an error stands in its call's place.

        Raises:
            ChainUnreachable, WrongChain: as `request`.
        """
        _ = self.chain_id
        answers: list[Any | RpcFault] = []
        for start in range(0, len(calls), BATCH_SIZE):
            answers += self._batch(calls[start : start + BATCH_SIZE])
        return answers

    def _call(self, method: str, params: Sequence[Any]) -> Any:
        result = self._result(
            self._transport.post(self._body(method, params), repeatable=_repeatable(method))
        )
        if isinstance(result, RpcFault):
            raise result
        return result

    def _batch(self, calls: Sequence[Call]) -> Iterator[Any | RpcFault]:
        bodies = [self._body(method, params) for method, params in calls]
        answer = self._transport.post(
            bodies, repeatable=all(_repeatable(method) for method, _ in calls)
        )
        if isinstance(answer, dict):  # one error for the whole array: batches are not served
            answer = [
                self._transport.post(body, repeatable=_repeatable(body["method"]))
                for body in bodies
            ]
        if not isinstance(answer, list):
            raise ChainUnreachable(self.label, "the answer to a batch is not a list")
        by_id = {item.get("id"): item for item in answer if isinstance(item, dict)}
        for body in bodies:
            yield self._result(by_id.get(body["id"]))

    def _body(self, method: str, params: Sequence[Any]) -> dict[str, Any]:
        return {"jsonrpc": "2.0", "id": next(self._ids), "method": method, "params": list(params)}

    def _result(self, answer: Any) -> Any | RpcFault:
        if not isinstance(answer, dict):
            raise ChainUnreachable(self.label, "the answer is not JSON-RPC")
        fault = answer.get("error")
        if fault is None:
            if "result" not in answer:
                raise ChainUnreachable(self.label, "the answer is not JSON-RPC")
            return answer["result"]
        if not isinstance(fault, dict):
            return RpcFault(-32603, str(fault)[:500])
        return RpcFault(
            int(fault.get("code") or 0), str(fault.get("message", ""))[:500], fault.get("data")
        )

    def block_number(self) -> int:
        """The newest block's number."""
        return int(self.request("eth_blockNumber"), 16)

    def block(self, block: int | str) -> Block:
        """The header of a block, by number or tag ("latest", "pending", "finalized").

        Raises:
            BlockMissing: the node has no such block.
        """
        answer = self.request("eth_getBlockByNumber", [_tag(block), False])
        if answer is None:
            raise BlockMissing(block)
        return parse_block(answer)

    def blocks(self, numbers: Sequence[int]) -> list[Block]:
        """Many headers, in the order asked.

        Raises:
            BlockMissing: the node lacks one of them.
        """
        answers = self.batch([("eth_getBlockByNumber", [hex(n), False]) for n in numbers])
        for number, answer in zip(numbers, answers, strict=True):
            if answer is None:
                raise BlockMissing(number)
        return [parse_block(answer) for answer in _all(answers)]

    def code(self, address: str) -> bytes:
        """The runtime code at an address; empty where no contract lives."""
        return to_bytes(self.request("eth_getCode", [address, "latest"]))

    def balance(self, address: str) -> int:
        """Ether of an account, in wei."""
        return int(self.request("eth_getBalance", [address, "latest"]), 16)

    def receipt(self, tx_hash: str) -> Receipt | None:
        """The receipt of a mined transaction, None while it has none."""
        answer = self.request("eth_getTransactionReceipt", [tx_hash])
        return parse_receipt(answer) if answer else None

    def receipts(self, hashes: Sequence[str]) -> list[Receipt | None]:
        """Many receipts, in the order asked."""
        answers = self.batch([("eth_getTransactionReceipt", [tx_hash]) for tx_hash in hashes])
        return [parse_receipt(answer) if answer else None for answer in _all(answers)]

    def logs(
        self,
        addresses: Sequence[str],
        from_block: int,
        to_block: int,
        topics: Sequence[bytes | None] = (),
    ) -> list[Log]:
        """All events of the contracts in the blocks, both ends included, in chain order.

        Args:
            topics: only events with these, the signature's first; None stands for any.
        """
        criteria = {
            "address": list(addresses),
            "fromBlock": hex(from_block),
            "toBlock": hex(to_block),
            "topics": [topic and "0x" + topic.hex() for topic in topics],
        }
        return [parse_log(answer) for answer in self.request("eth_getLogs", [criteria])]

    def move(self, url: str) -> None:
        """Go on at another URL of the same chain, for all who hold this node.

        Raises:
            InputError: not an http or https URL.
        """
        before, self._transport = self._transport, JsonTransport(url, self._timeout_s)
        self.url = url
        self.label = self._transport.label
        before.close()

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Node({self.label!r})"


def _repeatable(method: str) -> bool:
    return method.startswith(_REPEATABLE_PREFIXES) or method in _REPEATABLE


def _tag(block: int | str) -> str:
    return hex(block) if isinstance(block, int) else block


def _all(answers: list[Any | RpcFault]) -> list[Any]:
    for answer in answers:
        if isinstance(answer, RpcFault):
            raise answer
    return answers
