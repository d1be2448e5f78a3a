"""Clauses with their expected specification, and how far what was understood agrees with it."""
