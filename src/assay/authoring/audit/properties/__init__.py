"""Clauses of prose as properties of code, tried by calls on an EVM of one's own."""
