"""Chinese words by theme: data that the grammar reads."""
