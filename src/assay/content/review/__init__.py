"""Community review of content: stakes, votes, appeals and attestations."""
