"""The walk through one clause, token by token; `walk` has the entry."""
