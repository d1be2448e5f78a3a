"""Money that the contract holds: paid in once, and let out by the clauses that say so."""
