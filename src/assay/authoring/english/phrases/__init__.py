"""Phrases by themselves: nouns with their parts, groups of verbs, names."""
