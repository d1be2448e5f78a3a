"""Texts: reading, normalising and fingerprinting them, and telling copies from others."""
