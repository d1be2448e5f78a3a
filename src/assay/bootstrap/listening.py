"""Where a process of training listens, as people write it.

>>> host_and_port("[::1]:7501")
('::1', 7501)
"""

from __future__ import annotations

from assay.errors import InputError


def host_and_port(text: str) -> tuple[str, int]:
    """Read HOST:PORT; an IPv6 host stands in brackets.

    Raises:
        InputError: it is something else.
    """
    host, colon, port = text.rpartition(":")
    if not colon or not host or not (port.isascii() and port.isdecimal()) or int(port) > 65_535:
        raise InputError(
            f"{text[:80]!r} is no address to listen on.", hint="Write it like 127.0.0.1:7501."
        )
    return host.strip("[]"), int(port)
