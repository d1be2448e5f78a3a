"""The contract of training tasks: read, and acted on by one account."""
