"""Content credentials: C2PA manifests that name a token, written, read, taken out and weighed."""
