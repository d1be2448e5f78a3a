"""Phrases by themselves: nouns, adverbials, predicates."""
