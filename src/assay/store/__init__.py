"""Content-addressed blobs: on disk, in Kubo, or behind a trustless gateway."""
