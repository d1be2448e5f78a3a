"""The signer's certificate out of a COSE signature (RFC 9052, RFC 9360), by a small CBOR reader.

Only what a signature's headers need is read: integers, strings, arrays, maps, tags and simple
values of definite length (RFC 8949), nested eight deep at most.
"""

from __future__ import annotations

from typing import Any

from assay.content.credentials.errors import ManifestMalformed

_CHAIN_LABELS = (33, "x5chain")
_LIMIT_DEPTH = 8
_TEXT, _ARRAY, _MAP, _TAG = 3, 4, 5, 6  # major types
_STRINGS = {2, _TEXT}
_SIMPLE = {20: False, 21: True, 22: None, 23: None}


def certificates_of(signature: bytes) -> tuple[bytes, ...]:
    """The certificates (DER) that a COSE_Sign1 carries, the signer's first; none if it has none.

    Raises:
        ManifestMalformed: it is no such signature.
    """
    value, _end = _item(signature, 0, 0)
    if not isinstance(value, list) or len(value) != 4 or not isinstance(value[0], bytes):
        raise ManifestMalformed("the signature is no COSE_Sign1")
    protected = _item(value[0], 0, 0)[0] if value[0] else {}
    for headers in (protected, value[1]):
        if not isinstance(headers, dict):
            raise ManifestMalformed("the signature's headers are no map")
        for label in _CHAIN_LABELS:
            chain = headers.get(label)
            if isinstance(chain, bytes):
                return (chain,)
            if isinstance(chain, list) and all(isinstance(one, bytes) for one in chain):
                return tuple(chain)
    return ()


def _item(data: bytes, position: int, depth: int) -> tuple[Any, int]:
    """One value and where the next begins."""
    if position >= len(data) or depth > _LIMIT_DEPTH:
        raise ManifestMalformed("the signature's CBOR is cut off or nested too deep")
    major, detail = data[position] >> 5, data[position] & 31
    argument, position = _argument(data, position + 1, detail)
    if major in _STRINGS:
        return _string(data, position, argument, text=major == _TEXT)
    if major == _ARRAY:
        return _array(data, position, argument, depth)
    if major == _MAP:
        return _map(data, position, argument, depth)
    if major == _TAG:
        return _item(data, position, depth + 1)
    return {0: argument, 1: -1 - argument}.get(major, _SIMPLE.get(argument)), position


def _argument(data: bytes, position: int, detail: int) -> tuple[int, int]:
    if detail < 24:
        return detail, position
    if detail > 27:
        raise ManifestMalformed("the signature's CBOR has values of indefinite length")
    end = position + (1 << (detail - 24))
    if end > len(data):
        raise ManifestMalformed("the signature's CBOR is cut off")
    return int.from_bytes(data[position:end], "big"), end


def _string(data: bytes, position: int, length: int, *, text: bool) -> tuple[Any, int]:
    end = position + length
    if end > len(data):
        raise ManifestMalformed("the signature's CBOR is cut off")
    raw = data[position:end]
    return (raw.decode("utf-8", "replace") if text else raw), end


def _array(data: bytes, position: int, length: int, depth: int) -> tuple[list[Any], int]:
    values = []
    for _ in range(_bounded(length, data)):
        value, position = _item(data, position, depth + 1)
        values.append(value)
    return values, position


def _map(data: bytes, position: int, length: int, depth: int) -> tuple[dict[Any, Any], int]:
    values: dict[Any, Any] = {}
    for _ in range(_bounded(length, data)):
        key, position = _item(data, position, depth + 1)
        value, position = _item(data, position, depth + 1)
        if not isinstance(key, (int, str)):
            raise ManifestMalformed("a key of the signature's headers is neither number nor text")
        values[key] = value
    return values, position


def _bounded(length: int, data: bytes) -> int:
    """Every member takes a byte at least, so that no length makes us count for long."""
    if length > len(data):
        raise ManifestMalformed("the signature's CBOR is cut off")
    return length
