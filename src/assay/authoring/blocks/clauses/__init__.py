"""What the clauses of a specification say: duties, sums, prices, limits, rights."""
