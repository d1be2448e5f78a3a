"""What can go wrong with generated content; see `assay.errors` for the tree."""

from __future__ import annotations

from assay.errors import IntegrityError


class FingerprintMalformed(IntegrityError):
    """A fingerprint is not what the schema says."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The text fingerprint is malformed: {detail}.")
        self.detail = detail
