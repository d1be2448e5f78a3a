"""Turns of speech brought into the words that the grammar knows."""
