"""Values between Python and the ABI, driven by ABI parameter entries.

Structs go in as mappings, dataclasses or sequences and come out as named tuples; addresses come
out checksummed; bytes stay bytes; numbers stay ints.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from eth_abi.abi import decode, encode
from eth_utils.crypto import keccak

from assay.chain.records import checksummed

Parameter = Mapping[str, Any]
Convert = Callable[[Any], Any]


def abi_type(parameter: Parameter) -> str:
    """The canonical type, structs as tuples.

    >>> abi_type({"type": "tuple[]", "components": [{"type": "uint256"}, {"type": "bool"}]})
    '(uint256,bool)[]'
    """
    kind: str = parameter["type"]
    if not kind.startswith("tuple"):
        return kind
    inner = ",".join(abi_type(component) for component in parameter["components"])
    return f"({inner}){kind.removeprefix('tuple')}"


def signature(entry: Mapping[str, Any]) -> str:
    """The signature of a function, event or error: `name(type,...)`."""
    return f"{entry['name']}({','.join(abi_type(item) for item in entry.get('inputs', ()))})"


def selector(entry: Mapping[str, Any]) -> bytes:
    """The first 4 bytes of the signature's keccak256."""
    return keccak(text=signature(entry))[:4]


def encode_values(parameters: Sequence[Parameter], values: Sequence[Any]) -> bytes:
    """ABI-encode `values` for `parameters`; raises eth_abi's EncodingError on a misfit."""
    plain = [_to_plain(item, value) for item, value in zip(parameters, values, strict=True)]
    return encode([abi_type(item) for item in parameters], plain)


def decode_values(parameters: Sequence[Parameter], data: bytes) -> tuple[Any, ...]:
    """The values of `parameters` in `data`; raises eth_abi's DecodingError on a misfit."""
    plain = decode([abi_type(item) for item in parameters], data)
    return tuple(
        value if (convert := converter(item)) is None else convert(value)
        for item, value in zip(parameters, plain, strict=True)
    )


def named(parameters: Sequence[Parameter], values: Sequence[Any]) -> dict[str, Any]:
    """Values by parameter name; a nameless one is called by its place."""
    return {
        item.get("name") or str(place): value
        for place, (item, value) in enumerate(zip(parameters, values, strict=True))
    }


def converter(parameter: Parameter) -> Convert | None:
    """What turns the codec's value for `parameter` into ours; None where they are the same."""
    kind: str = parameter["type"]
    if kind.endswith("]"):
        inner = converter({**parameter, "type": kind[: kind.rindex("[")]})
        if inner is None:
            return list
        return lambda items: [inner(item) for item in items]
    if kind == "address":
        return checksummed
    if kind == "tuple":
        components = parameter["components"]
        converters = [converter(component) for component in components]
        record = namedtuple("Struct", [item["name"] for item in components])  # type: ignore[misc]
        return lambda values: record(
            *(
                value if convert is None else convert(value)
                for convert, value in zip(converters, values, strict=True)
            )
        )
    return None


def _to_plain(parameter: Parameter, value: Any) -> Any:
    kind: str = parameter["type"]
    if not kind.startswith("tuple"):
        return value
    if kind.endswith("]"):
        element = {**parameter, "type": kind[: kind.rindex("[")]}
        return [_to_plain(element, item) for item in value]
    components = parameter["components"]
    if isinstance(value, Mapping):
        value = [value[component["name"]] for component in components]
    elif is_dataclass(value) and not isinstance(value, type):
        value = [getattr(value, field.name) for field in fields(value)]
    return tuple(_to_plain(item, part) for item, part in zip(components, value, strict=True))
