"""English prose to obligations: a deterministic grammar over words and values."""

from assay.authoring.english.reader import read

__all__ = ["read"]
