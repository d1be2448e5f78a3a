"""What is done: a verb's frame, and the act of the published list that it is."""
