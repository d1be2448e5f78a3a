"""An EVM in this process (revm), to try contracts in: fast, without a node, forgotten afterwards.

machine = Machine(now_s=1_800_000_000)
address = machine.deploy(compiled, (buyer, seller))
outcome = machine.call(compiled, address, "deposit", buyer)
outcome.error  # "TooLate", or None where it went through
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from eth_abi.abi import decode, encode
from eth_abi.exceptions import DecodingError
from eth_utils.crypto import keccak

from assay.authoring.compiling.model import Compiled
from assay.authoring.trials.errors import TrialImpossible

PANIC = "Panic"
_PANIC_SELECTOR = keccak(b"Panic(uint256)")[:4]
_REASON_SELECTOR = keccak(b"Error(string)")[:4]
_OUTPUT = re.compile(r"output: 0x([0-9a-f]*)")
_READER = "0x000000000000000000000000000000000000dEaD"
_GAS = 30_000_000
_HINT = "Install it: pip install 'assay-chain[authoring]'."


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one call.

    Attributes:
        error: why it was undone: the name of a custom error, a reason, `Panic`, or "" where it gave
            none; None where it went through.
        data: what it returned.
    """

    error: str | None
    gas: int
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Sent:
    """Of one message.

    Attributes:
        data: what it returned, or gave with its failure.
        logs: contract, topics and data of each, in order.
    """

    succeeded: bool
    data: bytes
    logs: tuple[tuple[str, tuple[bytes, ...], bytes], ...] = ()


@dataclass
class Machine:
    """A chain of one's own, at a time of one's own.

    Raises:
        TrialImpossible: the EVM is not installed.
    """

    now_s: int
    _evm: Any = field(init=False, repr=False)

    def __post_init__(self) -> None:
        try:
            import pyrevm  # noqa: PLC0415 - an optional extra
        except ImportError:
            raise TrialImpossible("revm is not installed", _HINT) from None
        self._evm = pyrevm.EVM(spec_id="CANCUN")
        self._block = pyrevm.BlockEnv
        self.set_time(self.now_s)

    def set_time(self, now_s: int) -> None:
        """Of all calls from now on, in seconds since 1970."""
        self.now_s = now_s
        self._evm.set_block_env(self._block(timestamp=now_s))

    def give(self, address: str, amount_wei: int) -> None:
        """Set how much native money somebody has."""
        self._evm.set_balance(address, amount_wei)

    def balance(self, address: str) -> int:
        """Native money of somebody, in wei."""
        return int(self._evm.get_balance(address))

    def deploy(self, compiled: Compiled, arguments: tuple[Any, ...], deployer: str) -> str:
        """Its address.

        Raises:
            TrialImpossible: the constructor reverted.
        """
        constructor = next((one for one in compiled.abi if one["type"] == "constructor"), None)
        types = _types(constructor["inputs"]) if constructor else []
        code = compiled.bytecode + encode(types, arguments)
        self._evm.snapshot()
        try:
            address = str(self._evm.deploy(deployer, code, gas=_GAS))
        except RuntimeError as error:
            self._evm.commit()
            raise TrialImpossible(f"the deployment was undone ({error})", "") from None
        self._evm.commit()
        return address

    def has_code(self, address: str) -> bool:
        """Whether a contract stands at an address."""
        return bool(self._evm.get_code(address))

    def create(self, code: bytes, deployer: str, sent_wei: int = 0) -> str | None:
        """The address of what creation code makes; None where it is undone."""
        mark = self._evm.snapshot()
        try:
            address = str(self._evm.deploy(deployer, code, value=sent_wei, gas=_GAS))
        except (RuntimeError, OverflowError):
            self._evm.revert(mark)
            return None
        self._evm.commit()
        return address

    def mark(self) -> Any:
        """A state that `back_to` comes back to; later marks are forgotten by that."""
        return self._evm.snapshot()

    def back_to(self, mark: Any) -> None:
        """Undo everything since a mark."""
        self._evm.revert(mark)

    def send(self, caller: str, address: str, data: bytes, sent_wei: int = 0) -> Sent:
        """One message as it is; within a mark, or its changes are not kept apart."""
        try:
            returned = self._evm.message_call(caller, address, data, sent_wei, gas=_GAS)
        except RuntimeError as reverted:
            return Sent(False, _output(reverted))
        except OverflowError:
            return Sent(False, b"")
        if self._evm.result is None:
            return Sent(False, b"")
        logs = tuple(
            (
                str(one.address).lower(),
                tuple(bytes.fromhex(topic[2:]) for topic in one.topics),
                bytes(one.data[1]),
            )
            for one in self._evm.result.logs
        )
        return Sent(True, bytes(returned), logs)

    def call(
        self,
        compiled: Compiled,
        address: str,
        function: str,
        caller: str,
        arguments: tuple[Any, ...] = (),
        *,
        sent_wei: int = 0,
    ) -> Outcome:
        """One transaction; its changes stay if it goes through.

        Raises:
            TrialImpossible: the caller has less than is sent.
        """
        entry = _function(compiled, function, len(arguments))
        types = _types(entry["inputs"])
        selector = keccak(text=f"{function}({','.join(types)})")[:4]
        data = selector + encode(types, arguments)
        # A commit without a snapshot before it would put the journal's depth below 0.
        self._evm.snapshot()
        try:
            returned = self._evm.message_call(caller, address, data, sent_wei, gas=_GAS)
            error = None
        except RuntimeError as reverted:
            returned, error = b"", _named(compiled, _output(reverted))
        self._evm.commit()
        if self._evm.result is None:
            raise TrialImpossible(f"{caller} has no {sent_wei} wei to send", "")
        return Outcome(error, int(self._evm.result.gas_used), bytes(returned))

    def read(self, compiled: Compiled, address: str, function: str, *arguments: Any) -> Any:
        """One value that a view returns."""
        outcome = self.call(compiled, address, function, _READER, arguments)
        assert outcome.error is None, f"{function} is a view, and failed with {outcome.error}"
        entry = _function(compiled, function, len(arguments))
        return decode(_types(entry["outputs"]), outcome.data)[0]


def _output(reverted: RuntimeError) -> bytes:
    """What a call gave with its failure, which revm's Python face has in the message alone."""
    found = _OUTPUT.search(str(reverted))
    return bytes.fromhex(found[1]) if found else b""


def _named(compiled: Compiled, output: bytes) -> str:
    selector = output[:4]
    if selector == _REASON_SELECTOR:
        try:
            return str(decode(["string"], output[4:])[0])
        except DecodingError:
            return ""
    if selector == _PANIC_SELECTOR:
        return PANIC
    for entry in compiled.abi:
        if entry["type"] == "error":
            spelt = f"{entry['name']}({','.join(_types(entry['inputs']))})"
            if keccak(text=spelt)[:4] == selector:
                return str(entry["name"]).removeprefix(compiled.name)
    return ""


def _types(inputs: list[dict[str, Any]]) -> list[str]:
    return [str(one["type"]) for one in inputs]


def _function(compiled: Compiled, name: str, arguments: int) -> dict[str, Any]:
    return next(
        one
        for one in compiled.abi
        if one["type"] == "function" and one["name"] == name and len(one["inputs"]) == arguments
    )
