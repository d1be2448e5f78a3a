"""Secure aggregation: nodes' updates are masked, and only their sum can be read."""
