"""One byte string for one value: the JSON form that Assay hashes and signs (after RFC 8785).

>>> canonical_json({"b": 1, "a": "é"})
b'{"a":"\\xc3\\xa9","b":1}'
"""

from __future__ import annotations

import json
from typing import Any

from assay.errors import InputError


def canonical_json(value: Any) -> bytes:
    """Encode with sorted keys, no white space, UTF-8. Floats, having no one spelling, are refused.

    Raises:
        InputError: a float, or a type that JSON lacks.
    """
    _refuse_floats(value)
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode("utf-8")
    except (TypeError, UnicodeEncodeError) as error:
        raise InputError(f"This value has no canonical JSON form: {error}.") from None


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise InputError(f"{value!r} is a float: write it as an integer or a string.")
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise InputError(f"The key {key!r} is not a string.")
            _refuse_floats(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _refuse_floats(item)
