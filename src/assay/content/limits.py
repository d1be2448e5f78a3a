"""The most that is read, so that no file can exhaust a machine."""

CONTENT_LIMIT_BYTES = 50_000_000
ARTEFACT_LIMIT_BYTES = 256 * 1024
"""Of metadata, records and the like."""
