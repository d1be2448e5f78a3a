"""The words that the English grammar knows, by theme."""
