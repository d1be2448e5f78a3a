"""Life of a content token: batches, lazy mints, shares, burning and revocation."""
