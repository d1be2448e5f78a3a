"""Learning on a node's own data: a trainer's part of a round, and a validator's measure."""
