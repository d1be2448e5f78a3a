"""Assay makes AI accountable on a blockchain."""
