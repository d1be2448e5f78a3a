"""Real texts and ways to alter them, for `bench/text_copies.py`."""
