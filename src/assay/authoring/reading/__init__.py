"""Documents to plain text, and plain text to numbered clauses."""

from assay.authoring.reading.clauses import segment
from assay.authoring.reading.documents import read_document

__all__ = ["read_document", "segment"]
