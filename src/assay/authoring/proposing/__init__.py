"""What a model proposes for words that the grammar could not read; a person has the last word."""
