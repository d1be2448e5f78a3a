"""Turns of speech brought into plain clauses before they are read; `steps` has the order."""
