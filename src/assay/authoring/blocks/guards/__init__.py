"""Conditions as checks of functions: acts, consent, payments made, reported values."""
