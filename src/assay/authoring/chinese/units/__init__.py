"""Sentences cut into units, and what a unit shows itself to be; `cutting` has the entry."""
