"""The journal of payments: a file for each order, written whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from pydantic import ValidationError

from assay.authoring.payments.errors import JournalDamaged, PaymentBusy
from assay.authoring.payments.model import Decision, Order, Past


class StoredJournal:
    """The `Journal` port on a folder: `<digest>.json` holds order, text, and what became of it."""

    def __init__(
        self, folder: Path, treasury: str, attempt: Callable[[], AbstractContextManager[Any]]
    ) -> None:
        """`attempt` takes the treasury's lock, and yields None where another process has it."""
        self._folder = folder
        self._treasury = treasury
        self._attempt = attempt

    def begin(self, past: Past, order: Order, text: str) -> None:
        """See `Journal.begin`."""
        entry = {"past": past.model_dump(), "order": order.model_dump(), "text": text}
        self._write(order.digest, entry)

    def end(self, digest: str, decision: Decision) -> None:
        """See `Journal.end`."""
        entry = self._read(self._path(digest))
        entry["past"]["paid"] = True
        entry["decision"] = decision.model_dump(mode="json")
        self._write(digest, entry)

    def order(self, digest: str) -> Order | None:
        """See `Journal.order`."""
        path = self._path(digest)
        return Order(**self._read(path)["order"]) if path.exists() else None

    def pasts(self) -> tuple[Past, ...]:
        """See `Journal.pasts`."""
        return tuple(Past(**entry["past"]) for entry in self.entries())

    def entries(self) -> list[dict[str, Any]]:
        """Everything that is kept, oldest first."""
        found = [self._read(path) for path in self._folder.glob("0x*.json")]
        return sorted(found, key=lambda entry: (entry["past"]["at"], entry["past"]["digest"]))

    @contextmanager
    def lock(self) -> Iterator[None]:
        """See `Journal.lock`."""
        with self._attempt() as lease:
            if lease is None:
                raise PaymentBusy(self._treasury)
            yield

    def _path(self, digest: str) -> Path:
        return self._folder / f"{digest}.json"

    def _read(self, path: Path) -> dict[str, Any]:
        try:
            entry: dict[str, Any] = json.loads(path.read_bytes())
            Past(**entry["past"])
            Order(**entry["order"])
        except (OSError, ValueError, KeyError, TypeError, ValidationError):
            raise JournalDamaged(str(path)) from None
        return entry

    def _write(self, digest: str, entry: dict[str, Any]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = mkstemp(dir=self._folder, prefix=".")
        with os.fdopen(handle, "w") as file:
            json.dump(entry, file, ensure_ascii=True)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(self._path(digest))
