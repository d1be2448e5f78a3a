"""Generated content: fingerprints, tokens that prove origin, and the verdict on copies."""
