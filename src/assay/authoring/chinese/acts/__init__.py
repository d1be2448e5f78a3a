"""What is done: the act of the published list, its fields, and what no field took."""
