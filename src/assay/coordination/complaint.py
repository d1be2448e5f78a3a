"""Say once that something fails, and once that it works again, however often it is tried."""

from __future__ import annotations

import logging
import threading

_log = logging.getLogger("assay.coordination")


class Complaint:
    """One thing that may go wrong for a while."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._made = False
        self._guard = threading.Lock()

    def make(self, error: Exception) -> None:
        """Log a warning if it did work before."""
        with self._guard:
            made, self._made = self._made, True
        if not made:
            _log.warning("%s (%s)", self._text, type(error).__name__)

    def withdraw(self) -> None:
        """Log that it works again if it did not."""
        if self._made:
            with self._guard:
                made, self._made = self._made, False
            if made:
                _log.warning("no longer: %s", self._text)
