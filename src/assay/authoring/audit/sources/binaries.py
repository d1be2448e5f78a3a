"""What compilers make of sources, to be run, or compared with the code at an address."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assay.authoring.compiling.model import Compiled

_LENGTH_BYTES = 2
_INVALID = b"\xfe"
_CBOR_MAPS = range(0xA1, 0xA6)


@dataclass(frozen=True, slots=True)
class Binary:
    """One contract, compiled.

    Attributes:
        runtime: the code that stands at its address, with zeros where immutables are.
        immutables: first byte and length of each place that the constructor fills in.
    """

    compiled: Compiled
    runtime: bytes = field(repr=False)
    immutables: tuple[tuple[int, int], ...] = ()

    def stands_at(self, code: bytes) -> bool:
        """Whether code on a chain is this, but for immutables and the compiler's metadata."""
        if self.compiled.language == "vyper":
            # Immutables stand behind the code.
            return bool(self.runtime) and code.startswith(self.runtime)
        own, other = bytearray(without_metadata(self.runtime)), bytearray(without_metadata(code))
        if not own or len(own) != len(other):
            return False
        for start, length in self.immutables:
            own[start : start + length] = bytes(length)
            other[start : start + length] = bytes(length)
        return own == other


def without_metadata(code: bytes) -> bytes:
    """Code without the CBOR that solc puts behind it, and without the INVALID before that.

    https://docs.soliditylang.org/en/latest/metadata.html#encoding-of-the-metadata-hash
    """
    if len(code) < _LENGTH_BYTES:
        return code
    length = int.from_bytes(code[-_LENGTH_BYTES:], "big") + _LENGTH_BYTES
    if length >= len(code) or code[-length] not in _CBOR_MAPS:
        return code
    return code[:-length].removesuffix(_INVALID)


def of_solidity(contracts: dict[str, Any], compiler: str) -> tuple[Binary, ...]:
    """Those of solc's standard output that have code of their own."""
    found = []
    for name, built in contracts.items():
        creation = _code(built["evm"]["bytecode"]["object"])
        if not creation:
            continue
        runtime = built["evm"]["deployedBytecode"]
        places = runtime.get("immutableReferences") or {}
        immutables = tuple(
            (one["start"], one["length"]) for each in places.values() for one in each
        )
        compiled = Compiled(name, "solidity", compiler, tuple(built["abi"]), creation)
        found.append(Binary(compiled, _code(runtime["object"]), immutables))
    return tuple(found)


def of_vyper(built: dict[str, Any], name: str, compiler: str) -> Binary:
    """Vyper's output for one file."""
    creation = _code(built["bytecode"].removeprefix("0x"))
    compiled = Compiled(name, "vyper", compiler, tuple(built["abi"]), creation)
    return Binary(compiled, _code(built["bytecode_runtime"].removeprefix("0x")))


def _code(text: str) -> bytes:
    """Empty where it is not linked to its libraries."""
    return b"" if "_" in text else bytes.fromhex(text)
