"""Payments that were signed for a call whose answer has not been seen, kept in files.

A file is written before its payment leaves this machine and removed when the answer is there, so
that whoever crashes between the two repeats the same payment instead of making a second one.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assay.core.chat import TextRequest
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.market.errors import PendingCallDamaged, PendingCallNotKept
from assay.market.metering import CallRequest


@dataclass(frozen=True, slots=True)
class PendingVoucher:
    """What pays for a call by channel; amounts in whole units of the token.

    Attributes:
        total: the sum that the voucher allows, over the channel's whole life.
        max_price: the most that the caller allows for the call.
        deposit: the salt of the deposit that travels with the voucher.
    """

    channel: Digest
    total: int
    price: int
    max_price: int
    deposit: Digest | None = None

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "channel": self.channel.hex,
            "total": str(self.total),
            "price": str(self.price),
            "max_price": str(self.max_price),
            "deposit": self.deposit.hex if self.deposit else None,
        }

    @classmethod
    def from_json(cls, value: Any) -> PendingVoucher:
        """Read what `as_json` wrote."""
        return cls(
            channel=Digest.parse(value["channel"]),
            total=int(value["total"]),
            price=int(value["price"]),
            max_price=int(value["max_price"]),
            deposit=Digest.parse(value["deposit"]) if value["deposit"] else None,
        )


@dataclass(frozen=True, slots=True)
class PendingCall:
    """A paid request on its way.

    Attributes:
        url: the service's base URL.
        nonce: of the payment.
        header: the PAYMENT-SIGNATURE header.
        voucher: where a channel pays; such a call is kept in the purse, not in a file.
    """

    url: str
    request: CallRequest
    nonce: Digest
    header: str
    voucher: PendingVoucher | None = None

    def as_json(self) -> dict[str, Any]:
        """What is kept of it."""
        return {
            "url": self.url,
            "model": self.request.model,
            "request": self.request.text.as_json(),
            "seed_given": self.request.seed_given,
            "nonce": self.nonce.hex,
            "header": self.header,
            **({"voucher": self.voucher.as_json()} if self.voucher else {}),
        }

    @classmethod
    def from_json(cls, value: Any) -> PendingCall:
        """Read what `as_json` wrote."""
        text = TextRequest.from_json(value["request"])
        return cls(
            url=value["url"],
            request=CallRequest(value["model"], text, bool(value["seed_given"])),
            nonce=Digest.parse(value["nonce"]),
            header=value["header"],
            voucher=PendingVoucher.from_json(value["voucher"]) if "voucher" in value else None,
        )


class PendingCalls:
    """A folder of pending calls, one file each, readable by their owner alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, call: PendingCall) -> None:
        """Write a call durably.

        Raises:
            PendingCallNotKept: the disk refuses; then the payment must not be sent.
        """
        path = self._path(call)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(".partial")
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(json.dumps(call.as_json()).encode())
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
            folder = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            raise PendingCallNotKept(path, error.strerror or str(error)) from None

    def drop(self, call: PendingCall) -> None:
        """Forget a call whose answer is there."""
        self._path(call).unlink(missing_ok=True)

    def all(self) -> list[PendingCall]:
        """Every call that is kept, oldest first.

        Raises:
            PendingCallDamaged: a file is not what was written.
        """
        paths = sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        return [_read(path) for path in paths]

    def _path(self, call: PendingCall) -> Path:
        return self._folder / f"{call.nonce.raw.hex()}.json"


def _read(path: Path) -> PendingCall:
    try:
        return PendingCall.from_json(json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AssayError) as error:
        raise PendingCallDamaged(path, f"{type(error).__name__}: {error}") from None
