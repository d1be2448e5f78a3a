"""What expressions of Solidity mean, whatever generation they are written in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assay.authoring.audit.tree import Node

LOW_LEVEL = frozenset({"call", "delegatecall", "callcode", "staticcall", "send"})
HASHES = frozenset({"keccak256", "sha3", "sha256", "ripemd160"})
TIME = frozenset({"now", "timestamp"})
MINED = frozenset(
    {"number", "difficulty", "coinbase", "gaslimit", "prevrandao", "blockhash", "prevhash"}
)
_OPTIONS = frozenset({"value", "gas", "salt"})
_WRITES = frozenset({"++", "--", "delete"})
_GROWS = frozenset({"push", "pop"})


@dataclass(frozen=True, slots=True)
class Call:
    """A call, with what it is given beside its arguments.

    Attributes:
        callee: the expression that is called, without options.
        value: the ether that goes with it.
        has_gas_limit: whether the gas that goes with it is named.
    """

    node: Node
    callee: Node
    arguments: tuple[Node, ...]
    value: Node | None = None
    has_gas_limit: bool = False

    @property
    def name(self) -> str:
        """Of what is called."""
        return self.callee.name

    @property
    def receiver(self) -> Node | None:
        """On what it is called: `token` in `token.transfer(a, b)`."""
        return self.callee.part("expression") if self.callee.kind == "MemberAccess" else None

    @property
    def on_address(self) -> bool:
        """Whether it is a member of an address."""
        return self.receiver is not None and self.receiver.type.startswith("address")

    @property
    def is_low_level(self) -> bool:
        """Whether it answers a failure with false instead of reverting."""
        return self.on_address and self.name in LOW_LEVEL

    @property
    def hands_over_control(self) -> bool:
        """Whether the called code can call back with enough gas to do harm."""
        if self.on_address and self.name in {"call", "delegatecall", "callcode"}:
            return not _is_small(self.node)
        return self.is_external and not any(word in self.callee.type for word in (" view", " pure"))

    @property
    def is_external(self) -> bool:
        """Whether it calls a function of another contract."""
        is_function = self.callee.type.startswith("function") and " external" in self.callee.type
        on_this = self.receiver is not None and self.receiver.name == "this"
        return is_function and self.callee.kind == "MemberAccess" and not on_this

    @property
    def sends_ether(self) -> bool:
        """Whether ether leaves by it."""
        if self.on_address and self.name in {"send", "transfer"}:
            return len(self.arguments) == 1
        return self.value is not None and not (
            self.value.kind == "Literal" and self.value.get("value") == "0"
        )

    @property
    def amount(self) -> Node | None:
        """Of the ether that leaves."""
        if self.on_address and self.name in {"send", "transfer"} and self.arguments:
            return self.arguments[0]
        return self.value


def call_of(node: Node) -> Call | None:
    """What a node calls; none for conversions, and for the options of a call themselves."""
    if node.kind != "FunctionCall" or node.get("kind") in {
        "typeConversion",
        "structConstructorCall",
    }:
        return None
    callee = node.part("expression")
    above = node.parent
    is_option = callee is not None and callee.kind == "MemberAccess" and callee.name in _OPTIONS
    if is_option and above is not None and _is_callee_of(node, above):
        return None
    value, has_gas = None, False
    while callee is not None:
        if callee.kind == "FunctionCallOptions":
            options = dict(zip(callee.get("names") or (), callee.parts("options"), strict=False))
            value, has_gas = options.get("value", value), has_gas or "gas" in options
            callee = callee.part("expression")
            continue
        option = callee.part("expression") if callee.kind == "FunctionCall" else None
        if option is not None and option.kind == "MemberAccess" and option.name in _OPTIONS:
            given = callee.parts("arguments")
            value = given[0] if option.name == "value" and given else value
            has_gas = has_gas or option.name == "gas"
            callee = option.part("expression")
            continue
        break
    if callee is None:
        return None
    return Call(node, callee, tuple(node.parts("arguments")), value, has_gas)


def calls_in(node: Node) -> Iterator[Call]:
    """All calls at or below a node."""
    for one in node.every("FunctionCall"):
        found = call_of(one)
        if found is not None:
            yield found


def is_sender(node: Node) -> bool:
    """Whether it is the caller's address."""
    if node.kind == "FunctionCall" and node.parts("arguments") == []:
        callee = node.part("expression")
        return callee is not None and callee.name == "_msgSender"
    return _is_member(node, "msg", {"sender"})


def mentions_sender(node: Node) -> bool:
    """Whether the caller's address stands in it."""
    return any(is_sender(one) for one in node.walk())


def is_origin(node: Node) -> bool:
    """Whether it is the address that signed the transaction."""
    return _is_member(node, "tx", {"origin"})


def is_paid(node: Node) -> bool:
    """Whether it is the ether that came with the call."""
    return _is_member(node, "msg", {"value"})


def is_time(node: Node) -> bool:
    """Whether it is the time of the block."""
    return (node.kind == "Identifier" and node.name == "now") or _is_member(node, "block", TIME)


def is_mined(node: Node) -> bool:
    """Whether it is a value of the block, other than its time, that is known to who includes it."""
    by_function = node.kind == "Identifier" and node.name == "blockhash"
    return by_function or _is_member(node, "block", MINED)


def is_own_balance(node: Node) -> bool:
    """Whether it is the ether that the contract has."""
    if node.kind != "MemberAccess" or node.name != "balance":
        return False
    return any(one.name == "this" for one in node.walk()) and not mentions_sender(node)


def is_hash(node: Node) -> bool:
    """Whether it computes a digest."""
    found = call_of(node)
    return found is not None and found.callee.kind == "Identifier" and found.name in HASHES


def stripped(node: Node) -> Node:
    """What stands within parentheses and conversions of type."""
    while True:
        if node.kind == "TupleExpression" and len(node.parts("components")) == 1:
            node = node.parts("components")[0]
        elif node.kind == "FunctionCall" and node.get("kind") == "typeConversion":
            given = node.parts("arguments")
            if not given:
                return node
            node = given[0]
        else:
            return node


def base_of(node: Node) -> Node:
    """The variable of which a place is part: `users` of `users[a].paid`."""
    node = stripped(node)
    while node.kind in {"IndexAccess", "MemberAccess"}:
        below = node.part("baseExpression" if node.kind == "IndexAccess" else "expression")
        if below is None:
            return node
        node = stripped(below)
    return node


def written_places(node: Node) -> list[Node]:
    """The places that one node itself changes."""
    if node.kind == "Assignment":
        left = node.part("leftHandSide")
        if left is None:
            return []
        return left.parts("components") if left.kind == "TupleExpression" else [left]
    if node.kind == "UnaryOperation" and node.get("operator") in _WRITES:
        place = node.part("subExpression")
        return [place] if place else []
    found = call_of(node)
    if found is not None and found.name in _GROWS and found.receiver is not None:
        return [found.receiver]
    return []


def stores_by_assembly(node: Node) -> bool:
    """Whether it is assembly that writes to storage by place."""
    return _has_instruction(node, {"sstore"})


def calls_by_assembly(node: Node) -> bool:
    """Whether it is assembly that calls other code."""
    return _has_instruction(node, {"call", "delegatecall", "callcode"})


def _has_instruction(node: Node, names: set[str]) -> bool:
    if node.kind != "InlineAssembly":
        return False
    written = str(node.get("operations") or "")
    return any(one.name in names for one in node.every("YulIdentifier")) or any(
        f"{name}(" in written for name in names
    )


def is_loop(node: Node) -> bool:
    """Whether it may run more than once."""
    return node.kind in {"ForStatement", "WhileStatement", "DoWhileStatement"}


def loop_of(node: Node) -> Node | None:
    """The innermost loop in which it stands."""
    return next((above for above in node.walk_up() if is_loop(above)), None)


def _is_member(node: Node, of: str, names: set[str] | frozenset[str]) -> bool:
    if node.kind != "MemberAccess" or node.name not in names:
        return False
    base = node.part("expression")
    return base is not None and base.kind == "Identifier" and base.name == of


def _is_callee_of(node: Node, above: Node) -> bool:
    if above.kind == "FunctionCall":
        return above.part("expression") is node
    return above.kind == "MemberAccess" and above.name in _OPTIONS


def _is_small(node: Node) -> bool:
    """Whether the gas named with a low-level call is too little to call back."""
    for one in node.every("FunctionCall", "FunctionCallOptions"):
        if one.kind == "FunctionCallOptions":
            gas = dict(zip(one.get("names") or (), one.parts("options"), strict=False)).get("gas")
        else:
            callee = one.part("expression")
            named = callee is not None and callee.kind == "MemberAccess" and callee.name == "gas"
            gas = one.parts("arguments")[0] if named and one.parts("arguments") else None
        if gas is not None and gas.kind == "Literal":
            return int(gas.get("value") or "0") <= 5000
    return False
