"""What can go wrong before anything is built; see `assay.errors` for the tree."""

from __future__ import annotations

from assay.errors import InputError


class SpecificationMalformed(InputError):
    """A file holds no specification."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"This is no specification: {reason}.",
            hint="`assay author read FILE --json` writes one; docs/specification.md says how.",
        )
        self.reason = reason
