"""Text to words and values: tokens, numbers, dates, amounts, and the lines that carry no duty."""
