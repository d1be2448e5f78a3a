"""Fewer bytes between nodes and committee: sparsification, quantisation, and their wire format."""
