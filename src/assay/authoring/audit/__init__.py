"""Contracts held against what is known to go wrong with contracts."""
