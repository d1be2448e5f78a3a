"""What clauses of an agreement leave for one another to say; `steps` has the order."""
