"""A contract on an EVM of its own, and what each call of it moves between whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eth_abi.abi import decode, encode
from eth_abi.exceptions import DecodingError
from eth_utils.crypto import keccak

from assay.authoring.compiling.model import Compiled
from assay.authoring.trials.machine import Machine

ETHER = "ETH"
OWN_TOKEN = "own token"  # noqa: S105 (the name of an asset)
CONTRACT = "the contract"
ELSEWHERE = "somebody else"
_TRANSFER = keccak(text="Transfer(address,address,uint256)")
_READER = "0x000000000000000000000000000000000000dEaD"
_NOBODY = "0x" + "00" * 20
_REASON = keccak(text="Error(string)")[:4]

Moved = Mapping[tuple[str, str], int]
"""What each holder gains, by asset and name of the holder."""


@dataclass(frozen=True)
class Entry:
    """A function that can be called from outside; plain money has an empty name.

    Attributes:
        inputs: name and type of each argument; of a struct, the types in it.
        output_names: of what it returns, empty where it has none.
        token: an asset that is given to the contract without calling it; of ether, by force.
    """

    name: str
    inputs: tuple[tuple[str, str], ...] = ()
    outputs: tuple[str, ...] = ()
    is_payable: bool = False
    is_view: bool = False
    token: str | None = None
    output_names: tuple[str, ...] = ()

    @property
    def selector(self) -> bytes:
        """Its first four bytes; none for plain money."""
        spelt = f"{self.name}({','.join(kind for _, kind in self.inputs)})"
        return keccak(text=spelt)[:4] if self.name else b""


@dataclass(frozen=True)
class Call:
    """Somebody calls something at some time, with money or without."""

    entry: Entry
    caller: str
    arguments: tuple[Any, ...]
    sent: int
    now_s: int


@dataclass(frozen=True)
class Seen:
    """What came of a call.

    Attributes:
        error: why it was undone; None where it went through.
        moved: what everybody gained, by asset and name.
    """

    error: str | None
    moved: Moved = field(default_factory=dict)


def entries_of(compiled: Compiled) -> tuple[Entry, ...]:
    """All functions of a contract, and the plain acceptance of money."""
    found = []
    for one in compiled.abi:
        if one["type"] == "function":
            inputs = tuple((each["name"], _kind(each)) for each in one["inputs"])
            outputs = tuple(map(_kind, one["outputs"]))
            names = tuple(each["name"] for each in one["outputs"])
            state = one.get("stateMutability")
            payable = state == "payable" or bool(one.get("payable"))
            is_view = state in ("view", "pure")
            found.append(Entry(one["name"], inputs, outputs, payable, is_view, output_names=names))
        elif one["type"] in ("receive", "fallback"):
            payable = one.get("stateMutability") == "payable" or bool(one.get("payable"))
            if payable and not any(not each.name for each in found):
                found.append(Entry("", is_payable=True))
    return tuple(found)


def _kind(given: Mapping[str, Any]) -> str:
    """A type as selectors spell it: structs by what is in them."""
    kind = str(given["type"])
    if not kind.startswith("tuple"):
        return kind
    return f"({','.join(map(_kind, given['components']))}){kind.removeprefix('tuple')}"


class Stage:
    """One deployed contract with everybody around it.

    Args:
        people: address of everybody, by name.
        tokens: address of each token that the contract does not issue itself, by asset.
    """

    def __init__(
        self,
        machine: Machine,
        address: str,
        people: Mapping[str, str],
        tokens: Mapping[str, str],
    ) -> None:
        self.machine = machine
        self.address = address
        self.people = dict(people)
        self.tokens = dict(tokens)
        self._names = {one.lower(): name for name, one in people.items()} | {
            address.lower(): CONTRACT
        }
        self._assets = {one.lower(): asset for asset, one in tokens.items()} | {
            address.lower(): OWN_TOKEN
        }
        self._holders = ((CONTRACT, address), *self.people.items())

    def name_of(self, address: str) -> str | None:
        """Who has an address; None for nobody that is known."""
        return self._names.get(address.lower())

    def balance(self, asset: str) -> int:
        """What the contract holds."""
        if asset == ETHER:
            return self.machine.balance(self.address)
        return self.token_balance(self.tokens.get(asset, self.address), self.address)

    def token_balance(self, token: str, holder: str) -> int:
        """Of a token; 0 where it does not say."""
        data = keccak(text="balanceOf(address)")[:4] + encode(["address"], [holder])
        answer = self._ask(token, data)
        return int.from_bytes(answer, "big") if len(answer) == 32 else 0

    def read(self, entry: Entry, *arguments: Any) -> Any:
        """The first that a view returns; None where it fails."""
        return next(iter(self.read_all(entry, *arguments)), None)

    def read_all(self, entry: Entry, *arguments: Any) -> tuple[Any, ...]:
        """Everything that a view returns; nothing where it fails."""
        types = [kind for _, kind in entry.inputs]
        answer = self._ask(self.address, entry.selector + encode(types, arguments))
        try:
            return decode(entry.outputs, answer)
        except DecodingError:
            return ()

    def play(self, call: Call) -> Seen:
        """One call; its changes stay, so go back to a mark where they should not."""
        self.machine.set_time(call.now_s)
        if call.entry.token == ETHER:
            return self._force(call)
        data = call.entry.selector
        target = self.address
        if call.entry.token is not None:
            target = self.tokens[call.entry.token]
            data = keccak(text="transfer(address,uint256)")[:4]
            data += encode(["address", "uint256"], [self.address, call.arguments[0]])
        elif call.entry.inputs:
            data += encode([kind for _, kind in call.entry.inputs], call.arguments)
        balance = self.machine.balance
        before = [balance(address) for _, address in self._holders]
        sent = self.machine.send(self.people[call.caller], target, data, call.sent)
        if not sent.succeeded:
            return Seen(_reason(sent.data))
        moved: dict[tuple[str, str], int] = {}
        rest = 0
        for (name, address), old in zip(self._holders, before, strict=True):
            gained = balance(address) - old
            rest += gained
            if gained:
                moved[ETHER, name] = gained
        if rest:
            moved[ETHER, ELSEWHERE] = -rest
        for emitter, topics, amount in sent.logs:
            self._note(emitter, topics, amount, moved)
        return Seen(None, {key: value for key, value in moved.items() if value})

    def _force(self, call: Call) -> Seen:
        """Ether that a contract cannot refuse, as a block's reward or a self-destruction sends."""
        units = int(call.arguments[0])
        # Creation code that destroys itself in favour of an address: PUSH20, address, SELFDESTRUCT.
        code = b"\x73" + bytes.fromhex(self.address[2:]) + b"\xff"
        if self.machine.create(code, self.people[call.caller], units) is None:
            return Seen("")
        return Seen(None, {(ETHER, CONTRACT): units, (ETHER, call.caller): -units})

    def _note(
        self,
        emitter: str,
        topics: Sequence[bytes],
        amount: bytes,
        moved: dict[tuple[str, str], int],
    ) -> None:
        """A transfer of a token, by its event."""
        if emitter not in self._assets or len(topics) != 3 or topics[0] != _TRANSFER:
            return
        asset, units = self._assets[emitter], int.from_bytes(amount[:32], "big")
        for topic, gained in ((topics[1], -units), (topics[2], units)):
            address = "0x" + topic[-20:].hex()
            # What a contract issues, or takes out of the world, comes from it and goes to it.
            name = CONTRACT if address == _NOBODY else self.name_of(address) or ELSEWHERE
            moved[asset, name] = moved.get((asset, name), 0) + gained

    def _ask(self, address: str, data: bytes) -> bytes:
        mark = self.machine.mark()
        sent = self.machine.send(_READER, address, data)
        self.machine.back_to(mark)
        return sent.data if sent.succeeded else b""


def _reason(data: bytes) -> str:
    if data[:4] == _REASON:
        try:
            return str(decode(["string"], data[4:])[0])
        except DecodingError:
            return ""
    return ""
