"""Text to tokens: numerals, dates, amounts, names and groups of people."""
