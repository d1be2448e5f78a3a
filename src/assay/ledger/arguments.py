"""The arguments of an event as JSON text, with nothing lost: bytes are wrapped in an object.

>>> text = encode_arguments({"batch": 2**80, "root": b"\\x01\\x02"})
>>> text
'{"batch":1208925819614629174706176,"root":{"bytes":"0102"}}'
>>> decode_arguments(text)
{'batch': 1208925819614629174706176, 'root': b'\\x01\\x02'}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def encode_arguments(arguments: Mapping[str, Any]) -> str:
    """JSON of decoded event arguments: numbers, text, truth values, bytes, lists and structs."""
    return json.dumps(arguments, separators=(",", ":"), default=_wrap)


def decode_arguments(text: str) -> dict[str, Any]:
    """The arguments again; a struct comes back as a list of its values."""
    arguments: dict[str, Any] = json.loads(text, object_hook=_unwrap)
    return arguments


def _wrap(value: object) -> dict[str, str]:
    assert isinstance(value, bytes), f"no event has a {type(value).__name__}"
    return {"bytes": value.hex()}


def _unwrap(item: dict[str, Any]) -> Any:
    if item.keys() == {"bytes"} and isinstance(item["bytes"], str):
        return bytes.fromhex(item["bytes"])
    return item
