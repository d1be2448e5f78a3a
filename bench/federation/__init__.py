"""Nodes that train together in one process, some of them hostile."""
