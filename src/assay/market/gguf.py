"""What a GGUF file says of itself: name, licence, architecture (metadata of llama.cpp's format).

    facts = read_facts(stream)
    print(facts.name, facts.licence)

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. The weights are not read.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any, BinaryIO

from assay.market.errors import WeightsMalformed

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_MOST_ENTRIES = 10_000
_LONGEST_TEXT_BYTES = 1_000_000
_LONGEST_ARRAY = 2_000_000
_TEXT, _ARRAY = 8, 9
_NUMBERS = {
    0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q",
    12: "<d",
}  # fmt: skip
_WANTED = "general."


@dataclass(frozen=True, slots=True)
class WeightFacts:
    """What the file says; empty where it is silent."""

    name: str = ""
    licence: str = ""
    architecture: str = ""
    size_label: str = ""
    organization: str = ""
    base_model: str = ""


def read_facts(stream: BinaryIO) -> WeightFacts:
    """Read the general metadata at the beginning of a GGUF file.

    Raises:
        WeightsMalformed: it is not one.
    """
    try:
        found = _read_general(stream)
    except (UnicodeDecodeError, KeyError) as error:
        raise WeightsMalformed(f"{type(error).__name__} in its metadata") from None
    return WeightFacts(
        name=_text(found, "name"),
        licence=_text(found, "license"),
        architecture=_text(found, "architecture"),
        size_label=_text(found, "size_label"),
        organization=_text(found, "organization"),
        base_model=_text(found, "base_model.0.repo_url").removeprefix("https://huggingface.co/"),
    )


def _read_general(stream: BinaryIO) -> dict[str, Any]:
    if stream.read(4) != _MAGIC:
        raise WeightsMalformed("it does not begin with GGUF")
    version, _tensors, entries = _unpack(stream, "<IQQ")
    if version not in _VERSIONS:
        raise WeightsMalformed(f"its version is {version}")
    if entries > _MOST_ENTRIES:
        raise WeightsMalformed(f"it claims {entries} entries of metadata")
    found: dict[str, Any] = {}
    for _ in range(entries):
        key = _read_text(stream)
        value = _read_value(stream, _unpack(stream, "<I")[0])
        if key.startswith(_WANTED):
            found[key.removeprefix(_WANTED)] = value
        elif found:
            break  # what follows is of the architecture
    return found


def _read_value(stream: BinaryIO, kind: int) -> Any:
    if kind == _TEXT:
        return _read_text(stream)
    if kind == _ARRAY:
        element, length = _unpack(stream, "<IQ")
        if length > _LONGEST_ARRAY or element == _ARRAY:
            raise WeightsMalformed("an array of its metadata is too long or too deep")
        return [_read_value(stream, element) for _ in range(length)]
    return _unpack(stream, _NUMBERS[kind])[0]


def _read_text(stream: BinaryIO) -> str:
    (length,) = _unpack(stream, "<Q")
    if length > _LONGEST_TEXT_BYTES:
        raise WeightsMalformed(f"a text of its metadata has {length} bytes")
    return _read(stream, length).decode("utf-8")


def _unpack(stream: BinaryIO, layout: str) -> tuple[Any, ...]:
    return struct.unpack(layout, _read(stream, struct.calcsize(layout)))


def _read(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise WeightsMalformed("it ends within its metadata")
    return data


def _text(found: dict[str, Any], key: str) -> str:
    value = found.get(key, "")
    return " ".join(value.split()) if isinstance(value, str) else ""
