"""Signatures that count more often, or elsewhere, than their signer meant (SWC-117, 121, 122)."""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.audit.detectors.rule import Rule
from assay.authoring.audit.flow import (
    conditions_of,
    entries_of,
    is_parameter,
    sources_of,
    steps_of,
    writes_of,
)
from assay.authoring.audit.model import Finding
from assay.authoring.audit.program import Contract, Function
from assay.authoring.audit.terms import Call, call_of, is_hash, stripped
from assay.authoring.audit.tree import Node

_RECOVERS = frozenset({"ecrecover", "recover", "tryRecover", "isValidSignatureNow"})
_PLACES = frozenset({"this", "chainid"})
REPLAYED = Rule(
    "signature-replay",
    "access_control",
    "high",
    "medium",
    "Sign a nonce as well, and mark it as used before anything is paid.",
)
UNBOUND = Rule(
    "signature-for-any-contract",
    "access_control",
    "medium",
    "medium",
    "Sign the address of the contract and the chain id as well, as EIP-712 does.",
)
BY_NOBODY = Rule(
    "signature-by-nobody",
    "access_control",
    "high",
    "medium",
    "Refuse a recovered address of zero: that is what an invalid signature gives.",
)


def find(contract: Contract) -> Iterator[Finding]:
    """Signatures that can be used again, on another contract, or by nobody."""
    for function in entries_of(contract):
        recovery = next(_recoveries(function), None)
        if recovery is None:
            continue
        call, within = recovery
        yield from _by_nobody(function, call)
        if not _matters(function):
            continue
        digest = sources_of(call.arguments[0], within)
        place = call.node if call.node.line else function.node
        if not _is_used_up(function, digest):
            yield REPLAYED.at(
                place,
                function,
                "Whoever has this signature, or sees it on the chain, sends it again and again: "
                "nothing marks it as used.",
            )
        elif _is_hashed_here(digest) and not _is_bound(digest, function):
            yield UNBOUND.at(
                place,
                function,
                "The same signature counts on every other contract of this kind, and on every "
                "other chain: what was signed names neither.",
            )


def _recoveries(function: Function) -> Iterator[tuple[Call, Function]]:
    """Where a signer is found out, the outermost call first."""
    for step in sorted(steps_of(function), key=lambda one: one.depth):
        call = call_of(step.node)
        if call is not None and call.name in _RECOVERS and len(call.arguments) > 1:
            yield call, step.function


def _matters(function: Function) -> bool:
    """Whether doing it twice does more than doing it once."""
    for step in steps_of(function):
        call = call_of(step.node)
        if call is not None and (call.sends_ether or call.hands_over_control):
            return True
    return any(
        write.step.node.get("operator") in {"+=", "-=", "++"} for write in writes_of(function)
    )


def _is_used_up(function: Function, digest: list[Node]) -> bool:
    """Whether the call changes what was signed, or what is asked before."""
    signed = {one.target for one in digest}
    marks, counted = set(signed), set()
    for condition in conditions_of(function):
        names = {one.target for one in sources_of(condition.test, function)}
        if condition.test.get("operator") in {"<", "<=", ">", ">="}:
            counted |= names
        else:
            marks |= names
    for write in writes_of(function):
        node = write.step.node
        if write.variable.id in marks:
            return True
        sets = node.get("operator") in {"=", "++", "delete"}
        if sets and write.variable.id in counted:
            return True
    return False


def _is_hashed_here(digest: list[Node]) -> bool:
    return any(is_hash(one) for one in digest)


def _is_bound(digest: list[Node], function: Function) -> bool:
    """Whether the contract or its domain is part of what was signed."""
    variables = function.contract.variables
    return any(
        one.name in _PLACES
        or (one.target in variables and variables[one.target].type == "bytes32")
        or (one.kind == "InlineAssembly")
        or (one.kind == "FunctionCall" and "omain" in one.children[0].name)
        for one in digest
    )


def _by_nobody(function: Function, call: Call) -> Iterator[Finding]:
    """The recovered address is compared with one that the caller names, and neither with zero."""
    if call.name != "ecrecover":
        return
    conditions = conditions_of(function)
    if any(one.get("value") in {"0", "0x0"} for c in conditions for one in _sides_of_type(c.test)):
        return
    for condition in conditions:
        sides = condition.test.children
        if condition.test.get("operator") not in {"==", "!="} or len(sides) != 2:
            continue
        for recovered, named in (sides, sides[::-1]):
            found = any(one is call.node for one in sources_of(recovered, function))
            if found and is_parameter(stripped(named), function):
                yield BY_NOBODY.at(
                    condition.test,
                    function,
                    "An invalid signature is taken for one of the address zero, in whose name "
                    "anybody can act.",
                )
                return


def _sides_of_type(test: Node) -> list[Node]:
    if not any(child.type.startswith("address") for child in test.children):
        return []
    return [stripped(child) for child in test.children]
