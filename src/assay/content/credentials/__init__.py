"""Content credentials (C2PA): manifests inside files, bound to tokens."""
