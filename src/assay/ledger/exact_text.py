"""A column for any text at all: Postgres has no NUL character in its own, and models may say one.

>>> print(ExactText().process_bind_param("a" + chr(0), None)[1:])
"a\\u0000"
"""

from __future__ import annotations

import json

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

_MARK = "\x1e"  # the record separator that RFC 7464 puts before JSON


class ExactText(TypeDecorator[str]):
    """Text that comes back as it was put in; what Postgres cannot hold is stored as marked JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect | None) -> str | None:
        """What the database gets."""
        if value is not None and ("\x00" in value or value.startswith(_MARK)):
            return _MARK + json.dumps(value)
        return value

    def process_result_value(self, value: str | None, _dialect: Dialect | None) -> str | None:
        """What was put in."""
        if value is None or not value.startswith(_MARK):
            return value
        text: str = json.loads(value[1:])
        return text
