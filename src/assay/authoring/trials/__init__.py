"""Contracts put to the test: the same calls on every target, which must all agree."""
